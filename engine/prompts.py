"""What a policy is asked beside going on: to propose, to judge, to vote, to answer at once. Pure text; knows no model.

Every question is a user turn, and sometimes the opening of the policy's own turn. The bundled policy was trained on
these very texts (`engine.learning.skills`), so a change here wants a new policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.problems.problem import Problem

THEREFORE = "Therefore, the answer is"
"""Opens the second call of zero-shot chain of thought (Kojima et al. 2022)."""

WORDS = ("sure", "likely", "impossible")
"""What a state is judged with, best first (Yao et al. 2023, Game of 24)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the policy."""

    turn: str
    """The user turn, without role tokens."""
    given: str = ""
    """What the policy's own turn opens with: it goes on from there."""


def propose(problem: Problem, steps: Sequence[str]) -> Ask:
    """For a list of next steps, one per line (Yao et al. 2023, propose prompt)."""
    return Ask(f"{problem.reduced(steps)}\nPossible next steps:")


def value(problem: Problem, steps: Sequence[str]) -> Ask:
    """For one of WORDS: can the answer be reached from here? (Yao et al. 2023, value prompt)"""
    return Ask(f"{problem.reduced(steps)}\nCan it be done? sure, likely or impossible:")


def scale(problem: Problem, steps: Sequence[str]) -> Ask:
    """For a whole number from 1 to 10."""
    return Ask(f"{problem.reduced(steps)}\nCan it be done? 1 to 10:")


def check(problem: Problem, steps: Sequence[str]) -> Ask:
    """For (A) or (B): is the last step right? (Xie et al. 2023, self-evaluation)"""
    return Ask(f"{_shown(problem, steps)}\nIs the last step right? (A) yes (B) no:")


def vote(problem: Problem, before: Sequence[str], choices: Sequence[Sequence[str]]) -> Ask:
    """For the number, from 1, of the best of several ways to go on after `before` (Yao et al. 2023, vote prompt)."""
    listed = "\n".join(f"{number}: {''.join(steps).strip()}" for number, steps in enumerate(choices, 1))
    return Ask(f"{_shown(problem, before)}\nWhich is best?\n{listed}")


def direct(problem: Problem) -> Ask:
    """For the answer line without a step."""
    return Ask(f"{problem.prompt}\nAnswer at once:")


def think_step_by_step(problem: Problem) -> Ask:
    """Zero-shot chain of thought, first call: for the steps."""
    return Ask(f"{problem.prompt}\nLet's think step by step.")


def few_shot(problem: Problem, exemplars: Sequence[tuple[str, str]]) -> Ask:
    """Few-shot chain of thought (Wei et al. 2022): worked examples (prompt, completion), then the problem."""
    shown = "".join(f"Q: {prompt}\nA: {completion}\n\n" for prompt, completion in exemplars)
    return Ask(f"{shown}Q: {problem.prompt}\nA:")


def _shown(problem: Problem, steps: Sequence[str]) -> str:
    return f"{problem.prompt}\n{''.join(steps)}".rstrip("\n")
