"""A line to find text in both columns, its count, and ways from hit to hit. Shows hits in the views; keeps no trace."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from app.icons import icon
from app.language import tr
from app.models.thought_find import Hits, find
from app.panels.texts import plain_label
from app.theme import Theme
from app.thought.columns import TwoColumns
from app.trace_text.text import Range

NONE = Hits((), False)


class ThoughtFind(QWidget):
    """Every hit in what is shown, in the order of the text. Hidden with the bar."""

    closed = Signal()

    def __init__(self, theme: Theme, columns: TwoColumns) -> None:
        super().__init__()
        self._columns = columns
        self._text = ""
        self._shown: Sequence[Range] = ()
        self.hits = NONE
        self.current = -1
        """The hit that the user stands at; -1 for none."""
        self.line = QLineEdit(placeholderText=tr("Find in the thought and the answer"))
        self.line.setAccessibleName(tr("Text to find in the trace"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.match_case = _button(theme, "", tr("Upper and lower case matter"))
        self.match_case.setText(tr("Aa"))
        self.match_case.setCheckable(True)
        self.count = plain_label()
        self.back = _button(theme, "previous", tr("Previous hit in the trace"), self.previous)
        self.on = _button(theme, "next", tr("Next hit in the trace"), self.next)
        self.cross = _button(theme, "cross", tr("Close the line and forget the hits"), self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        for widget in (self.match_case, self.count, self.back, self.on, self.cross):
            row.addWidget(widget)
        self.line.textChanged.connect(self.search)
        self.match_case.toggled.connect(self.search)
        self.hide()

    def open(self) -> None:
        """Show the line, ready to be typed over."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.search()

    def close_bar(self) -> None:
        """Hide it, forget the hits, and give the focus to the text."""
        self.hide()
        self.search()
        self._columns.views[self._columns.focused_side()].setFocus()
        self.closed.emit()

    def look_in(self, text: str, shown: Sequence[Range]) -> None:
        """What is searched: these ranges, in order, of this text."""
        if (text, tuple(shown)) != (self._text, tuple(self._shown)):
            self._text, self._shown = text, tuple(shown)
            self.search()

    def search(self) -> None:
        """Find again and mark the hits; the hit stood at stays the same if it still is one."""
        before = self.hits.ranges[self.current] if 0 <= self.current < len(self.hits.ranges) else None
        wanted = self.line.text() if not self.isHidden() else ""
        self.hits = find(self._text, wanted, self._shown, self.match_case.isChecked())
        self.current = self.hits.ranges.index(before) if before in self.hits.ranges else -1
        self._show()

    def next(self) -> None:
        """To the hit after the one stood at, else after the caret; behind the last comes the first."""
        self._go(lambda ranges, at: bisect_right(ranges, at, key=_start) % len(ranges))

    def previous(self) -> None:
        """To the hit before it."""
        self._go(lambda ranges, at: (bisect_left(ranges, at, key=_start) - 1) % len(ranges))

    def _go(self, choose: Callable[[Sequence[Range], int], int]) -> None:
        ranges = self.hits.ranges
        if not ranges:
            return
        view = self._columns.views[self._columns.focused_side()]
        at = ranges[self.current][0] if self.current >= 0 else view.caret - 1
        self.current = choose(ranges, at)
        start = ranges[self.current][0]
        for one in self._columns.views:
            if one.shown.shows(start, start + 1):
                one.scroll_to(start)
        self._show()

    def _show(self) -> None:
        for view in self._columns.views:
            view.set_found(self.hits.ranges, self.current)
        count = len(self.hits.ranges)
        if not self.line.text().strip():
            words = ""
        elif self.current >= 0:
            words = tr("{place:,} of {count:,}").format(place=self.current + 1, count=count)
        else:
            words = tr("1 hit") if count == 1 else tr("{count:,} hits").format(count=count)
        self.count.setText(tr("more than {hits}").format(hits=words) if self.hits.more else words)
        for button in (self.back, self.on):
            button.setEnabled(bool(count))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter go from hit to hit."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                (self.previous if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.next)()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)


def _start(found: Range) -> int:
    return found[0]


def _button(theme: Theme, name: str, tip: str, act: Callable[[], None] | None = None) -> QToolButton:
    button = QToolButton(autoRaise=True)
    if name:
        button.setIcon(icon(theme, name))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if act is not None:
        button.clicked.connect(lambda: act())
    return button
