"""Ribbons between two columns of text: which piece of one belongs to which of the other. Links them under the mouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.trace_text.look import mark_colour, mark_pen
from app.trace_text.text import Link, MarkKind
from app.trace_text.view import TraceTextView

WIDTH = 44
MOST_RIBBONS = 150
"""Drawn at once."""
STUB = 6
"""Pixels that the end of a line is lower or higher whose other end is out of sight."""
QUIET, LOUD = 0.6, 1.0
"""Opacity of a ribbon, and of those of the piece under the mouse or selected."""
Stub: TypeAlias = tuple[int, int, MarkKind, bool]
"""Side, piece, kind of the link, and whether the partner is further down."""
_WORST_FIRST: tuple[MarkKind, ...] = ("contradicted", "only exposed", "supported", "only hidden", "number")


class LinkStrip(QWidget):
    """Stands between two views. Hovering over a linked piece lights its partners; a click brings one into sight.

    Ribbons go to the first row of a piece; to one that is out of sight they end at the edge it is beyond, short.
    """

    def __init__(self, left: TraceTextView, right: TraceTextView, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._views = left, right
        self._links: tuple[Link, ...] = ()
        self._of: tuple[dict[int, list[Link]], dict[int, list[Link]]] = {}, {}
        for side, view in enumerate(self._views):
            view.piece_hovered.connect(partial(self._on_hover, side))
            view.piece_clicked.connect(partial(self.choose, side))
            view.link_clicked.connect(partial(self.choose, side))
            view.scrolled.connect(self.update)
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def set_links(self, links: Sequence[Link]) -> None:
        """Of pieces of the text that both views show. Each view gets marks beside its linked pieces."""
        self._links = tuple(links)
        self._of = defaultdict(list), defaultdict(list)
        for link in self._links:
            self._of[0][link.one].append(link)
            self._of[1][link.other].append(link)
        for side, view in enumerate(self._views):
            view.set_partners({piece: _worst(found) for piece, found in self._of[side].items()})
            view.highlight(())
        self.update()

    def partners(self, side: int, piece: int) -> list[int]:
        """The pieces on the other side that a piece of `side` (0: left, 1: right) is linked to, best first."""
        return [link.one if side else link.other for link in self._of[side].get(piece, ())]

    def _on_hover(self, side: int, piece: int) -> None:
        self._light(side, piece if piece >= 0 else None)

    def _light(self, side: int, piece: int | None) -> None:
        """Without a piece under the mouse, that of the selected ones."""
        own, other = self._views[side], self._views[1 - side]
        chosen = own.selected_piece if piece is None else piece
        other.highlight(self.partners(side, chosen) if chosen is not None else ())
        if piece is None and chosen is None and other.selected_piece is not None:
            own.highlight(self.partners(1 - side, other.selected_piece))
        self.update()

    def choose(self, side: int, piece: int) -> None:
        """Select a piece of `side` (0: left, 1: right), light its partners and bring the best one into sight."""
        other = self._views[1 - side]
        self._views[side].select_piece(piece)
        self._views[side].highlight(())
        other.select_piece(None)
        self._light(side, piece)
        if shown := [partner for partner in self.partners(side, piece) if other.is_shown(partner)]:
            other.scroll_to_piece(shown[0])

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.palette.panel)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middles = self._middles(0), self._middles(1)
            loud = self._loud()
            ribbons, stubs = self._in_sight(middles)
            for side, piece, kind, down in stubs:
                self._paint_stub(painter, side, middles[side][piece], kind, down)
            for link in sorted(ribbons[:MOST_RIBBONS], key=lambda link: link in loud):
                self._paint_ribbon(painter, link.kind, middles[0][link.one], middles[1][link.other], link in loud)

    def _in_sight(self, middles: Sequence[dict[int, float]]) -> tuple[list[Link], set[Stub]]:
        """Links with both ends in sight; and what points to partners that are not, up or down."""
        ribbons: list[Link] = []
        stubs: set[Stub] = set()
        for side in (0, 1):
            other = self._views[1 - side]
            lines = other.lines()
            for piece in middles[side]:
                for link in self._of[side].get(piece, ()):
                    partner = link.one if side else link.other
                    if partner in middles[1 - side]:
                        ribbons += [link] if side == 0 else []
                    elif lines and other.is_shown(partner):
                        down = other.text.pieces[partner].start >= lines[0].offset
                        stubs.add((side, piece, link.kind, down))
        return ribbons, stubs

    def _loud(self) -> set[Link]:
        """The links of what is under the mouse, else of what is selected."""
        for wanted in ("hovered_piece", "selected_piece"):
            for side, view in enumerate(self._views):
                piece = getattr(view, wanted)
                if piece is not None and self._of[side].get(piece):
                    return set(self._of[side][piece])
        return set()

    def _middles(self, side: int) -> dict[int, float]:
        """The middle of the first row in sight of every piece, in our own pixels."""
        view = self._views[side]
        shift = view.viewport().mapTo(view.window(), QPointF(0, 0)).y() - self.mapTo(self.window(), QPointF(0, 0)).y()
        return {
            line.piece: line.y + view.row_height / 2 + shift
            for line in view.lines()
            if line.heads and line.piece is not None
        }

    def _paint_ribbon(self, painter: QPainter, kind: MarkKind, left: float, right: float, loud: bool) -> None:
        width = float(self.width())
        painter.setPen(mark_pen(kind, self._theme.palette, 2.2 if loud else 1.0, LOUD if loud else QUIET))
        path = QPainterPath(QPointF(0, left))
        path.cubicTo(width / 2, left, width / 2, right, width, right)
        painter.strokePath(path, painter.pen())

    def _paint_stub(self, painter: QPainter, side: int, y: float, kind: MarkKind, down: bool) -> None:
        """A short line whose end says where the partner is."""
        start = QPointF(self.width() if side else 0, y)
        tip = QPointF(self.width() * (0.7 if side else 0.3), y + (STUB if down else -STUB))
        painter.setPen(mark_pen(kind, self._theme.palette, 1.0, QUIET))
        painter.drawLine(start, tip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark_colour(kind, self._theme.palette))
        painter.drawEllipse(tip, 2.5, 2.5)


def _worst(links: Sequence[Link]) -> MarkKind:
    """What a person should know first."""
    return min((link.kind for link in links), key=lambda kind: _WORST_FIRST.index(kind) if kind in _WORST_FIRST else 99)
