"""The gold answer as a verifier: for studies of what a search could do if it knew. Knows no model.

It marks the run for ever: its scores have the source "gold", and events, file, window and exports say so. No other
verifier and no search looks at a gold answer; they see what this one says, if the user asked for it by name.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import Source
from engine.growth import in_thought
from engine.policies import Watch
from engine.verifiers import ScoreRequest, Scores, StepScores


class GoldVerifier:
    """Scores an answer 1 if it is the gold answer and 0 if not, and no other step.

    `engine.run` refuses a plan that names it for a problem without a gold answer.
    """

    @property
    def name(self) -> str:
        return "gold"

    @property
    def source(self) -> Source:
        return "gold"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(map(_judge, requests)))


def _judge(request: ScoreRequest) -> StepScores:
    silent = StepScores((None,) * len(request.steps))
    if not request.steps:
        return silent
    *before, last = request.steps
    if in_thought(before, request.thinking) or not request.problem.is_answer(last) or request.problem.gold is None:
        return silent
    verdict = request.problem.check_answer("".join(request.steps))
    return StepScores((*silent.values[1:], float(verdict.correct is True)), (*("",) * len(before), verdict.reason))
