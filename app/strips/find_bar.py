"""The bar above the tree that finds steps: by text, visits or verdict. Marks the hits for every view; knows no view."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.icons import icon
from app.language import tr
from app.models.find import Finder, Wanted
from app.models.shown_run import ShownRun
from app.panels.texts import plain_label
from app.theme import Theme
from app.words.node import verdict
from engine.events import NodeId

AGAIN_MS = 120
"""While the tree changes, a search is repeated at most so often."""
MOST_VISITS = 999_999_999


class FindBar(QWidget):
    """Hidden until it is opened; what it found is forgotten when it is closed."""

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.finder = Finder()
        """Of the run on screen."""
        self._came_from: QWidget | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.search)
        self.line = QLineEdit(placeholderText=tr("Find in all steps"))
        self.line.setAccessibleName(tr("Text to find"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.match_case = _switch(tr("Aa"), tr("Upper and lower case matter"))
        self.visits = QSpinBox(minimum=0, maximum=MOST_VISITS, prefix=tr("visits ≥ "))
        self.visits.setAccessibleName(tr("Visits at least"))
        self.visits.setToolTip(tr("Only steps with at least so many visits"))
        self.solved = QCheckBox(tr("Solved"))
        self.solved.setToolTip(tr("Only answers that were checked and are correct"))
        self.count = plain_label("")
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("99,999 / 99,999"))
        self.back = _button(theme, "previous", tr("Previous hit"), self.previous)
        self.on = _button(theme, "next", tr("Next hit"), self.next)
        self.cross = _button(theme, "cross", tr("Close the bar and forget the hits"), self.close_bar)
        self._build()
        self._connect()
        self.hide()

    # -- what actions ask for

    def open(self) -> None:
        """Show the bar, with its text ready to be typed over."""
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            self._came_from = QApplication.focusWidget()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.search()

    def close_bar(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> None:
        """Select the hit after the selected step, in order of birth; after the last comes the first."""
        hits, here = self._shown.attention.hits, self._here()
        if hits:
            self._shown.select(hits[bisect_right(hits, here) % len(hits)])

    def previous(self) -> None:
        hits, here = self._shown.attention.hits, self._here()
        if hits:
            self._shown.select(hits[bisect_left(hits, here) - 1])

    def has_hits(self) -> bool:
        return bool(self._shown.attention.hits)

    # -- searching

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.line.text(), self.match_case.isChecked(), self.visits.value(), self.solved.isChecked())

    def search(self) -> None:
        """Find again, at the cursor, and mark the hits."""
        self._again.stop()
        wanted, tree = self.wanted, self._shown.tree
        hits: list[NodeId] = []
        if self.isVisible() and not wanted.anything and tree.nodes:
            self.finder.read(self._shown.records)
            hits = self.finder.find(
                wanted, self._shown.history.visits, lambda node: bool(verdict(tree, tree.nodes[node]))
            )
        self._shown.attention.mark_hits(hits, wanted.text)
        self._say()

    def _say(self) -> None:
        hits, selected = self._shown.attention.hits, self._shown.selected
        if self.wanted.anything:
            text = ""
        elif selected in self._shown.attention.found:
            text = tr("{place:,} of {count:,}").format(place=bisect_left(hits, self._here()) + 1, count=len(hits))
        else:
            text = tr("1 hit") if len(hits) == 1 else tr("{count:,} hits").format(count=len(hits))
        self.count.setText(text)
        for button in (self.back, self.on):
            button.setEnabled(bool(hits))

    def _here(self) -> NodeId:
        return -1 if self._shown.selected is None else self._shown.selected

    def _start_over(self) -> None:
        self.finder = Finder()
        self._search_soon()

    def _search_soon(self) -> None:
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    # -- Qt

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter in the line go from hit to hit."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            (self.previous if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.next)()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 6, 3)
        layout.addWidget(self.line, 1)
        for widget in (self.match_case, self.visits, self.solved, self.count, self.back, self.on, self.cross):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.line.textChanged.connect(self.search)
        self.match_case.toggled.connect(self.search)
        self.visits.valueChanged.connect(self.search)
        self.solved.toggled.connect(self.search)
        self._shown.run_changed.connect(self._start_over)
        self._shown.tree_changed.connect(self._search_soon)
        self._shown.selection_changed.connect(self._say)


def _switch(text: str, tip: str) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setText(text)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _button(theme: Theme, name: str, tip: str, act: Callable[[], None]) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setIcon(icon(theme, name))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: act())
    return button
