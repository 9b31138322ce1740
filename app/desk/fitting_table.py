"""A table that shows as many of its columns as it is wide enough for. Knows no particular rows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent

from app.panels.rows_table import RowsTable


class FittingTable(RowsTable):
    """What a narrow one leaves out is told by its tool tips."""

    def __init__(
        self, model: QAbstractItemModel, name: str, stretched: int, widths: Mapping[int, int], least: Mapping[int, int]
    ) -> None:
        """`widths`: pixels of the columns but the stretched one; a title that needs more gets more. `least`: of some
        columns, the width of the table from which they are shown."""
        super().__init__(model, name, stretched)
        self._least = least
        for column, width in widths.items():
            self.setColumnWidth(column, max(width, self.horizontalHeader().sectionSizeHint(column)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in self._least.items():
            self.setColumnHidden(column, self.width() < least)
