"""An engine process without torch that thinks: `python -m tests.helpers.thinking_engine [seconds per call]`.

Everything is real but the policy, which is a scripted thinker (tests.helpers.scripted_thinkers).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from engine.__main__ import main
from engine.policies import Cancelled, Policy, Sampled, SampleRequest, Watch
from engine.shelf import Shelf
from engine.verifiers import Verifier
from tests.helpers.running import scripted_verifiers
from tests.helpers.scripted_thinkers import Thinker


class SlowThinker(Thinker):
    """Takes its time, and can be cancelled meanwhile, as a model would."""

    seconds = 0.0

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            if watch.cancelled():
                raise Cancelled
            time.sleep(0.005)
        return super().sample(requests, watch)


class ThinkingShelf(Shelf):
    """The same thinker under every name."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._policy = SlowThinker()
        self._policy.seconds = seconds

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._policy

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        return tuple(scripted_verifiers(names))


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(ThinkingShelf(float(words[0]) if words else 0.0)))
