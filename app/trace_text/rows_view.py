"""A view of a text of any length that lays out the rows in sight and no others. Scrolls; knows no caret and no mouse.

What is at the top is kept as a place of the text: it stays there when the view gets another width, when rows above it
turn out to be more or fewer than estimated, and when the same text is shown with other pieces, marks or ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QStyle

from app.panels.texts import SMALLEST_PX
from app.theme import Theme
from app.trace_text.advances import Advances
from app.trace_text.glide import Glide
from app.trace_text.gutter import Gutter
from app.trace_text.line import Line
from app.trace_text.look import LINE_HEIGHT, text_font
from app.trace_text.row_layout import RowLayout, Style
from app.trace_text.rows import Row, Rows
from app.trace_text.shown_ranges import ShownRanges
from app.trace_text.text import Range, TraceText

SLICE_SECONDS = 0.003
"""How long rows are wrapped before the window gets its turn."""
MARGIN = 6
"""Pixels between the text and what is beside it."""


class RowsView(QAbstractScrollArea):
    """Shows ranges of a `TraceText` below each other."""

    scrolled = Signal()
    """Rows have moved, or others are in sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.animated = True
        """Whether it may glide to a place."""
        self.gutter = Gutter(theme)
        self._text = TraceText("")
        self._larger = 0
        """Pixels that the user made it larger."""
        self._top = 0
        self._shift = 0
        self._lines: list[Line] | None = None
        self._layouts: dict[Row, RowLayout] = {}
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._work)
        self._goal = 0
        self._glide = Glide(self.verticalScrollBar(), self._goal_height)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._measure_font()
        self._index(None)
        theme.changed.connect(self._restyle)

    # What is shown.

    @property
    def text(self) -> TraceText:
        return self._text

    @property
    def shown(self) -> ShownRanges:
        """Which part of the text is shown; places are counted in it."""
        return self._shown

    @property
    def rows(self) -> Rows:
        return self._rows

    @property
    def row_height(self) -> int:
        """Pixels."""
        return self._height

    def show_text(self, text: TraceText, ranges: Sequence[Range] | None = None) -> None:
        """Show `ranges` of a text, in order, without overlap; all of it without them. A text that grows stays."""
        same = text.text.startswith(self._text.text)
        top = self._shown.offset_of(self._top) if same else 0
        self._text = text
        self._index(ranges)
        self._top, self._shift = self._shown.place_of(top), self._shift if same else 0
        self._top = self._rows.row(self._rows.number_of(self._top)).start if len(self._shown) else 0
        self._settle()

    def _index(self, ranges: Sequence[Range] | None) -> None:
        self._shown = ShownRanges(self._text.text, ranges)
        self.gutter.measure(self._text, self._shown.ranges)
        self._rows = Rows(self._text, self._shown, self._advances.of, self._room(), self._advances.average)
        self._layouts.clear()
        self._lines = None

    def restyle_rows(self) -> None:
        """Marks have changed: rows in sight are made again."""
        self._layouts.clear()
        self.viewport().update()

    def zoom(self, step: int) -> None:
        """Larger or smaller text by so many pixels; 0: the size that all text has."""
        self._larger = self._larger + step if step else 0
        self._restyle()

    # Rows and where they are.

    def lines(self) -> list[Line]:
        """The rows in sight, from the top."""
        if self._lines is None:
            self._lines = self._find_lines() if len(self._shown) else []
        return self._lines

    def _find_lines(self) -> list[Line]:
        found: list[Line] = []
        headed: int | None = None
        number, y = self._rows.number_of(self._top), -self._shift
        while y < self.viewport().height() and number < self._rows.count:
            line = self._line(number, y, headed)
            found.append(line)
            headed = line.piece if line.heads else headed
            number, y = number + 1, y + self._height
        return found

    def _line(self, number: int, y: int, headed: int | None) -> Line:
        """`headed`: the latest piece that has its head already."""
        row = self._rows.row(number)
        offset = self._shown.offset_of(row.start)
        end = offset + row.end - row.start
        piece = self._text.piece_at(offset)
        blank = self._text.text[offset:end].isspace()
        last = piece is not None and self._text.pieces[piece].end <= end
        return Line(row, y, offset, piece, piece is not None and piece != headed and (last or not blank))

    def line_at(self, y: float) -> Line | None:
        """The row at a height of the viewport."""
        return next((line for line in self.lines() if line.y <= y < line.y + self._height), None)

    def layout_of(self, line: Line) -> RowLayout:
        """Kept as long as the row is in sight."""
        if line.row not in self._layouts:
            row = self._text.text[line.offset : line.end]
            self._layouts[line.row] = RowLayout(row, self._font, self._advances.tab, self.styles_of(line))
        return self._layouts[line.row]

    def forget_layouts(self, lines: Sequence[Line]) -> None:
        """Keep the layouts of these rows alone."""
        rows = {line.row for line in lines}
        self._layouts = {row: layout for row, layout in self._layouts.items() if row in rows}

    def styles_of(self, line: Line) -> list[Style]:
        """How the characters of a row look."""
        raise NotImplementedError

    @property
    def text_left(self) -> int:
        """Where rows begin, in pixels of the viewport."""
        return self.gutter.width + MARGIN

    def place_at(self, point: QPointF) -> int:
        """The place nearest to a point of the viewport, also outside of it."""
        line = self.line_at(point.y())
        if line is None:
            lines = self.lines()
            if not lines or point.y() < lines[0].y:
                return lines[0].row.start if lines else 0
            line = lines[-1]
        gap = self.layout_of(line).gap_at(point.x() - self.text_left)
        return line.row.start + gap

    def place_under(self, point: QPointF) -> int | None:
        """The place of the character drawn at a point; None beside the text."""
        line = self.line_at(point.y())
        if line is None:
            return None
        character = self.layout_of(line).character_at(point.x() - self.text_left)
        return None if character is None else line.row.start + character

    def is_shown(self, piece: int) -> bool:
        """Whether a piece is among what is shown, in sight or not."""
        pieces = self._text.pieces
        return piece < len(pieces) and self._shown.shows(pieces[piece].start, pieces[piece].end)

    # Scrolling.

    def scroll_to(self, offset: int) -> None:
        """Bring a character of the whole text into sight, with rows above it; in sight already, nothing moves."""
        self._goal = self._shown.place_of(offset)
        height, y = self.viewport().height(), self._height_of(self._goal)
        if not 0 <= y - self.verticalScrollBar().value() <= height - self._height:
            self._glide.go(height, self.animated and self.isVisible())

    def scroll_to_piece(self, piece: int) -> None:
        """Bring the beginning of a piece into sight."""
        self.scroll_to(self._text.pieces[piece].start)

    def _goal_height(self) -> int:
        return self._height_of(self._goal) - self.viewport().height() // 3

    def reveal(self, place: int) -> None:
        """Scroll as little as it takes to see a place; without gliding."""
        self._glide.stop()
        y, bar = self._height_of(place), self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), y + self._height - self.viewport().height()), y))

    def _height_of(self, place: int) -> int:
        """The upper edge of the row of a place, as the scroll bar counts."""
        number = self._rows.number_of(place)  # may turn out that rows above are more or fewer
        self._align_bar()
        return number * self._height

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._begin_at(self.verticalScrollBar().value())
        self._moved()

    def _begin_at(self, value: int) -> None:
        """What the scroll bar says is at the top."""
        if len(self._shown):
            number = min(value // self._height, self._rows.count - 1)
            self._top, self._shift = self._rows.row(number).start, value - number * self._height

    def _moved(self) -> None:
        self._lines = None
        self.viewport().update()
        self.scrolled.emit()

    def _settle(self) -> None:
        """Scroll bar and rows as they are now, with what was at the top still there."""
        self._align_bar()
        if self.isVisible() and not self._rows.complete:
            self._idle.start()
        self._moved()

    def _align_bar(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self._rows.number_of(self._top)
        if len(self._shown):
            self._rows.row(top + height // self._height + 1)  # what is in sight is wrapped, not estimated
        value = top * self._height + self._shift
        blocked = bar.blockSignals(True)
        bar.setPageStep(height)
        bar.setSingleStep(self._height)
        bar.setRange(0, max(0, self._rows.count * self._height - height + MARGIN))
        bar.setValue(value)
        bar.blockSignals(blocked)
        if bar.value() != value:  # there are no more rows below
            self._begin_at(bar.value())

    def _work(self) -> None:
        """Nothing else is to do: wrap rows."""
        if not self._rows.work(SLICE_SECONDS):
            self._idle.stop()
        self._settle()

    # The surroundings.

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._rewrap()
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._idle.stop()

    def _rewrap(self) -> None:
        self._rows.rewrap(self._room())
        self._lines = None
        self._layouts.clear()

    def _restyle(self) -> None:
        self._measure_font()
        self._index(self._shown.ranges)
        self._settle()

    def _measure_font(self) -> None:
        self._font = text_font(self.theme)
        own = self._font.pixelSize()
        self._larger = max(self._larger, SMALLEST_PX - own)
        self._font.setPixelSize(own + self._larger)
        self._height = ceil(QFontMetricsF(self._font).height() * LINE_HEIGHT)
        self._advances = Advances(self._font)

    def _room(self) -> float:
        """As if the scroll bar were there, so that rows are the same with and without it."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        self.gutter.fit(self.width() - bar)
        return self.width() - bar - self.text_left - MARGIN
