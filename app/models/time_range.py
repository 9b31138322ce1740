"""A stretch of the run's log that plots and tables are narrowed to. Knows no run; its times are cursors."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class TimeRange(QObject):
    """None at first. Views take it from `ShownRun.time_range` and connect to `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends: tuple[int, int] | None = None

    @property
    def ends(self) -> tuple[int, int] | None:
        """The cursors after its first and after its last event; None: the whole run counts."""
        return self._ends

    def set(self, one: int, other: int) -> None:
        """From the event at one cursor to that at the other, both included, in either order."""
        self._change((max(1, min(one, other)), max(1, one, other)))

    def clear(self) -> None:
        """Let the whole run count again."""
        self._change(None)

    def has(self, cursor: int) -> bool:
        """Whether the event that leads to this cursor counts."""
        return self._ends is None or self._ends[0] <= cursor <= self._ends[1]

    def _change(self, ends: tuple[int, int] | None) -> None:
        if ends != self._ends:
            self._ends = ends
            self.changed.emit()
