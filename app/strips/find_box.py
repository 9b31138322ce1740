"""The box in the toolbar: finds steps, and after a `>` commands. Knows neither; both come in as functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from app.language import tr
from app.plain_text import as_tool_tip

COMMAND = ">"
"""Typed first, it makes the box the command palette."""
MOST_ROWS = 14
"""Seen without scrolling."""
NARROWEST, WIDTH = 172, 300
"""Pixels."""
LIST_WIDTH = 560
ROW_AIR = 8

_ROLE = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Answer:
    """A row below the box."""

    title: str
    act: Callable[[], None]
    aside: str = ""
    """At the right, quietly: the keys of a command, the place of a step."""
    tip: str = ""
    possible: bool = True
    """Whether it may be done now; otherwise it is shown in grey."""


Answers = Callable[[str], Sequence[Answer]]
"""What to offer for a text, best first."""


class FindBox(QLineEdit):
    """A line to type in. The rows hang below it while it has the focus; the keyboard never leaves the line."""

    def __init__(self, steps: Answers, commands: Answers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._commands = steps, commands
        self._came_from: QWidget | None = None
        self.rows = _Rows()
        self.rows.itemClicked.connect(lambda item: self._do(item))
        self.setPlaceholderText(tr("Find, or > for commands"))
        self.setAccessibleName(tr("Find a step; after a > a command"))
        self.setToolTip(tr("Type to find a step by its text. Type > first to find anything that can be done."))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDTH)
        self.textEdited.connect(lambda _: self.fill())
        self.textChanged.connect(lambda text: None if text else self.rows.hide())

    def sizeHint(self) -> QSize:
        return QSize(NARROWEST, super().sizeHint().height())

    def open(self, typed: str = "") -> None:
        """Let the user type on after `typed`."""
        focused = QApplication.focusWidget()
        self._came_from = focused if focused is not self else self._came_from
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # any reason of the keyboard would select what is typed
        self.setText(typed)
        self.fill()

    def titles(self) -> list[str]:
        """What is offered now, best first."""
        items = filter(None, map(self.rows.topLevelItem, range(self.rows.topLevelItemCount())))
        return [item.text(0) for item in items]

    def fill(self) -> None:
        """Offer what matches the text as it is now."""
        typed = self.text().strip()
        if typed.startswith(COMMAND):
            answers = self._commands(typed.removeprefix(COMMAND).strip())
        else:
            answers = self._steps(typed) if typed else ()
        self.rows.fill(answers)
        if typed:
            self.rows.hang_below(self)
        self._tell_row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LIST_KEYS:
            self.rows.event(event)
            self._tell_row()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.rows.currentItem()) is not None:
                self._do(item)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text():
            self.fill()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.rows.hide()

    def _do(self, item: QTreeWidgetItem) -> None:
        answer = cast(Answer, item.data(0, _ROLE))
        if answer.possible:
            self._leave()
            answer.act()

    def _leave(self) -> None:
        """Close, and give the focus back to where it came from."""
        self.clear()
        self.rows.hide()
        if self._came_from is not None:
            self._came_from.setFocus()

    def _tell_row(self) -> None:
        """A screen reader stays on the line, so the line says which row is meant."""
        item = self.rows.currentItem()
        self.setAccessibleDescription(item.text(0) if item is not None else "")


class _Rows(QTreeWidget):
    """The list below the box. A child of the window and no popup, which would take the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setColumnCount(2)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What was found"))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def fill(self, answers: Sequence[Answer]) -> None:
        self.clear()
        items = [_item(answer) for answer in answers] or [_nothing()]
        height = self.fontMetrics().lineSpacing() + ROW_AIR
        for item in items:
            item.setSizeHint(0, QSize(0, height))
        self.addTopLevelItems(items)
        self.setCurrentIndex(self.model().index(0, 0) if answers else QModelIndex())

    def hang_below(self, box: QWidget) -> None:
        window = box.window()
        if self.parent() is not window:
            self.setParent(window)
        colours = window.palette()
        colours.setColor(QPalette.ColorRole.WindowText, colours.color(QPalette.ColorRole.Mid))
        self.setPalette(colours)  # a frame that can be seen on the window behind it
        row = self.sizeHintForRow(0)
        rows = min(MOST_ROWS, self.topLevelItemCount())
        size = QSize(min(LIST_WIDTH, window.width() - 16), rows * row + 2 * self.frameWidth())
        corner = box.mapTo(window, QPoint(box.width(), box.height()))
        self.resize(size)
        self.move(max(8, corner.x() - size.width()), corner.y())
        self.show()
        self.raise_()


def _item(answer: Answer) -> QTreeWidgetItem:
    item = QTreeWidgetItem([answer.title, answer.aside])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setData(0, _ROLE, answer)
    item.setToolTip(0, as_tool_tip(answer.tip))
    item.setDisabled(not answer.possible)
    return item


def _nothing() -> QTreeWidgetItem:
    item = QTreeWidgetItem([tr("Nothing found"), ""])
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
