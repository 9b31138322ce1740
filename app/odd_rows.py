"""What was odd in files of others, row by row, for whoever wants to read all of it. Knows no widget and no format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.language import tr
from app.plain_text import one_line


class OddRow(NamedTuple):
    """One sentence about a file, in characters that can be seen."""

    place: str
    """The file, where there are several, and the line or record in it."""
    what: str
    begins: str = ""
    """The beginning of a line that is no record, as it stands there."""


class OddRows(NamedTuple):
    """All that is kept of it."""

    rows: Sequence[OddRow]
    left: int = 0
    """How many sentences more there were."""

    def as_text(self) -> str:
        """A line for each, for the clipboard."""
        lines = [": ".join(filter(None, row)) for row in self.rows]
        return "\n".join([*lines, *([more_of(self.left)] if self.left else [])])


def of_sentences(said: Sequence[str]) -> OddRows:
    """Sentences that name their file themselves."""
    return OddRows([OddRow("", one_line(words)) for words in said])


def more_of(count: int) -> str:
    if count == 1:
        return tr("And 1 sentence more of this kind.")
    return tr("And {count:,} sentences more of this kind.").format(count=count)
