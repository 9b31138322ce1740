"""Finds steps by their text, visits and verdict. Reads the log as it grows; knows no Qt and no cursor.

Plain substrings, one pass over all texts: 100,000 steps take about 10 ms, which needs no index that could be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.events import Expanded, NodeId, Record, RunStarted


@dataclass(frozen=True)
class Wanted:
    """What a user looks for; all that is given must hold."""

    text: str = ""
    """A part of the step's text; empty: any text."""
    match_case: bool = False
    visits: int = 0
    """At least so many."""
    solved: bool = False
    """Only answers that were checked and found right."""

    @property
    def anything(self) -> bool:
        """Whether this narrows nothing down."""
        return self == Wanted(match_case=self.match_case)


class Finder:
    """The texts of one run's steps, in order of birth. `read` the log before every search."""

    def __init__(self) -> None:
        self._records = 0
        """How many were read."""
        self._texts: list[str] = []
        self._folded: list[str] = []

    def read(self, records: Sequence[Record]) -> None:
        """Take in what the log has become since the last time. The root's text is the problem."""
        for record in records[self._records :]:
            match record.event:
                case RunStarted() as started:
                    self._texts.append(started.text)
                case Expanded() as expanded:
                    self._texts.extend([new.step for new in expanded.children])
        self._records = len(records)

    def with_text(self, text: str, match_case: bool = False, count: int | None = None) -> list[NodeId]:
        """The first `count` nodes (None: all) that contain `text`, in order of birth. An empty text is in all."""
        texts = self._texts if match_case else self._fold()
        wanted = text if match_case else text.casefold()
        texts = texts if count is None or count >= len(texts) else texts[:count]
        return [node for node, step in enumerate(texts) if wanted in step]

    def find(self, wanted: Wanted, visits: npt.NDArray[np.int32], is_solved: Callable[[NodeId], bool]) -> list[NodeId]:
        """The nodes at the cursor that are what is wanted; `visits` has shape (nodes at the cursor,)."""
        found = self.with_text(wanted.text, wanted.match_case, len(visits))
        if wanted.visits:
            enough = visits >= wanted.visits
            found = [node for node, is_enough in zip(found, enough[found].tolist(), strict=True) if is_enough]
        return [node for node in found if is_solved(node)] if wanted.solved else found

    def _fold(self) -> list[str]:
        self._folded.extend([text.casefold() for text in self._texts[len(self._folded) :]])
        return self._folded
