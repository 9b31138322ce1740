"""The rules of the problem as a verifier: exact, free, and ignorant of the solution. Knows no model."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import Source
from engine.growth import in_thought
from engine.policies import Watch
from engine.problems.problem import Verdict
from engine.verifiers import ScoreRequest, Scores, StepScores


class RuleVerifier:
    """Scores 1 for a step that keeps the rules, 0 for one that breaks them, nothing where the rules are silent.

    Each step is judged by itself, given those before it. A gold answer is never looked at: where the problem has one,
    an answer can only be refused, for wrong arithmetic, and not be proven.
    """

    @property
    def name(self) -> str:
        return "rule"

    @property
    def source(self) -> Source:
        return "rule"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(map(_judge_trace, requests)))


def _judge_trace(request: ScoreRequest) -> StepScores:
    verdicts = [_judge(request, request.steps[: count + 1]) for count in range(len(request.steps))]
    return StepScores(tuple(map(_value, verdicts)), tuple(verdict.reason for verdict in verdicts))


def _judge(request: ScoreRequest, steps: tuple[str, ...]) -> Verdict:
    problem = request.problem
    if in_thought(steps[:-1], request.thinking):
        return Verdict(None, "inside the thought")
    if not problem.is_answer(steps[-1]):
        return problem.check_step(steps)
    verdict = problem.check_answer("".join(steps)) if problem.gold is None else Verdict(None, "")
    if verdict.correct is not None:
        return verdict
    step = problem.check_step(steps)  # exact arithmetic proves no answer, but wrong arithmetic refuses one
    return step if step.correct is False else Verdict(None, "the rules cannot tell whether this answers the question")


def _value(verdict: Verdict) -> float | None:
    return None if verdict.correct is None else float(verdict.correct)
