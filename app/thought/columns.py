"""The two columns: hidden at the left, exposed at the right, with the ribbons between them. Shows what it is given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from app.language import tr
from app.models.thought_claims import Place
from app.models.thought_filter import Side
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip
from app.theme import Theme
from app.trace_text.strip import LinkStrip
from app.trace_text.text import Link, Range, TraceText
from app.trace_text.view import TraceTextView

HIDDEN, EXPOSED = 0, 1
"""Sides, as the strip counts them."""
MOST_OPAQUE = 3
"""Parts that cannot be read which are named above the hidden column."""
SIZES = [60, 40]
"""Shares of the width at first: a thought is longer than its answer."""


class TwoColumns(QWidget):
    """Both views show the same text, each its own ranges."""

    boundary_moved = Signal(int)
    """Offset in the text to which the user moved the boundary."""
    menu_wanted = Signal(QPoint, int, int)
    """A place on the screen, the side, and the piece there (-1: none)."""
    piece_clicked = Signal(int, int)
    """Side and piece."""
    piece_chosen = Signal(int, int)
    """The same, of a piece that `choose` went to."""
    activated = Signal(int, int)
    """Enter in a piece, or a double click on its number: side and piece."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.hidden = TraceTextView(theme, tr("Hidden text"))
        self.exposed = TraceTextView(theme, tr("Exposed text"))
        self.views = (self.hidden, self.exposed)
        self.heads = (ElidedLabel(), ElidedLabel())
        self.strip = LinkStrip(self.hidden, self.exposed, theme)
        self.opaque = ElidedLabel()
        self.opaque.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.opaque.hide()
        self.side: Side = "both"
        self._build()
        for side, view in enumerate(self.views):
            view.boundary_moved.connect(self.boundary_moved)
            view.piece_clicked.connect(partial(self.piece_clicked.emit, side))
            view.piece_activated.connect(partial(self.activated.emit, side))
            view.menu_wanted.connect(lambda at, piece, side=side: self.menu_wanted.emit(at, side, piece))

    def show_text(self, text: TraceText, hidden: Sequence[Range], exposed: Sequence[Range]) -> None:
        """The text, and what each column shows of it."""
        self.hidden.show_text(text, hidden)
        self.exposed.show_text(text, exposed)

    def show_links(self, links: Sequence[Link]) -> None:
        """Which pieces belong together."""
        self.strip.set_links(links)

    def show_heads(self, hidden: str, exposed: str) -> None:
        """What stands above the columns."""
        for label, words in zip(self.heads, (hidden, exposed), strict=True):
            label.setText(words)
            label.setToolTip(as_tool_tip(words))

    def show_empty(self, hidden: str, exposed: str) -> None:
        """What a column says that has nothing to show."""
        self.hidden.set_empty(hidden)
        self.exposed.set_empty(exposed)

    def show_opaque(self, lines: Sequence[str]) -> None:
        """What of the thought cannot be read, a line for each part."""
        shown = [*lines[:MOST_OPAQUE], *(["…"] if len(lines) > MOST_OPAQUE else [])]
        self.opaque.setText("\n".join(shown))
        self.opaque.setToolTip(as_tool_tip("\n".join(lines)) if lines else "")
        self.opaque.setVisible(bool(lines))

    def show_boundary(self, offset: int | None, words: str = "") -> None:
        """Where hidden text turns into exposed text, in the columns that have such text; None: it cannot be moved."""
        groups = {piece.group for piece in self.hidden.text.pieces}
        self.hidden.set_boundary(offset if "hidden" in groups else None, words)
        self.exposed.set_boundary(offset, words)

    def show_masked(self, pieces: Collection[int]) -> None:
        """Which steps are blacked out."""
        self.hidden.set_masked(pieces)

    def show_side(self, side: Side) -> None:
        """Both columns, or one of them."""
        self.side = side
        self._linked.setVisible(side != "exposed")
        self._columns[EXPOSED].setVisible(side != "hidden")
        self.strip.setVisible(side == "both")

    def side_of(self, text: TraceText, piece: int) -> int:
        """The column that a piece stands in."""
        return EXPOSED if text.pieces[piece].group == "exposed" else HIDDEN

    def choose(self, piece: int, offset: int | None = None) -> None:
        """Select a piece as a click does: its partners are lit, and the first of them comes to sight."""
        side = self.side_of(self.hidden.text, piece)
        view = self.views[side]
        if offset is None:
            view.scroll_to_piece(piece)
        else:
            view.scroll_to(offset)
        self.strip.choose(side, piece)
        self.piece_chosen.emit(side, piece)

    def go_to(self, place: Place) -> None:
        """To a claim, or to a step that stayed hidden; its characters are selected."""
        self.choose(place.piece, place.start)
        if place.claim is not None:
            self.views[self.side_of(self.hidden.text, place.piece)].select(place.start, place.end)

    def focused_side(self) -> int:
        """The column with the focus; the hidden one for want of it."""
        return EXPOSED if self.exposed.hasFocus() else HIDDEN

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        self._columns = (
            _column(self.heads[HIDDEN], self.opaque, self.hidden),
            _column(self.heads[EXPOSED], self.exposed),
        )
        linked = QWidget()
        beside = QHBoxLayout(linked)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._columns[HIDDEN], 1)
        beside.addWidget(self.strip)
        splitter.addWidget(linked)
        splitter.addWidget(self._columns[EXPOSED])
        self._linked = linked
        linked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        splitter.setSizes(SIZES)
        for place, share in enumerate(SIZES):
            splitter.setStretchFactor(place, share)
        self.splitter = splitter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)


def _column(*widgets: QWidget) -> QWidget:
    """One above the other; the last one takes the room."""
    column = QWidget()
    column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    widgets[-1].setMinimumHeight(40)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return column
