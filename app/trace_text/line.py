"""A row in sight: where it is on the screen, in what is shown and in the whole text."""

from __future__ import annotations

from typing import NamedTuple

from app.trace_text.rows import Row


class Line(NamedTuple):
    """Good until something scrolls or changes."""

    row: Row
    y: int
    """Upper edge, in pixels of the viewport."""
    offset: int
    """Where it begins in the whole text."""
    piece: int | None
    heads: bool
    """Whether what is said of its piece stands beside it: it is the first one in sight that is not blank."""

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.offset + self.row.end - self.row.start
