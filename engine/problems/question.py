"""Any question: free text, and an answer in whatever form a model gives it. Knows how to read and compare it.

What traces from elsewhere are about, and what reasoning models that follow no house format are asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from engine.problems.in_words import InWords
from engine.problems.problem import ProblemError, Verdict
from engine.traces.answers import MOST_ANSWER, bare, last_answer, same_answer, stated_answers, value_of, whole_answer
from engine.traces.detecting import detect
from engine.traces.splitter import split

MAX_QUESTION = 100_000
"""Characters: a pasted page or two; whether a model's context holds it, the model says."""


@dataclass(frozen=True)
class Question(InWords):
    """A question in any words. The gold answer, where known, is a number or a few words."""

    kind: ClassVar[str] = "question"
    title: ClassVar[str] = "Any question"
    example: ClassVar[str] = "Which is larger, 9.9 or 9.11? #### 9.9"
    step_ends: ClassVar[tuple[str, ...]] = ("\n",)
    max_steps: ClassVar[int] = 200
    max_step_tokens: ClassVar[int] = 512
    free_end: ClassVar[bool] = True

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a question, and a gold answer after the last `####` if one short line stands there."""
        text = text.strip()
        if len(text) > MAX_QUESTION:
            raise ProblemError(f"The question has {len(text):,} characters; at most {MAX_QUESTION:,} are allowed.")
        before, mark, after = text.rpartition("####")
        question, gold = before.rstrip(), after.strip()
        if mark and gold and len(gold) <= MOST_ANSWER and len(gold.splitlines()) == 1:
            if not question:
                raise ProblemError("There is a right answer after ####, but no question before it.")
            return cls(question, gold)
        if not text:
            raise ProblemError("The question is empty: write one.")
        return cls(text)

    def is_answer(self, step: str) -> bool:
        """Whether a step states an answer: a box, `the answer is`, `Answer:`. After `####` only a number is one."""
        is_heading = step.lstrip().startswith("####")
        return any(stated.value is not None or not is_heading for stated in stated_answers(step))

    def read_answer(self, completion: str) -> str | None:
        """The last boxed answer of what is shown, else the last that is said, else its last number."""
        found = last_answer(_exposed(completion))
        return None if found is None else " ".join(found.text.split())

    def canonical(self, answer: str) -> str:
        """As an exact number where it is one (`1,200` and `1.2e3`), else its words without dress."""
        value = value_of(answer)
        return str(value) if value is not None else bare(answer) or super().canonical(answer)

    def check_answer(self, completion: str) -> Verdict:
        """By value, or by words where one of the two is no number."""
        if self.answer is None:
            return Verdict(None, "no gold answer is known for this question")
        found = self.read_answer(completion)
        if found is None:
            return Verdict(False, "no answer can be read in what is shown")
        same = same_answer(whole_answer(found), whole_answer(self.answer))
        if same is None:
            return Verdict(None, f"nobody can say whether “{found}” is {self.answer}")
        return Verdict(same, f"the answer is {found}" if same else f"the answer is {found}, not {self.answer}")


def _exposed(completion: str) -> str:
    """What is shown, whichever tags the thought stands in."""
    return split(completion, detect(text=completion).recipe).of("exposed")
