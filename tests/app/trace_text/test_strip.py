"""Two linked columns: what lights up, what scrolls, and what is painted between them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.trace_text.look import MARKS, mark_colour
from app.trace_text.strip import LinkStrip
from app.trace_text.text import Link, MarkKind, Piece, TraceText
from app.trace_text.view import TraceTextView

STEP = "a step of twenty  .\n"
STEPS, SENTENCES = 400, 40
HIDDEN = STEPS * len(STEP)
TEXT = STEP * (STEPS + SENTENCES)
PIECES = [Piece(n * len(STEP), (n + 1) * len(STEP), "hidden" if n < STEPS else "exposed") for n in range(440)]
LINKS = (Link(0, 400, "supported"), Link(300, 400, "contradicted"), Link(2, 401, "supported"))


@dataclass
class Columns:
    window: QWidget
    left: TraceTextView
    right: TraceTextView
    strip: LinkStrip


@pytest.fixture
def columns(theme: Theme, qtbot: QtBot) -> Columns:
    window = QWidget()
    qtbot.addWidget(window)
    left, right = TraceTextView(theme, "hidden"), TraceTextView(theme, "exposed")
    left.animated = right.animated = False
    strip = LinkStrip(left, right, theme)
    layout = QHBoxLayout(window)
    for part in (left, strip, right):
        layout.addWidget(part)
    window.resize(900, 400)
    with qtbot.waitExposed(window):
        window.show()
    text = TraceText(TEXT, PIECES)
    left.show_text(text, [(0, HIDDEN)])
    right.show_text(text, [(HIDDEN, len(TEXT))])
    strip.set_links(LINKS)
    return Columns(window, left, right, strip)


def has(image: QImage, colour: QColor) -> bool:
    """Whether a pixel has about this colour."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(0, image.height(), 2))
    return any(
        max(abs(p.red() - colour.red()), abs(p.green() - colour.green()), abs(p.blue() - colour.blue())) < 24
        for p in pixels
    )


def in_sight(view: TraceTextView, piece: int) -> bool:
    return any(line.piece == piece for line in view.lines())


def test_linked_pieces_have_marks_the_worst_first(columns: Columns) -> None:
    assert columns.left.partners == {0: "supported", 300: "contradicted", 2: "supported"}
    assert columns.right.partners == {400: "contradicted", 401: "supported"}
    assert columns.left.gutter.linked
    columns.strip.set_links(())
    assert not columns.left.partners
    assert not columns.left.gutter.linked


def test_hovering_lights_the_partners(columns: Columns) -> None:
    columns.right.piece_hovered.emit(400)
    assert set(columns.left.highlighted) == {0, 300}
    columns.right.piece_hovered.emit(-1)
    assert set(columns.left.highlighted) == set()
    columns.left.piece_hovered.emit(2)
    assert set(columns.right.highlighted) == {401}


def test_a_click_keeps_the_partners_lit_and_brings_the_first_into_sight(columns: Columns) -> None:
    columns.left.piece_clicked.emit(300)
    assert columns.left.selected_piece == 300
    assert set(columns.right.highlighted) == {400}
    columns.right.piece_hovered.emit(401)
    columns.right.piece_hovered.emit(-1)
    assert set(columns.right.highlighted) == {400}
    columns.left.scroll_to_piece(399)
    assert not in_sight(columns.left, 2)
    columns.right.link_clicked.emit(401)
    assert in_sight(columns.left, 2)
    assert set(columns.left.highlighted) == {2}
    assert columns.right.selected_piece == 401
    assert columns.left.selected_piece is None


def test_ribbons_join_what_is_in_sight(columns: Columns, theme: Theme) -> None:
    colours = [mark_colour(kind, theme.palette) for kind in ("supported", "contradicted")]
    columns.left.piece_clicked.emit(2)
    image = columns.strip.grab().toImage()
    assert has(image.copy(18, 0, 8, image.height()), colours[0])  # in the middle
    assert not has(image.copy(18, 0, 8, image.height()), colours[1])  # its step is out of sight
    assert has(image, colours[1])
    columns.strip.set_links(())
    assert not has(columns.strip.grab().toImage(), colours[0])


class Paintings(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_ribbons_follow_the_rows(columns: Columns, qtbot: QtBot) -> None:
    before = columns.strip.grab().toImage()
    qtbot.waitUntil(lambda: columns.left.rows.complete)
    QApplication.processEvents()
    paintings = Paintings()
    columns.strip.installEventFilter(paintings)
    columns.right.verticalScrollBar().setValue(30)
    qtbot.waitUntil(lambda: paintings.count > 0)
    assert columns.strip.grab().toImage() != before


def test_a_partner_that_is_filtered_out_is_not_pointed_to(columns: Columns, theme: Theme) -> None:
    columns.left.show_text(columns.left.text, [(0, 200 * len(STEP))])
    assert not has(columns.strip.grab().toImage(), mark_colour("contradicted", theme.palette))


def test_links_of_a_text_that_is_gone_are_not_drawn(columns: Columns) -> None:
    for view in (columns.left, columns.right):
        view.show_text(TraceText(STEP, [Piece(0, 5, "hidden")]))
    columns.strip.grab()
    columns.left.piece_clicked.emit(0)


def test_kinds_differ_in_more_than_colour() -> None:
    kinds: tuple[MarkKind, ...] = ("supported", "only hidden", "only exposed", "contradicted", "number")
    assert len({MARKS[kind].underline for kind in kinds}) == len(kinds)
    assert len({MARKS[kind].line for kind in kinds[:4]}) == 4
