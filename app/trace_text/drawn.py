"""What a row is drawn as, and which characters of it stand where in that. Knows no widget.

Controls, bidi and format characters and lone surrogates become visible boxes; Qt counts in units of UTF-16.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from app.plain_text import visible

_ASTRAL = "\uffff"


class Drawn:
    """One row."""

    def __init__(self, row: str) -> None:
        """`row` with its line's end, which is not drawn."""
        bare = row.removesuffix("\n")
        bare = bare.removesuffix("\r") if bare != row else bare
        self._length = len(row)
        if bare.isprintable() and (bare.isascii() or max(bare) <= _ASTRAL):
            self.text = bare
            self._units: list[int] | None = None
        else:
            shown = [visible(character) for character in bare]
            self.text = "".join(shown)
            self._units = [0, *accumulate(map(_units, shown))]
        self._bare = len(bare)

    @property
    def last(self) -> int:
        """How many characters of the row are drawn: the last place of a caret in it."""
        return self._bare

    def unit_of(self, character: int) -> int:
        """Where a character of the row is drawn, in units of UTF-16."""
        character = min(max(character, 0), self._bare)
        return character if self._units is None else self._units[character]

    def character_at(self, unit: int) -> int:
        """The character of the row drawn at a unit; of a box, the one that it stands for."""
        if self._units is None:
            return min(max(unit, 0), self._bare)
        return min(max(bisect_right(self._units, unit) - 1, 0), self._bare)

    def nearest(self, unit: int) -> int:
        """The gap between characters nearest to a gap between units: half of a box is on its side."""
        character = self.character_at(unit)
        if self._units is None or character >= self._bare:
            return character
        low, high = self._units[character], self._units[character + 1]
        return character + (2 * (unit - low) > high - low)


def _units(shown: str) -> int:
    return len(shown) + sum(character > _ASTRAL for character in shown)
