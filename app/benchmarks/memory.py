"""How much memory a process has ever held. Standard library only."""

from __future__ import annotations

import sys


def peak_mb() -> float | None:
    """The largest resident size of this process so far, in MiB; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 2**20 if sys.platform == "darwin" else size / 2**10
