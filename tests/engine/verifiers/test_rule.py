"""The rule verifier judges by the rules alone, and never looks at a gold answer."""

from __future__ import annotations

import pytest

from engine.policies import Watch
from engine.problems.game24 import Game24
from engine.problems.problem import Problem
from engine.problems.words import WordProblem
from engine.verifiers import ScoreRequest, StepScores
from engine.verifiers.rule import RuleVerifier

PUZZLE = Game24.parse("4 9 10 13")


def judge(problem: Problem, *steps: str, thinking: bool = False) -> StepScores:
    return RuleVerifier().score([ScoreRequest(problem, steps, True, thinking)], Watch()).traces[0]


def test_every_step_is_judged_by_itself() -> None:
    scores = judge(
        PUZZLE,
        "13 - 9 = 4 (left: 4 4 10)\n",
        "10 - 4 = 5 (left: 4 5)\n",
        "Answer: (10 - 4) * (13 - 9) = 24",
    )
    assert scores.values == (1.0, 0.0, 1.0)
    assert scores.notes[1] == "10 - 4 is 6, not 5"


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("Answer: (10 - 4) * (13 - 9) = 24", 1.0),
        ("Answer: (10 + 4) + (13 - 9) = 18", 0.0),
        ("Answer: 4 * 6 = 24", 0.0),
        ("Answer: (10 - 4) * (13 - 9) = 25", 0.0),
    ],
)
def test_an_answer_must_reach_the_target_with_the_given_numbers(answer: str, value: float) -> None:
    assert judge(PUZZLE, answer).values == (value,)


def test_a_thought_is_not_judged() -> None:
    assert judge(PUZZLE, "Try 13 - 9 = 5 (left: 4 5 10)\n", thinking=True).values == (None,)


@pytest.mark.parametrize("gold", ["23", "99"])
def test_a_gold_answer_changes_nothing(gold: str) -> None:
    question = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"
    steps = ("The boxes hold 5 * 7 = 35 pens.\n", "After giving away 12, 35 - 12 = 23 pens are left.\n", "Answer: 23")
    with_gold = WordProblem.parse(f"{question} #### {gold}")
    assert with_gold.gold == gold
    assert judge(with_gold, *steps) == judge(WordProblem.parse(question), *steps)


def test_its_scores_are_called_rule() -> None:
    assert (RuleVerifier().name, RuleVerifier().source) == ("rule", "rule")
