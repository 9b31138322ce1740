"""How wide characters are in a font: measured once each, then looked up for thousands at a time."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from app.plain_text import visible
from app.trace_text.wrapping import NEWLINE, Codes, Widths

TAB_BLANKS = 4
_PLANE = 0x10000
_TAB = ord("\t")


class Advances:
    """Widths of characters as `app.trace_text.drawn` draws them. The font must have neither kerning nor ligatures.

    A script that joins its letters is measured letter by letter, which is rather too wide than too narrow.
    """

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)
        self.tab = TAB_BLANKS * self._metrics.horizontalAdvance(" ")
        """How far apart tab stops are; a tab counts as the whole way, which is the most it can be."""
        self._near = np.full(_PLANE, np.nan, dtype=np.float32)
        self._near[[NEWLINE, _TAB]] = 0, self.tab
        self._far: dict[int, float] = {}
        self.average = self._metrics.horizontalAdvance("the answer is 12, so") / 20

    def of(self, codes: Codes) -> Widths:
        """The width of every character in pixels."""
        near = codes < _PLANE
        widths = self._near[np.where(near, codes, 0)]
        if not near.all():
            widths[~near] = [self._far_away(code) for code in codes[~near].tolist()]
        missing = np.isnan(widths)
        if missing.any():
            for code in set(codes[missing].tolist()):
                self._near[code] = self._measured(code)
            widths[missing] = self._near[codes[missing]]
        return widths

    def _far_away(self, code: int) -> float:
        if code not in self._far:
            self._far[code] = self._measured(code)
        return self._far[code]

    def _measured(self, code: int) -> float:
        return self._metrics.horizontalAdvance(visible(chr(code)))
