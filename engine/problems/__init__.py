"""Kinds of problems. Adding one is one new file and one line in PROBLEMS."""

from __future__ import annotations

from engine.problems.game24 import Game24
from engine.problems.problem import Problem, ProblemError, Verdict
from engine.problems.question import Question
from engine.problems.words import WordProblem

KINDS: tuple[type[Problem], ...] = (Game24, WordProblem, Question)
"""In the order in which a text is tried: any text at all is a question."""
PROBLEMS: dict[str, type[Problem]] = {kind.kind: kind for kind in KINDS}


def parse_problem(kind: str, text: str) -> Problem:
    """The problem that a user typed. Raises ProblemError with a sentence."""
    if kind not in PROBLEMS:
        raise ProblemError(f"There is no kind of problem called {kind!r}; there are: {', '.join(PROBLEMS)}.")
    return PROBLEMS[kind].parse(text)


def kind_of(text: str) -> str:
    """The first kind of problem that can read this text; empty if none can."""
    for name, kind in PROBLEMS.items():
        try:
            kind.parse(text)
        except ProblemError:
            continue
        return name
    return ""


__all__ = ["KINDS", "PROBLEMS", "Problem", "ProblemError", "Verdict", "kind_of", "parse_problem"]
