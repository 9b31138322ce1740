"""Which cell of a heat map a key leads to. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import Qt


def moved(key: Qt.Key, ctrl: bool, at: tuple[int, int], ends: tuple[int, int], page: int) -> tuple[int, int] | None:
    """Row and column, maybe outside the map; None for a key that moves nothing.

    at: where the cursor is. ends: the last row, and the last step of this row. page: rows that a page is high. Home and
    End go along the row, with Ctrl along the column.
    """
    row, step = at
    last_row, last_step = ends
    return {
        Qt.Key.Key_Up: (row - 1, step),
        Qt.Key.Key_Down: (row + 1, step),
        Qt.Key.Key_Left: (row, step - 1),
        Qt.Key.Key_Right: (row, step + 1),
        Qt.Key.Key_PageUp: (row - page, step),
        Qt.Key.Key_PageDown: (row + page, step),
        Qt.Key.Key_Home: (0, step) if ctrl else (row, 0),
        Qt.Key.Key_End: (last_row, step) if ctrl else (row, last_step),
    }.get(key)
