"""Reads a long log in slices between other things, so that a run of a million events holds up no window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.shown_run import ShownRun
from engine.events import Record

SLICE = 1_000
"""Events between two looks at the clock."""
SECONDS = 0.008
"""Of reading at a time."""
BREATH_MS = 4
"""For everybody else between two such times."""


class Reader(QObject):
    """Hands the log of the run on screen to `take`, of which `known` tells how much it has taken."""

    caught_up = Signal()
    """A log that took more than one time to read is read."""

    def __init__(
        self, shown: ShownRun, known: Callable[[], int], take: Callable[[Sequence[Record]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shown, self._known, self._take = shown, known, take
        self._again = QTimer(self, singleShot=True, interval=BREATH_MS)
        self._again.timeout.connect(self._go_on)

    def read(self) -> None:
        """What is new, as much as there is time for; the rest follows by itself."""
        if not self._again.isActive() and self._read_some():
            self._again.start()

    def read_all(self) -> None:
        """What is new, all of it now."""
        self._take(self._shown.records[self._known() :])

    def _go_on(self) -> None:
        if self._read_some():
            self._again.start()
        else:
            self.caught_up.emit()

    def _read_some(self) -> bool:
        """Whether anything is left."""
        deadline = perf_counter() + SECONDS
        while self._known() < self._shown.total:
            known = self._known()
            self._take(self._shown.records[known : known + SLICE])
            if perf_counter() > deadline:
                break
        return self._known() < self._shown.total
