"""Tables that show what they are wide enough for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk.fitting_table import FittingTable

Show = Callable[[QWidget, int, int], None]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()

    return shown


def test_a_title_longer_than_its_column_is_not_cut_off(show: Show) -> None:
    model = QStandardItemModel(1, 3)
    model.setHorizontalHeaderLabels(["Text", "n", "A title longer than forty pixels"])
    table = FittingTable(model, "Table", 0, {1: 40, 2: 40}, {})
    show(table, 600, 200)

    assert table.columnWidth(1) == 40
    assert table.columnWidth(2) >= table.horizontalHeader().sectionSizeHint(2) > 40


def test_a_column_without_room_is_left_out_until_there_is_room(show: Show) -> None:
    model = QStandardItemModel(1, 2)
    table = FittingTable(model, "Table", 0, {1: 40}, {1: 300})
    show(table, 200, 200)
    assert table.isColumnHidden(1)

    table.resize(400, 200)

    assert not table.isColumnHidden(1)
