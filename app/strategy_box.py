"""A list of every strategy to choose from, in groups, each with its paper in a tool tip. Knows no strategy by name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from app.plain_text import as_tool_tip
from app.theme import embolden
from engine.search import SEARCHES, Search
from engine.search.help import by_group, help_page

MOST_SHOWN = 24
"""Entries seen without scrolling."""
FIRST = 1
"""Place of the first strategy, below its heading."""


def strategy_box(chosen: str, name: str) -> QComboBox:
    """A combo box whose data are the names in SEARCHES, under headings; `name` is for screen readers."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMaxVisibleItems(MOST_SHOWN)
    for group, members in by_group(SEARCHES.values()).items():
        _add_heading(box, group)
        for search in members:
            box.addItem(search.title, search.name)
            box.setItemData(box.count() - 1, as_tool_tip(in_short(search)), Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(FIRST, box.findData(chosen)))
    return box


def _add_heading(box: QComboBox, text: str) -> None:
    """A line between the entries that cannot be chosen, and has no data."""
    box.addItem(text)
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    item = model.item(box.count() - 1)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    embolden(font)
    item.setFont(font)


def in_short(search: type[Search]) -> str:
    """What the strategy is, in its docstring's first paragraph."""
    page = help_page(search)
    return page.paragraphs[0] if page.paragraphs else page.title
