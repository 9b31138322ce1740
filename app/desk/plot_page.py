"""What pages of the desk share that draw plots. Knows no scores.

A plot is made soon after the page was painted for the first time: pyqtgraph takes a quarter of a second to import.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent

from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.parts import Parts

PLAIN = (str, int, float, bool, tuple)


class PlotPage(DeskTab):
    """Override `make_plots`; the page is read again by itself."""

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self._plots_are_due = True

    def make_plots(self) -> None:
        """Make them and put them in their places. Called once."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._plots_are_due:
            self._plots_are_due = False
            QTimer.singleShot(0, self, self._make_plots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What a plot has room for hangs on its size."""
        super().resizeEvent(event)
        self.mark_stale()

    def _make_plots(self) -> None:
        self.make_plots()
        self.mark_stale()


def unchanged(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether a page was made of the same things: tables and arrays are others as soon as they are other objects."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, PLAIN) and a == b) for a, b in zip(one, other, strict=True)
    )
