"""What a kind of problem must say: its prompt, where a step ends, how an answer is read and checked. Knows no model."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from engine.traces.mistakes import mistake

ANSWER_OPENINGS = ("Answer:", "Therefore, the answer is")
"""What an answer line begins with: the house format, and the second call of zero-shot chain of thought."""


class ProblemError(ValueError):
    """The user's text is not a problem of this kind; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of an exact check. `correct` is None where nothing is known (no gold answer was given)."""

    correct: bool | None
    reason: str


class Problem(ABC):
    """One problem to be solved by steps of text. Subclasses are frozen dataclasses and hashable.

    A *completion* is what the assistant writes: its steps, joined as they stand. A step keeps its own
    line end, so `"".join(steps)` is the completion's text. The last step is the answer line.
    """

    kind: ClassVar[str]
    """Name on the command line and in session files, e.g. `game24`."""
    title: ClassVar[str]
    """Name in the window, e.g. `Game of 24`."""
    example: ClassVar[str]
    """A text that `parse` accepts, shown as a hint."""
    step_ends: ClassVar[tuple[str, ...]]
    """Strings of decoded text at whose end a step is complete, e.g. `(")\\n",)`. Not token ids: see DESIGN traps."""
    max_steps: ClassVar[int]
    """A completion without an answer after this many steps is given up."""
    max_step_tokens: ClassVar[int]
    """A step that has not ended after this many tokens is cut off and marked as broken."""
    free_end: ClassVar[bool] = False
    """Whether a turn may end with any line, and no line ends it; else an answer line does, and none may be missing."""
    exemplars: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Worked examples for few-shot prompts, (prompt, completion) each; none of them is a held-out problem."""

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self:
        """Read what a user typed. Raises ProblemError with a sentence that says what is wrong and where."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The problem as a user would type it: `parse(problem.text) == problem`."""

    @property
    @abstractmethod
    def prompt(self) -> str:
        """The user turn that a policy is given (no role tokens)."""

    @property
    def gold(self) -> str | None:
        """The known right answer, or None. Nothing may use it for selection or stopping without the gold mark."""
        return None

    def worked_examples(self) -> tuple[tuple[str, str], ...]:
        """The exemplars that do not give this very problem away."""
        return tuple(worked for worked in self.exemplars if worked[0] != self.prompt)

    def is_answer(self, step: str) -> bool:
        """Whether this step gives the final answer, so that the trace is complete."""
        return step.lstrip().startswith(ANSWER_OPENINGS)

    @abstractmethod
    def read_answer(self, completion: str) -> str | None:
        """The canonical final answer in a completion (a thought in <think> tags is skipped), or None."""

    def canonical(self, answer: str) -> str:
        """The name under which an answer is counted: answers that mean the same share it."""
        return " ".join(answer.split()).casefold()

    @abstractmethod
    def check_answer(self, completion: str) -> Verdict:
        """Exact check of the final answer. Never executes model text."""

    def check_step(self, steps: Sequence[str]) -> Verdict:
        """Exact rule check of the last of `steps`, given those before it: knows the rules, not the solution.

        `correct` is None where the rules say nothing about such a step.
        """
        return Verdict(None, "no rules for single steps")

    def decoy(self, answer: str | None, rng: random.Random) -> str:
        """An answer of the right form that is not `answer`, nor right by the rules: for a hint that misleads.

        Empty where none can be made. Nothing looks at the gold answer.
        """
        made = mistake(answer, rng) if answer else None
        return made.text if made else ""

    def reduced(self, steps: Sequence[str]) -> str:
        """What is left to do after `steps`, as a user turn: for a policy that proposes or judges without the past."""
        return f"{self.prompt}\n{''.join(steps)}".rstrip("\n")

    def can_propose(self, steps: Sequence[str]) -> bool:
        """Whether there are next steps to list after `steps`; if not, only the answer is left to be written."""
        return True

    def state(self, steps: Sequence[str]) -> str:
        """Canonical name of the state after `steps`: two traces with the same state are transpositions."""
        return " ".join("".join(steps).split()).casefold()
