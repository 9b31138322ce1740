"""Seeds of every random choice: from the run's seed and the place in the tree, never from the order of the work.

So the same run gives the same log whatever else shares a batch, and a run that is gone on with tomorrow draws the same.
"""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias

from engine.events import NodeId

Use: TypeAlias = Literal["step", "rollout", "propose", "evaluate", "noise", "select", "ask", "edit"]


def seed_for(run_seed: int, node: NodeId, index: int, use: Use) -> int:
    """64 bits for sample number `index` at `node`."""
    name = f"{run_seed}/{node}/{index}/{use}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
