"""The list of breakpoints: a tick puts one in force, a double click changes it. Knows no run and no engine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.breakpoints import Breakpoints
from app.language import mark, tr
from app.panels.panel import empty_state
from app.panels.texts import plain_label
from app.plain_text import visible
from app.theme import Theme
from app.words.breakpoint import words_of

NONE = mark("No breakpoints. Add one, and runs pause by themselves: at the first answer, say, or after an iteration.")


class BreakpointList(QWidget):
    """What the user wants runs to be paused at."""

    def __init__(self, breakpoints: Breakpoints, theme: Theme) -> None:
        super().__init__()
        self._breakpoints, self._theme = breakpoints, theme
        self.view = QListWidget()
        self.view.setAccessibleName(tr("Breakpoints"))
        self.view.setToolTip(tr("The run is paused before its next phase as soon as one with a tick is hit"))
        self.add = _button(tr("Add…"), tr("Pause runs at something new"), self._add)
        self.change = _button(tr("Change…"), tr("Change the chosen breakpoint"), self._change)
        self.remove = _button(tr("Remove"), tr("Forget the chosen breakpoint"), self._remove)
        self.none = empty_state(tr(NONE))
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Pause when"), quiet=True), 1)
        for button in (self.add, self.change, self.remove):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.view)
        column.addWidget(self.none, 1)
        self.view.itemChanged.connect(self._tick)
        self.view.itemDoubleClicked.connect(lambda _: self._change())
        self.view.currentRowChanged.connect(lambda _: self._enable())
        breakpoints.changed.connect(self._fill)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._fill()

    def _restyle(self) -> None:
        """Fusion draws the box of a tick in a shade of the window, which in the dark nobody can see on the list."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.palette.secondary)
        self.view.setPalette(palette)

    def _fill(self) -> None:
        row = self.view.currentRow()
        blocked = self.view.blockSignals(True)
        self.view.clear()
        for entry, on in self._breakpoints.entries:
            item = QListWidgetItem(visible(words_of(entry)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.view.addItem(item)
        self.view.setCurrentRow(min(row, self.view.count() - 1))
        self.view.blockSignals(blocked)
        self.view.setVisible(self.view.count() > 0)
        self.none.setVisible(self.view.count() == 0)
        self._enable()

    def _enable(self) -> None:
        for button in (self.change, self.remove):
            button.setEnabled(self.view.currentRow() >= 0)

    def _tick(self, item: QListWidgetItem) -> None:
        self._breakpoints.put_in_force(self.view.row(item), item.checkState() == Qt.CheckState.Checked)

    def _add(self) -> None:
        from app.dialogs.breakpoint import BreakpointDialog

        dialog = BreakpointDialog(None, self)
        dialog.chosen.connect(self._breakpoints.add)
        dialog.open()

    def _change(self) -> None:
        from app.dialogs.breakpoint import BreakpointDialog

        row = self.view.currentRow()
        if row >= 0:
            dialog = BreakpointDialog(self._breakpoints.entries[row][0], self)
            dialog.chosen.connect(lambda entry: self._breakpoints.replace(row, entry))
            dialog.open()

    def _remove(self) -> None:
        if (row := self.view.currentRow()) >= 0:
            self._breakpoints.remove(row)


def _button(title: str, tip: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(title)
    button.setAccessibleName(title)
    button.setToolTip(tip)
    button.clicked.connect(lambda: act())
    return button
