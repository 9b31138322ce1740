"""A view of rows with a caret and a selection, moved by keys. Knows no mouse and no links.

Caret and selection are places of what is shown; they stay on their characters when other ranges are shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from app.panels.texts import zoom_step
from app.theme import Theme
from app.trace_text.line import Line
from app.trace_text.row_layout import RowLayout
from app.trace_text.rows import Row
from app.trace_text.rows_view import RowsView
from app.trace_text.text import Range, TraceText

WORD_AROUND = 200
"""Characters on either side of the caret that a word may reach to."""

Key = Qt.Key
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MODIFIERS = Qt.KeyboardModifier
_ROWS = {Key.Key_Up: -1, Key.Key_Down: 1}
_COLUMNS = {Key.Key_Left: -1, Key.Key_Right: 1}
_PAGES = {Key.Key_PageUp: -1, Key.Key_PageDown: 1}


class ReadingView(RowsView):
    """Text can be selected and copied; nothing can be written."""

    caret_moved = Signal(int)
    """Offset of the caret in the whole text."""
    selection_changed = Signal()
    piece_activated = Signal(int)
    """Enter was pressed in a piece, or its number double-clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._caret = self._anchor = 0
        self._column: float | None = None
        """Where Up and Down go to, in pixels from the left edge of rows."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Caret and selection.

    @property
    def caret(self) -> int:
        """Offset in the whole text."""
        return self.shown.offset_of(self._caret)

    @property
    def caret_place(self) -> int:
        """The place before which it stands."""
        return self._caret

    @property
    def selection(self) -> Range:
        """What is selected, as offsets of the whole text; both the same if nothing is."""
        low, high = self.selected_places
        return self.shown.offset_of(low), self.shown.offset_of(high - 1) + 1 if low < high else self.shown.offset_of(
            low
        )

    @property
    def selected_places(self) -> Range:
        """The same as places of what is shown."""
        return min(self._caret, self._anchor), max(self._caret, self._anchor)

    def selected_text(self) -> str:
        """The selected text as it is, without what is not shown."""
        return self.shown.text(*self.selected_places)

    def select(self, start: int, end: int) -> None:
        """Select [start, end) of the whole text; the caret comes to its end."""
        self._anchor = self.shown.place_of(start)
        self.move_caret(self.shown.place_of(end), keep=True)

    def select_all(self) -> None:
        """Everything that is shown; nothing scrolls."""
        self._anchor, self._caret = 0, len(self.shown)
        self._told()

    def copy(self) -> None:
        """The selected text to the clipboard; lone surrogates, which no clipboard takes, as replacement characters."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(_SURROGATE.sub("\ufffd", text))

    def move_caret(self, place: int, keep: bool = False) -> None:
        """Put the caret before the shown character at `place` and in sight; `keep`: what lies between is selected."""
        self._caret = min(max(place, 0), len(self.shown))
        if not keep:
            self._anchor = self._caret
        self._column = None
        self.reveal(self._caret)
        self._told()

    def _told(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()
        self.caret_moved.emit(self.caret)

    def show_text(self, text: TraceText, ranges: Sequence[Range] | None = None) -> None:
        same = text.text.startswith(self.text.text)
        caret, anchor = self.caret, self.shown.offset_of(self._anchor)
        super().show_text(text, ranges)
        self._caret = self.shown.place_of(caret) if same else 0
        self._anchor = self.shown.place_of(anchor) if same else 0
        self._column = None

    def caret_piece(self) -> int | None:
        """The piece in which the caret stands."""
        return self.text.piece_at(min(self.caret, max(0, len(self.text.text) - 1)))

    def word_at(self, place: int) -> Range:
        """The word around a place: letters and digits, or one other character."""
        low = max(0, place - WORD_AROUND)
        around = self.shown.text(low, place + WORD_AROUND)
        words = (found.span() for found in re.finditer(r"\w+|\s+|.", around, re.DOTALL))
        start, end = next((span for span in words if span[0] <= place - low < span[1]), (place - low, place - low))
        return low + start, low + end

    # Keys.

    def event(self, event: QEvent) -> bool:
        """Keys that are the window's elsewhere are claimed before it hears of them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.takes(event):
            event.accept()
            return True
        return super().event(event)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key does something here."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll):
            return True
        if zoom_step(event) is not None:
            return True
        keys = {*_ROWS, *_COLUMNS, *_PAGES, Key.Key_Home, Key.Key_End, Key.Key_Return, Key.Key_Enter}
        return event.key() in keys and not event.modifiers() & _MODIFIERS.AltModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes(event):
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif (step := zoom_step(event)) is not None:
            self.zoom(step)
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            if (piece := self.caret_piece()) is not None:
                self.piece_activated.emit(piece)
        elif len(self.shown):
            self._move(event.key(), event.modifiers())

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        control = bool(modifiers & _MODIFIERS.ControlModifier)
        keep = bool(modifiers & _MODIFIERS.ShiftModifier)
        if key in _ROWS and control:
            self.move_caret(self._step_from(self._caret, _ROWS[Key(key)]), keep)
        elif key in _ROWS:
            self._by_rows(_ROWS[Key(key)], keep)
        elif key in _PAGES:
            page = max(1, self.viewport().height() // self.row_height - 1)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + _PAGES[Key(key)] * page * self.row_height)
            self._by_rows(_PAGES[Key(key)] * page, keep)
        elif key in _COLUMNS:
            self._by_columns(_COLUMNS[Key(key)], control, keep)
        elif control:
            self.move_caret(0 if key == Key.Key_Home else len(self.shown), keep)
        else:
            row = self.rows.row(self.rows.number_of(self._caret))
            self.move_caret(row.start if key == Key.Key_Home else self._last_of(row.start, row.end), keep)

    def _by_columns(self, way: int, words: bool, keep: bool) -> None:
        selected = self.selected_places
        if selected[0] < selected[1] and not keep and not words:
            self.move_caret(selected[way > 0])
        elif not words:
            self.move_caret(self._caret + way, keep)
        else:
            self.move_caret(self._word_from(self._caret, way), keep)

    def _word_from(self, place: int, way: int) -> int:
        if way > 0:
            end = self.word_at(place)[1]
            return self.word_at(end)[1] if self.shown.text(end, end + 1).isspace() else end
        start = self.word_at(max(0, place - 1))[0]
        return self.word_at(max(0, start - 1))[0] if self.shown.text(start, start + 1).isspace() else start

    def _by_rows(self, rows: int, keep: bool) -> None:
        number = self.rows.number_of(self._caret)
        column = self._x_of(self._caret) if self._column is None else self._column
        other = min(max(number + rows, 0), self.rows.count - 1)
        if other == number:
            self.move_caret(0 if rows < 0 else len(self.shown), keep)
        else:
            row = self.rows.row(other)
            gap = self._layout(row).gap_at(column)
            self.move_caret(min(row.start + gap, self._last_of(row.start, row.end)), keep)
        self._column = column

    def _step_from(self, place: int, way: int) -> int:
        """Where the next piece begins, or this one, or the one before."""
        starts = self.text.starts
        offset = self.shown.offset_of(place)
        number = self.text.piece_at(min(offset, max(0, len(self.text.text) - 1)))
        if number is None:
            return 0 if way < 0 else len(self.shown)
        if way < 0 and self.shown.place_of(starts[number]) < place:
            return self.shown.place_of(starts[number])
        number += way
        while 0 <= number < len(starts):
            if self.is_shown(number):
                return self.shown.place_of(starts[number])
            number += way
        return 0 if way < 0 else len(self.shown)

    def _last_of(self, start: int, end: int) -> int:
        """The last place of a caret in a row: before its line's end, or before the blank at which it is wrapped."""
        if end == len(self.shown) and self.shown.text(end - 1, end) != "\n":
            return end
        return max(start, end - 1)

    def _x_of(self, place: int) -> float:
        row = self.rows.row(self.rows.number_of(place))
        return self._layout(row).x_of(place - row.start)

    def _layout(self, row: Row) -> RowLayout:
        """Of a row that need not be in sight."""
        return self.layout_of(Line(row, 0, self.shown.offset_of(row.start), None, False))
