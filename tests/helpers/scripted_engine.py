"""An engine process without torch: `python -m tests.helpers.scripted_engine [seconds per call] [tokens]`.

Everything is real but the models: pipes, server, runner, searches.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from engine.__main__ import main
from engine.policies import Cancelled, Policy, Sampled, SampleRequest, Watch
from engine.shelf import Shelf
from engine.verifiers import ScoreRequest, Scores, Verifier
from tests.helpers.running import scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


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


class EndlessVerifier(ScriptedVerifier):
    """Never done, as a critic may be for minutes; it can be cancelled."""

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        while not watch.cancelled():
            time.sleep(0.002)
        raise Cancelled


class ScriptedShelf(Shelf):
    """Scripted models under every name; `endless` is one that never is done."""

    def __init__(self, seconds: float, tells_tokens: bool = False) -> None:
        super().__init__()
        self._policy = SlowPolicy(seconds, tells_tokens)
        self._known: dict[str, Verifier] = {"endless": EndlessVerifier("endless")}

    def policy(self, folder: str, thinking: bool = False) -> Policy:
        return self._policy

    def verifiers(self, names: Sequence[str], policy: str = "") -> tuple[Verifier, ...]:
        for name in names:
            if name not in self._known:
                (self._known[name],) = scripted_verifiers([name])
        return tuple(self._known[name] for name in names)


if __name__ == "__main__":
    sys.exit(main(ScriptedShelf(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0, "tokens" in sys.argv)))
