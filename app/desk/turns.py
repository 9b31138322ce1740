"""Does work in short turns, and once more if somebody asked for it meanwhile. Knows nothing of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS = 0.012
"""Of work at a time."""
BREATH_MS = 3
"""For everybody else between two such times."""
REST = 8
"""Between two rounds that follow one another lies this many times what the last turn of the first took."""
LONGEST_REST_MS = 2_000


class Turns(QObject):
    """Runs what `work` makes to its end, which must yield every few milliseconds; a round at a time."""

    went_on = Signal()
    """A turn is over, and the round is not."""
    done = Signal()
    """A round is over."""

    def __init__(self, work: Callable[[], Iterator[None]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = work
        self._work: Iterator[None] | None = None
        self._once_more = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Whether a round is under way, though it may rest."""
        return self._work is not None

    def want(self) -> None:
        """A round at once; while one is under way, or was just done, another one after it."""
        if self._work is None and not self._timer.isActive():
            self.begin()
            return
        self._once_more = True
        if not self._timer.isActive():
            self._timer.start(BREATH_MS)

    def begin(self) -> None:
        """A round from the beginning, whatever is under way."""
        self._work, self._once_more = self._make(), False
        self._go_on()

    def rest(self) -> None:
        """Stop where it is, until somebody wants it."""
        self._timer.stop()

    def give_up(self) -> None:
        """Stop for good."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        """For a moment; then everybody else has one."""
        if self._work is None:
            self._work, self._once_more = self._make(), False
        began = perf_counter()
        for _ in self._work:
            if perf_counter() - began > SECONDS:
                self._timer.start(BREATH_MS)
                self.went_on.emit()
                return
        self._work = None
        self.done.emit()
        if self._once_more:
            self._timer.start(min(LONGEST_REST_MS, round(REST * 1000 * (perf_counter() - began))))
