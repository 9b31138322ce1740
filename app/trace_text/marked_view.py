"""A view of rows that shows what is known of them: marks, what a search found, links, which pieces stand out.

It shows what it is given; it knows no mouse.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from app.theme import Theme
from app.trace_text.line import Line
from app.trace_text.look import found_format, mark_format
from app.trace_text.painting import Lit, paint_rows
from app.trace_text.reading_view import ReadingView
from app.trace_text.row_layout import Style
from app.trace_text.text import MarkKind, Range, TraceText


class MarkedView(ReadingView):
    """What it shows is kept in one value, which painting reads."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._lit = Lit()
        self._empty = ""
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_text(self, text: TraceText, ranges: Sequence[Range] | None = None) -> None:
        """As `RowsView` does it. What is lit in a text is not in another one; what is masked stays, by its number."""
        if not text.text.startswith(self.text.text):
            self.set_partners({})
            self._lit = Lit(masked=self._lit.masked)
        super().show_text(text, ranges)
        if self._lit.selected is not None and self._lit.selected >= len(text.pieces):
            self._lit.selected = None
        self._lit.hovered = None

    def set_empty(self, sentence: str) -> None:
        """What is said while nothing is shown."""
        self._empty = sentence
        self.viewport().update()

    @property
    def selected_piece(self) -> int | None:
        return self._lit.selected

    def select_piece(self, piece: int | None) -> None:
        """Show which piece is selected; nothing scrolls and nothing is said."""
        self._lit.selected = piece
        self.viewport().update()

    def highlight(self, pieces: Collection[int]) -> None:
        """Show pieces as the partners of another one."""
        self._lit.highlighted = frozenset(pieces)
        self.viewport().update()

    @property
    def partners(self) -> Mapping[int, MarkKind]:
        return self._lit.partners

    @property
    def masked(self) -> Collection[int]:
        return self._lit.masked

    @property
    def highlighted(self) -> Collection[int]:
        return self._lit.highlighted

    @property
    def hovered_piece(self) -> int | None:
        return self._lit.hovered

    def set_masked(self, pieces: Collection[int]) -> None:
        """Show bars in place of the text of these pieces; it cannot be read or copied then."""
        self._lit.masked = frozenset(pieces)
        self.viewport().update()

    def set_found(self, ranges: Sequence[Range], current: int = -1) -> None:
        """Show what a search found, in order, and which of it the search stands at. Nothing scrolls."""
        self._lit.found, self._lit.current = list(ranges), current
        self.restyle_rows()

    def set_partners(self, partners: Mapping[int, MarkKind]) -> None:
        """Which pieces have a mark of a link beside them; none: there is no place for such marks."""
        had = bool(self._lit.partners)
        self._lit.partners = dict(partners)
        if bool(partners) != had:
            self.gutter.linked = bool(partners)
            self._rewrap()
            self._settle()
        self.viewport().update()

    def selected_text(self) -> str:
        if not self._lit.masked:
            return super().selected_text()
        readable = []
        for start, end in self.shown.parts(*self.selected_places):
            while start < end:
                piece = self.text.piece_at(start)
                until = self._end_of(piece, start, end)
                if piece not in self._lit.masked:
                    readable.append(self.text.text[start:until])
                start = until
        return "".join(readable)

    def _end_of(self, piece: int | None, start: int, end: int) -> int:
        """Where the piece at `start` ends, or the text between pieces; `end` at the latest."""
        if piece is not None:
            return min(end, self.text.pieces[piece].end)
        after = bisect_left(self.text.starts, start)
        return min(end, self.text.starts[after]) if after < len(self.text.starts) else end

    def is_masked(self, line: Line) -> bool:
        """Whether the text of a row cannot be read."""
        return line.piece is not None and line.piece in self._lit.masked

    def styles_of(self, line: Line) -> list[Style]:
        palette, styles = self.theme.palette, []
        if line.piece is not None and self.text.pieces[line.piece].group == "tag":
            styles.append(Style(0, line.end - line.offset, mark_format("tag", palette)))
        for mark in self.text.marks_in(line.offset, line.end):
            low, high = max(mark.start, line.offset), min(mark.end, line.end)
            styles.append(Style(low - line.offset, high - line.offset, mark_format(mark.kind, palette)))
        found = self._lit.found
        for number in range(max(0, bisect_left(found, (line.offset, 0)) - 1), bisect_left(found, (line.end, 0))):
            low, high = max(found[number][0], line.offset), min(found[number][1], line.end)
            if low < high:
                style = found_format(palette, number == self._lit.current)
                styles.append(Style(low - line.offset, high - line.offset, style))
        return styles

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            palette = self.theme.palette
            painter.fillRect(self.viewport().rect(), palette.background)
            if len(self.shown):
                paint_rows(painter, self, self._lit)
                self.paint_over(painter)
            else:
                painter.setFont(self.theme.ui_font())
                painter.setPen(palette.secondary)
                words = QRectF(self.viewport().rect()).adjusted(16, 16, -16, -16)
                painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

    def paint_over(self, painter: QPainter) -> None:
        """What lies over the rows."""
