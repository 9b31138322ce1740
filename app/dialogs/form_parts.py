"""Small parts that forms are put together from. Knows no form."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QWidget,
)

from app.panels.texts import ENGLISH, plain_label
from app.plain_text import one_line
from app.theme import Theme

LONGEST_STEP = 160
"""Characters of a step above a form."""


class ProblemText(QPlainTextEdit):
    """A text of a few lines in which Enter starts the run and Shift+Enter breaks the line."""

    submitted = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * 4 + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


def button_box(standard: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """The row below a form, with this button; without the coloured picture that Qt's style gives it."""
    box = QDialogButtonBox(standard)
    box.button(standard).setIcon(QIcon())
    return box


def error_label(theme: Theme) -> QLabel:
    """An empty line for what is wrong; it keeps its place while nothing is."""
    label = plain_label(wrap=True)
    label.setObjectName(ENGLISH)
    label.setMinimumHeight(label.fontMetrics().lineSpacing())
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, theme.palette.bad)
    label.setPalette(palette)
    return label


def step_label(theme: Theme, step: str) -> QLabel:
    """The step that a form is about, cut where it is long."""
    label = plain_label(one_line(step, LONGEST_STEP), wrap=True)
    label.setFont(theme.mono_font())
    return label


def striped_list(name: str, *heads: str) -> QTreeWidget:
    """Rows in columns to read and choose from, which Tab leaves; `name` is what a screen reader calls it."""
    made = QTreeWidget()
    made.setAccessibleName(name)
    made.setHeaderLabels(list(heads))
    made.setAlternatingRowColors(True)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setTabKeyNavigation(False)
    return made


def combo(titles: dict[str, str], chosen: str, name: str) -> QComboBox:
    """Titles to choose from, with their keys as data."""
    box = QComboBox()
    box.setAccessibleName(name)
    for key, title in titles.items():
        box.addItem(title, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def side_by_side(*widgets: QWidget) -> QWidget:
    """A row; text fields take the room there is, otherwise nothing does."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    if not any(isinstance(widget, QLineEdit) for widget in widgets):
        cast(QHBoxLayout, row.layout()).addStretch(1)
    return row
