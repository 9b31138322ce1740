"""A list of every strategy to choose from, each with its paper in a tool tip. Knows no strategy by name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.plain_text import as_tool_tip
from engine.search import SEARCHES, Search
from engine.search.help import help_page

MOST_SHOWN = 20
"""Entries seen without scrolling."""


def strategy_box(chosen: str, name: str) -> QComboBox:
    """A combo box whose data are the names in SEARCHES, in their order; `name` is for screen readers."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMaxVisibleItems(MOST_SHOWN)
    for key, search in SEARCHES.items():
        box.addItem(search.title, key)
        box.setItemData(box.count() - 1, as_tool_tip(in_short(search)), Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def in_short(search: type[Search]) -> str:
    """What the strategy is, in its docstring's first paragraph."""
    page = help_page(search)
    return page.paragraphs[0] if page.paragraphs else page.title
