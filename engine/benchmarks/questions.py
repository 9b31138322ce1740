"""A problem as a run sees it, and who checks the answer afterwards. Knows no strategy and no model."""

from __future__ import annotations

from dataclasses import dataclass

from engine.problems.problem import Problem
from engine.problems.words import WordProblem


@dataclass(frozen=True, slots=True)
class Question:
    """One problem of a set."""

    asked: Problem
    """What runs are given: it holds no gold answer."""
    judge: Problem
    """What checks an answer after the run has ended; it may hold the gold answer."""

    def is_right(self, completion: str) -> bool:
        """Exact check of the last answer in `completion`."""
        return self.judge.check_answer(completion).correct is True


def word_question(question: str, gold: str) -> Question:
    """A word problem whose answer only the judge knows."""
    return Question(WordProblem(question), WordProblem(question, gold))
