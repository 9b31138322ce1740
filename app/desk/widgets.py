"""Small widgets that the pages of the desk are made of. Knows no scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, one_line, visible

LEAST_BOX_PX = 56
"""In a narrow dock a box cuts its words."""


def choice(name: str, tip: str, entries: Iterable[tuple[str, str]] = ()) -> QComboBox:
    """A box of words with what each stands for."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setMinimumWidth(LEAST_BOX_PX)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for words, key in entries:
        box.addItem(words, key)
    return box


def offer(box: QComboBox, names: Iterable[str], longest: int) -> bool:
    """Fill a box with names that somebody else gave, each cut to so many characters and whole in its tool tip. Says
    whether they are others than before; nothing is chosen then."""
    wanted = list(names)
    if wanted == [box.itemData(number) for number in range(box.count())]:
        return False
    with QSignalBlocker(box):
        box.clear()
        for name in wanted:
            box.addItem(one_line(name, longest), name)
            box.setItemData(box.count() - 1, as_tool_tip(name), Qt.ItemDataRole.ToolTipRole)
    return True


def button(title: str, tip: str) -> QToolButton:
    """A flat button with words."""
    made = QToolButton()
    made.setText(title)
    made.setAccessibleName(title)
    made.setToolTip(tip)
    made.setAutoRaise(True)
    made.setIconSize(QSize(16, 16))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def row_of(widgets: Sequence[QWidget], stretched: QWidget | None = None) -> QHBoxLayout:
    """Widgets side by side; one takes the room that is left, or nothing does."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0)
    if stretched is None:
        row.addStretch(1)
    return row


def fix_width(widget: QWidget, pixels: int) -> None:
    """For a widget that would take what it gets, and gets nothing beside one that is stretched."""
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
    widget.setFixedWidth(pixels)


def tell(label: ElidedLabel, words: str) -> None:
    """Show a line, and all of it in its tool tip; a label without words takes no room."""
    label.setText(visible(words))
    label.setToolTip(as_tool_tip(words) if words else "")
    label.setVisible(bool(words))
