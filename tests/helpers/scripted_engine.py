"""An engine process without torch: `python -m tests.helpers.scripted_engine [seconds per call] [tokens]`.

Everything is real but the models: pipes, server, runner, searches.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from engine.__main__ import main
from engine.policies import Policy, Sampled, SampleRequest, Watch
from engine.shelf import Shelf
from engine.verifiers import Verifier
from tests.helpers.running import scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy


class SlowPolicy(ScriptedPolicy):
    """Takes its time, tells what it writes and can be cancelled, as a model would."""

    def __init__(self, seconds: float, tells_tokens: bool = False) -> None:
        super().__init__(tells_tokens=tells_tokens)
        self._seconds = seconds

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        answer = super().sample(requests, watch)
        end = time.monotonic() + self._seconds
        while time.monotonic() < end:
            watch.writing(0, 0, answer.samples[0][0].text[:5])
            if watch.cancelled():
                return super().sample(requests, watch)
            time.sleep(0.005)
        return answer


class ScriptedShelf(Shelf):
    """Scripted models under every name."""

    def __init__(self, seconds: float, tells_tokens: bool = False) -> None:
        super().__init__()
        self._policy = SlowPolicy(seconds, tells_tokens)
        self._known: dict[str, Verifier] = {}

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._policy

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        for name in names:
            if name not in self._known:
                (self._known[name],) = scripted_verifiers([name])
        return tuple(self._known[name] for name in names)


if __name__ == "__main__":
    sys.exit(main(ScriptedShelf(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0, "tokens" in sys.argv)))
