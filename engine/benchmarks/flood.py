"""An engine process that floods the window: `python -m engine.benchmarks.flood [nodes per second]`. No model.

Everything is real but the models and the problem, which has no end: pipes, server, runner, MCTS, events. It paces
itself, so that a fast machine does not measure another flood than a slow one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from engine.__main__ import main
from engine.benchmarks.search import Endless, FreePolicy, FreeVerifier
from engine.policies import Policy, Sampled, SampleRequest, Watch
from engine.problems import PROBLEMS
from engine.shelf import Shelf
from engine.verifiers import Verifier

NODES_PER_SECOND = 10_400
CATCH_UP = 0.05
"""Seconds of work that may be caught up on."""
PAUSE = 0.001
"""Seconds: shorter waits cannot be kept."""


class PacedPolicy(FreePolicy):
    """Says its few steps as often as it may; of what it missed it catches up on a little."""

    def __init__(self, nodes_per_second: float) -> None:
        self._rate = nodes_per_second
        self._began: float | None = None
        self._made = 0

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        sampled = super().sample(requests, watch)
        now = time.monotonic()
        if self._began is None:
            self._began = now
        self._made += sum(map(len, sampled.samples))
        self._began = max(self._began, now - CATCH_UP - self._made / self._rate)
        early = self._began + self._made / self._rate - now
        if early > PAUSE:
            time.sleep(early)
        return sampled


class FloodShelf(Shelf):
    """Free models under every name."""

    def __init__(self, nodes_per_second: float) -> None:
        super().__init__()
        self._policy = PacedPolicy(nodes_per_second)
        self._judge = FreeVerifier()

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._policy

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        return (self._judge,)


if __name__ == "__main__":
    PROBLEMS[Endless.kind] = Endless  # in this process alone: nobody else should meet it
    sys.exit(main(FloodShelf(float(sys.argv[1]) if len(sys.argv) > 1 else NODES_PER_SECOND)))
