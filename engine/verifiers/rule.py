"""The rules of the problem as a verifier: exact, free, and ignorant of the solution. Knows no model."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import Source
from engine.policies import Watch
from engine.problems.problem import Problem, Verdict
from engine.verifiers import ScoreRequest, Scores, StepScores


class RuleVerifier:
    """Scores 1 for a step that keeps the rules, 0 for one that breaks them, nothing where the rules are silent.

    Each step is judged by itself, given those before it. A gold answer is never looked at: where the problem has one,
    an answer is judged as a step, and not by comparing it.
    """

    @property
    def name(self) -> str:
        return "rule"

    @property
    def source(self) -> Source:
        return "rule"

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(_judge_trace(request.problem, request.steps) for request in requests))


def _judge_trace(problem: Problem, steps: Sequence[str]) -> StepScores:
    verdicts = [_judge(problem, steps[: count + 1]) for count in range(len(steps))]
    return StepScores(tuple(map(_value, verdicts)), tuple(verdict.reason for verdict in verdicts))


def _judge(problem: Problem, steps: Sequence[str]) -> Verdict:
    if problem.gold is None and problem.is_answer(steps[-1]):
        verdict = problem.check_answer("".join(steps))
        if verdict.correct is not None:
            return verdict
    return problem.check_step(steps)


def _value(verdict: Verdict) -> float | None:
    return None if verdict.correct is None else float(verdict.correct)
