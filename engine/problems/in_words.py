"""Problems that are asked in words, with the gold answer behind `####` where it is known. Reads no answer."""

from __future__ import annotations

from dataclasses import dataclass

from engine.problems.problem import Problem


@dataclass(frozen=True)
class InWords(Problem):
    """A question, and its gold answer in the form of its kind."""

    question: str
    answer: str | None = None

    @property
    def text(self) -> str:
        return self.question if self.answer is None else f"{self.question} #### {self.answer}"

    @property
    def prompt(self) -> str:
        return self.question

    @property
    def gold(self) -> str | None:
        return self.answer
