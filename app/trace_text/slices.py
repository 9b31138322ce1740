"""Work of seconds in the window's thread without holding it up: some milliseconds whenever nothing else is to do."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.004
"""How long work goes on before the window gets its turn."""


class Slices(QObject):
    """Runs one generator, which must yield at least every few milliseconds."""

    done = Signal(object)
    """What the generator returned."""

    def __init__(self, work: Generator[None, None, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    def start(self) -> None:
        """`done` comes later."""
        self._turn.start()

    def stop(self) -> None:
        """For good; nothing comes any more."""
        self._turn.stop()
        self._work.close()

    def _go_on(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        try:
            while perf_counter() < until:
                next(self._work)
        except StopIteration as end:
            self._turn.stop()
            self.done.emit(end.value)
