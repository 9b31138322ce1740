"""A heat map for screen readers: a table whose value is the cell at the cursor, said whenever it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget

from app.announce import present

if TYPE_CHECKING:
    from app.desk.traces.heatmap.map import HeatMap


def expose(heat: HeatMap) -> None:
    """Let screen readers read `heat`."""
    present(type(heat), AccessibleHeatMap)


class AccessibleHeatMap(QAccessibleWidget):
    """Role Table; its name is the map's."""

    def __init__(self, heat: HeatMap) -> None:
        super().__init__(heat, QAccessible.Role.Table)
        self._heat = heat

    def text(self, what: QAccessible.Text) -> str:
        return self._heat.accessibleDescription() if what == QAccessible.Text.Value else super().text(what)
