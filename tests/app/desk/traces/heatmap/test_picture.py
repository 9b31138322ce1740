"""The pixels of a heat map, the orders of its rows, and where its cells lie: arrays in, arrays out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.desk.colours import SHADES, score_colour
from app.desk.traces.heatmap.frame import HEAD_PX, MARK_PX, Frame, round_numbers
from app.desk.traces.heatmap.picture import Sheet, colours_of, image_of, inks_of, marks_of
from app.desk.traces.order import ORDER_WORDS, ordered
from app.theme import Mode, Theme

NAN = float("nan")


def sheet_of(*rows: list[float], lengths: list[int], errors: list[int]) -> Sheet:
    correct = np.full(len(rows), NAN, np.float32)
    return Sheet(np.array(rows, np.float32), np.array(lengths, np.int32), np.array(errors, np.int32), correct)


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_every_kind_of_cell_has_a_colour_of_its_own(mode: Mode) -> None:
    theme = Theme(mode)
    sheet = sheet_of([1.0, 0.0, NAN, 0.9, NAN], lengths=[4], errors=[1])
    image = image_of(colours_of(theme)[sheet.codes])
    assert (image.width(), image.height()) == (5, 1)
    right, error, missing, after, beyond = (image.pixelColor(column, 0) for column in range(5))
    assert right.rgb() == score_colour(theme, 1.0).rgb()
    assert error.rgb() == score_colour(theme, 0.0).rgb()
    assert after.rgb() == score_colour(theme, 229.5 / 255, faded=True).rgb()
    assert missing.alpha() == 0, "hatching shows through"
    assert beyond == theme.palette.background
    assert len({colour.rgba() for colour in (right, error, missing, after, beyond)}) == 5


def test_a_missing_score_is_never_drawn_as_a_zero() -> None:
    sheet = sheet_of([0.0, NAN], [NAN, 0.0], lengths=[2, 2], errors=[-1, 0])
    zero, missing = sheet.codes[0]
    assert missing != zero
    assert sheet.codes[1][0] == missing, "also where it is not faded"
    assert sheet.value(0, 0) == 0.0
    assert sheet.value(0, 1) is None


def test_numbers_in_cells_can_be_read() -> None:
    modes: tuple[Mode, ...] = ("dark", "light")
    for mode in modes:
        theme = Theme(mode)
        inks = inks_of(theme)
        assert len(inks) == 2 * SHADES
        for shade in (0, SHADES // 2, SHADES - 1):
            paint, ink = score_colour(theme, shade / (SHADES - 1)), inks[shade]
            assert abs(paint.lightnessF() - ink.lightnessF()) > 0.25


def test_right_and_wrong_differ_in_shape_too() -> None:
    theme = Theme("dark")
    marks = image_of(marks_of(np.array([1.0, 0.0, NAN]), theme))
    drawn = [[marks.pixelColor(x, y).alpha() > 0 for x in range(2)] for y in range(3)]
    assert drawn == [[True, True], [True, False], [False, False]]
    assert marks.pixelColor(0, 0) == QColor(theme.palette.good)
    assert marks.pixelColor(0, 1) == QColor(theme.palette.bad)


# the order of the rows

BEST_FIRST = np.array([2, 0, 3, 1])
LENGTHS = np.array([3, 1, 3, 9], np.int32)
ANSWERS = np.array([0, 1, -1, 0], np.int32)


def test_orders_of_the_rows() -> None:
    found = {order: ordered(order, BEST_FIRST, LENGTHS, ANSWERS).tolist() for order in ORDER_WORDS}
    assert found == {
        "total": [2, 0, 3, 1],
        "run": [0, 1, 2, 3],
        "length": [3, 2, 0, 1],
        "answer": [0, 3, 1, 2],
    }


@given(st.permutations(range(9)), st.lists(st.integers(-1, 3), min_size=9, max_size=9))
def test_answers_stand_together_best_first(best_first: list[int], answers: list[int]) -> None:
    found = ordered("answer", np.array(best_first), np.ones(9, np.int32), np.array(answers, np.int32)).tolist()
    assert sorted(found) == list(range(9))
    groups = [answers[trace] for trace in found]
    starts = [place for place, group in enumerate(groups) if place == 0 or groups[place - 1] != group]
    assert len(starts) == len(set(groups)), "each answer is one block"
    assert -1 not in groups or groups[-1] == -1
    for group in set(groups):
        mine = [best_first.index(trace) for trace in found if answers[trace] == group]
        assert mine == sorted(mine)


# where cells lie


def test_few_rows_can_be_read_and_many_are_all_in_sight() -> None:
    few, many = Frame(600, 200, 20, 5), Frame(600, 200, 10_000, 30)
    assert few.labelled
    assert few.scrolled_px[1] > 0
    assert not many.labelled
    assert many.scrolled_px == (0, 0)
    rows, top, high = many.rows_drawn()
    assert (top, high) == (HEAD_PX, 1.0)
    assert len(rows) == 200 - HEAD_PX
    assert (np.diff(rows) > 0).all()
    assert rows[-1] > 10_000 - 60


@given(
    st.integers(120, 1500), st.integers(60, 900), st.integers(1, 12_000), st.integers(1, 60), st.floats(0.0, 34.0),
    st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_the_cell_under_the_mouse_is_the_one_that_is_drawn(
    width: int, height: int, rows: int, columns: int, zoom: float, x: float, y: float
) -> None:
    frame = Frame(width, height, rows, columns, zoom=zoom)
    cells = frame.cells
    place = QPointF(cells.left() + x * (cells.width() - 0.01), cells.top() + y * (cells.height() - 0.01))
    found = frame.cell_at(place)
    assert found is not None
    row, column = found
    assert row in frame.rows_in_sight
    assert column in frame.columns_in_sight
    drawn, top, high = frame.rows_drawn()
    assert drawn[min(len(drawn) - 1, int((place.y() - top) / high))] == row
    assert frame.cell(row, column).adjusted(-1, -1, 1, 1).contains(place)
    assert frame.cell_at(QPointF(cells.left() - MARK_PX, cells.top())) is None


@given(st.integers(1, 5_000), st.integers(1, 300), st.floats(0.0, 34.0), st.data())
def test_scrolling_brings_a_cell_into_sight(rows: int, columns: int, zoom: float, data: st.DataObject) -> None:
    frame = Frame(400, 200, rows, columns, zoom=zoom)
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    across, down = frame.scroll_to(row, column)
    there = Frame(400, 200, rows, columns, zoom=zoom, across=across, down=down)
    most = frame.scrolled_px
    assert 0 <= across <= most[0]
    assert 0 <= down <= most[1] + 1
    box = there.cell(row, column)
    assert box.top() >= HEAD_PX - 1
    assert box.bottom() <= 201 + 1
    assert box.left() >= there.left - 1
    assert box.right() <= 401


def test_numbers_of_rows_are_round() -> None:
    assert round_numbers(range(10_000), 5) == [1, 2_000, 4_000, 6_000, 8_000, 10_000]
    assert round_numbers(range(7), 20) == [1, 2, 3, 4, 5, 6, 7]
    assert round_numbers(range(120, 180), 4) == [140, 160, 180]
