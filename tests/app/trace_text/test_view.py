"""The view under keys and mouse: what moves, what stays, what is said, what is copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.theme import Theme
from app.trace_text.rows import BLOCK
from app.trace_text.text import Mark, Piece, TraceText
from app.trace_text.view import TraceTextView
from app.trace_text.words import tip_of
from engine.traces.functions import Function
from tests.app.trace_text.conftest import MakeView

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
Control, Shift, Alt = (Qt.KeyboardModifier[f"{name}Modifier"] for name in ("Control", "Shift", "Alt"))

STEPS = ("First, 2 + 2 = 4.\n", "Wait, let me check.\n", "Yes: 4 it is.\n\n", "So the answer is 4.")
TEXT = "".join(STEPS)
STARTS = [TEXT.index(step) for step in STEPS]
FUNCTIONS: tuple[Function | None, ...] = ("compute", "check", None, "answer")
PIECES = [
    Piece(start, start + len(step), "hidden", function, number)
    for number, (start, step, function) in enumerate(zip(STARTS, STEPS, FUNCTIONS, strict=True), 1)
]
LONG = "".join(f"Step {n}: take {n} and add {n}, which gives {2 * n}.\n" for n in range(4_000))


@pytest.fixture
def small(view: TraceTextView) -> TraceTextView:
    view.show_text(TraceText(TEXT, PIECES))
    return view


@pytest.fixture
def long(view: TraceTextView) -> TraceTextView:
    view.show_text(TraceText(LONG))
    return view


def rows(view: TraceTextView) -> list[str]:
    return [view.text.text[line.offset : line.end] for line in view.lines()]


def top(view: TraceTextView) -> str:
    return rows(view)[0]


def point_of(view: TraceTextView, offset: int) -> QPoint:
    """In the middle of a character."""
    line = next(line for line in view.lines() if line.offset <= offset < line.end)
    layout = view.layout_of(line)
    x = (layout.x_of(offset - line.offset) + layout.x_of(offset - line.offset + 1)) / 2
    return QPoint(round(view.text_left + x), line.y + view.row_height // 2)


def press(view: TraceTextView, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(view, key, modifiers)


# -- rows


def test_rows_in_sight_are_the_text_from_its_beginning(small: TraceTextView) -> None:
    assert rows(small) == [
        "First, 2 + 2 = 4.\n",
        "Wait, let me check.\n",
        "Yes: 4 it is.\n",
        "\n",
        "So the answer is 4.",
    ]
    assert [line.piece for line in small.lines()] == [0, 1, 2, 2, 3]
    assert [line.heads for line in small.lines()] == [True, True, True, False, True]


def test_a_huge_line_is_shown_before_it_is_wrapped(view: TraceTextView, qtbot: QtBot) -> None:
    text = "Tom has 12 pens and no end of paper, " * 5_500
    view.show_text(TraceText(text))
    assert not view.rows.complete
    assert "".join(rows(view)) == text[: len("".join(rows(view)))]
    view.grab()
    view.scroll_to(150_000)
    assert any(line.offset <= 150_000 < line.end for line in view.lines())
    seen = rows(view)
    qtbot.waitUntil(lambda: view.rows.complete)
    assert rows(view) == seen
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.lines()[-1].end == len(text)


def test_resizing_keeps_what_is_at_the_top(long: TraceTextView, qtbot: QtBot) -> None:
    long.scroll_to(len(LONG) // 2)
    offset = long.lines()[0].offset
    for width in (300, 700, 260, 500):
        long.resize(width, 300)
        qtbot.waitUntil(lambda: long.rows.complete)
        assert long.lines()[0].offset <= offset < long.lines()[0].end
        offset = long.lines()[0].offset


def test_the_same_text_with_other_pieces_stays_where_it_is(long: TraceTextView) -> None:
    long.select(1000, 1010)
    long.scroll_to(len(LONG) // 2)
    before = top(long)
    cut = [Piece(at, at + 100, "hidden", None, 1) for at in range(0, len(LONG) - 100, 100)]
    long.show_text(TraceText(LONG, cut))
    assert long.lines()[0].offset <= LONG.index(before) < long.lines()[0].end
    assert long.selection == (1000, 1010)
    long.show_text(TraceText("another text"))
    assert (top(long), long.caret, long.selection) == ("another text", 0, (0, 0))


def test_a_filter_at_the_end_leaves_no_empty_space_below(long: TraceTextView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: long.rows.complete)
    bar = long.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert long.lines()[-1].end == len(LONG)
    long.show_text(long.text, [(0, 3000), (len(LONG) - 200, len(LONG))])
    assert long.lines()[-1].end == len(LONG)
    assert long.lines()[-1].y + 2 * long.row_height >= long.viewport().height()
    long.resize(900, 300)
    assert long.lines()[-1].end == len(LONG)
    assert long.lines()[-1].y + 2 * long.row_height >= long.viewport().height()
    assert bar.value() == bar.maximum()


def test_a_larger_text_size_keeps_the_place(long: TraceTextView, theme: Theme) -> None:
    long.scroll_to(len(LONG) // 2)
    before, height = long.lines()[0].offset, long.row_height
    theme.set_text_size(150)
    assert long.row_height > height
    assert long.lines()[0].offset <= before < long.lines()[0].end


def test_keys_make_the_text_larger_here_alone(long: TraceTextView, make_view: MakeView) -> None:
    height = long.row_height
    for key, grown in ((Key.Key_Plus, True), (Key.Key_Plus, True), (Key.Key_0, False), (Key.Key_Minus, False)):
        press(long, key, Control)
        assert (long.row_height > height) == grown
    assert long.row_height <= height == make_view().row_height
    for _ in range(60):
        press(long, Key.Key_Minus, Control)
    long.grab()


def test_another_text_has_nothing_of_the_one_before(small: TraceTextView) -> None:
    small.select_piece(1)
    small.set_partners({1: "supported"})
    small.set_masked([0, 1])
    small.show_text(small.text)
    assert (small.selected_piece, dict(small.partners), set(small.masked)) == (1, {1: "supported"}, {0, 1})
    small.show_text(TraceText("another", [Piece(0, 7, "hidden")]))
    assert (small.selected_piece, dict(small.partners)) == (None, {})
    assert not small.gutter.linked
    assert set(small.masked) == {0, 1}  # whoever masks a text says so before he shows it


def test_a_text_that_grows_stays_where_it_is(long: TraceTextView) -> None:
    long.select_piece(0)
    long.select(5, 9)
    long.scroll_to(len(LONG) // 2)
    before = long.lines()[0].offset
    long.show_text(TraceText(LONG + "And so on.\n" * 50, [Piece(0, 40, "hidden")]))
    assert long.lines()[0].offset == before
    assert (long.selection, long.selected_piece) == ((5, 9), 0)


def test_a_part_of_the_text_is_shown_without_the_rest(small: TraceTextView) -> None:
    small.show_text(small.text, [(STARTS[1], STARTS[2]), (STARTS[3], len(TEXT))])
    assert rows(small) == [STEPS[1], STEPS[3]]
    small.select_all()
    assert small.selected_text() == STEPS[1] + STEPS[3]
    assert small.selection == (STARTS[1], len(TEXT))


def test_nothing_to_show_is_said(view: TraceTextView) -> None:
    view.set_empty("There is no hidden text.")
    view.show_text(TraceText("text"), [])
    before = view.grab().toImage()
    view.set_empty("")
    assert before != view.grab().toImage()
    for key in (Key.Key_Down, Key.Key_PageUp, Key.Key_End, Key.Key_Return):
        press(view, key)
    view.copy()
    assert view.selected_text() == ""


@pytest.mark.parametrize(
    "text",
    ["\x00" * 500, "\u202e" * 3000, "\ud800\udfff" * 100, "مرحبا بالعالم " * 300, "a" + "\u0301" * 9000, "\n" * 5000,
     "<b>bold</b><img src='file:///x'>", "\t" * 900, "👩‍👩‍👧" * 300, "\r\n" * 50, "\ufffe\uffff\u2028\u0085"],
)  # fmt: skip
def test_hostile_text_is_drawn_and_walked_through(view: TraceTextView, text: str) -> None:
    view.show_text(TraceText(text, [Piece(0, len(text), "hidden", "check", 1)], [Mark(0, len(text), "contradicted")]))
    view.grab()
    for key in (Key.Key_Down, Key.Key_End, Key.Key_Right, Key.Key_PageDown, Key.Key_Up, Key.Key_Home):
        press(view, key)
    press(view, Key.Key_End, Control | Shift)
    assert view.selected_text() == text[-len(view.selected_text()) :]
    view.select_all()
    assert view.selected_text() == text
    view.copy()
    view.grab()


# -- keys


def test_keys_move_the_caret(small: TraceTextView) -> None:
    none = Qt.KeyboardModifier.NoModifier
    moves = [
        (Key.Key_Right, none, 1),
        (Key.Key_Down, none, STARTS[1] + 1),
        (Key.Key_End, none, STARTS[2] - 1),
        (Key.Key_Home, none, STARTS[1]),
        (Key.Key_Left, none, STARTS[1] - 1),
        (Key.Key_Right, Control, STARTS[1]),
        (Key.Key_Right, Control, STARTS[1] + 4),
        (Key.Key_Left, Control, STARTS[1]),
        (Key.Key_End, Control, len(TEXT)),
        (Key.Key_Up, Control, STARTS[3]),
        (Key.Key_Up, Control, STARTS[2]),
        (Key.Key_Down, Control, STARTS[3]),
        (Key.Key_Home, Control, 0),
        (Key.Key_Down, Control, STARTS[1]),
        (Key.Key_Up, none, 0),
        (Key.Key_Up, none, 0),
    ]
    said: list[int] = []
    small.caret_moved.connect(said.append)
    for key, modifiers, place in moves:
        press(small, key, modifiers)
        assert small.caret == place, key
    assert said == [place for _, _, place in moves]


def test_up_and_down_keep_their_column_over_short_rows(small: TraceTextView) -> None:
    small.move_caret(STARTS[1] + 15)
    for _ in range(3):
        press(small, Key.Key_Down)
    assert abs(small.caret - STARTS[3] - 15) <= 1
    for _ in range(3):
        press(small, Key.Key_Up)
    assert small.caret == STARTS[1] + 15


def test_pages_move_by_pages_and_reach_the_end(long: TraceTextView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: long.rows.complete)
    count = len(long.lines())
    press(long, Key.Key_PageDown)
    assert count - 3 <= long.rows.number_of(long.caret_place) <= count
    press(long, Key.Key_End, Control)
    assert long.lines()[-1].end == len(LONG)
    press(long, Key.Key_PageUp)
    assert long.rows.number_of(long.caret_place) >= long.rows.count - count - 1


def test_shift_selects_and_the_clipboard_gets_it(small: TraceTextView) -> None:
    for _ in range(5):
        press(small, Key.Key_Right, Shift)
    assert small.selected_text() == "First"
    QTest.keySequence(small, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == "First"
    press(small, Key.Key_Right)
    assert (small.selected_text(), small.caret) == ("", 5)
    QTest.keySequence(small, QKeySequence(QKeySequence.StandardKey.SelectAll))
    assert small.selected_text() == TEXT


def test_lone_surrogates_reach_the_clipboard_as_replacement_characters(view: TraceTextView) -> None:
    view.show_text(TraceText("a\ud800b"))
    view.select_all()
    view.copy()
    assert QGuiApplication.clipboard().text() == "a\ufffdb"


def test_enter_is_about_the_step_at_the_caret(small: TraceTextView, qtbot: QtBot) -> None:
    small.move_caret(STARTS[2] + 3)
    with qtbot.waitSignal(small.piece_activated) as heard:
        press(small, Key.Key_Return)
    assert heard.args == [2]


# -- mouse


def test_a_click_selects_a_step_and_sets_the_caret(small: TraceTextView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(small.piece_clicked) as heard:
        QTest.mouseClick(small.viewport(), Left, pos=point_of(small, STARTS[1] + 5))
    assert heard.args == [1] == [small.selected_piece]
    assert abs(small.caret - STARTS[1] - 5) <= 1


def test_dragging_selects_text_and_clicks_nothing(small: TraceTextView) -> None:
    clicked: list[int] = []
    small.piece_clicked.connect(clicked.append)
    QTest.mousePress(small.viewport(), Left, pos=point_of(small, 0) - QPoint(3, 0))
    QTest.mouseMove(small.viewport(), point_of(small, STARTS[1] + 4) - QPoint(2, 0))
    QTest.mouseRelease(small.viewport(), Left, pos=point_of(small, STARTS[1] + 4))
    assert small.selected_text() == STEPS[0] + "Wait"
    assert clicked == []


def test_a_selection_dragged_over_the_edge_scrolls_on(long: TraceTextView, qtbot: QtBot) -> None:
    QTest.mousePress(long.viewport(), Left, pos=point_of(long, 0))
    QTest.mouseMove(long.viewport(), QPoint(200, long.viewport().height() + 60))
    qtbot.waitUntil(lambda: long.lines()[0].offset > 300)
    QTest.mouseRelease(long.viewport(), Left, pos=QPoint(200, 400))
    assert len(long.selected_text()) > 500


def test_a_double_click_selects_a_word(small: TraceTextView) -> None:
    QTest.mouseDClick(small.viewport(), Left, pos=point_of(small, TEXT.index("check") + 2))
    assert small.selected_text() == "check"


def test_the_piece_under_the_pointer_is_told(small: TraceTextView) -> None:
    heard: list[int] = []
    small.piece_hovered.connect(heard.append)
    for offset in (1, STARTS[1] + 1, STARTS[1] + 3):
        QTest.mouseMove(small.viewport(), point_of(small, offset))
    QTest.mouseMove(small.viewport(), QPoint(100, 290))
    QApplication.sendEvent(small.viewport(), QEvent(QEvent.Type.Leave))
    assert heard == [0, 1, -1]


def test_the_mark_of_a_link_is_clicked_by_itself(small: TraceTextView, qtbot: QtBot) -> None:
    small.set_partners({1: "supported"})
    y = small.lines()[1].y + small.row_height // 2
    with qtbot.waitSignal(small.link_clicked) as heard, qtbot.assertNotEmitted(small.piece_clicked):
        QTest.mouseClick(small.viewport(), Left, pos=QPoint(small.gutter.width - 6, y))
    assert heard.args == [1]


def test_the_context_menu_knows_the_piece(small: TraceTextView, qtbot: QtBot) -> None:
    where = point_of(small, STARTS[2])
    with qtbot.waitSignal(small.menu_wanted) as heard:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, small.mapToGlobal(where))
        QApplication.sendEvent(small.viewport(), event)
    assert heard.args[1] == 2


def tool_tip(view: TraceTextView, where: QPoint) -> str:
    QToolTip.hideText()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))
    return QToolTip.text()


def test_tool_tips_tell_why_and_what_for(small: TraceTextView) -> None:
    place = TEXT.index("= 4")
    small.show_text(small.text.with_marks([Mark(place, place + 3, "contradicted", "says <b>5</b>")]))
    assert "contradicted by the thought: says &lt;b&gt;5&lt;/b&gt;" in tool_tip(small, point_of(small, place + 1))
    assert tip_of(small, QPointF(point_of(small, STARTS[1]))) == ""
    assert "step 2, hidden, check" in tool_tip(small, QPoint(10, small.lines()[1].y + 3))


# -- what stands out


def test_marks_and_hits_are_styles_of_their_rows(small: TraceTextView) -> None:
    small.show_text(small.text.with_marks([Mark(3, STARTS[1] + 4, "only exposed")]))
    small.set_found([(0, 5), (STARTS[1] + 6, STARTS[1] + 9)], current=1)
    first, second, *others = (small.styles_of(line) for line in small.lines())
    assert [style[:2] for style in first] == [(3, len(STEPS[0])), (0, 5)]
    assert [style[:2] for style in second] == [(0, 4), (6, 9)]
    assert first[1].format.background() != second[1].format.background()
    assert not any(others)


@pytest.mark.parametrize("act", ["select_piece", "highlight", "set_masked", "set_found", "select", "set_boundary"])
def test_what_stands_out_is_seen(small: TraceTextView, act: str) -> None:
    before = small.grab().toImage()
    arguments = {"select": (2, 9), "select_piece": (1,), "set_found": ([(2, 9)],), "set_boundary": (STARTS[2],)}
    getattr(small, act)(*arguments.get(act, ([1],)))
    assert small.grab().toImage() != before


def test_masked_pieces_can_neither_be_copied_nor_heard(small: TraceTextView) -> None:
    small.set_masked([1, 2])
    small.select_all()
    assert small.selected_text() == STEPS[0] + STEPS[3]
    small.move_caret(STARTS[1] + 2)
    spoken = QAccessible.queryAccessibleInterface(small).text(QAccessible.Text.Value)
    assert spoken == "step 2, hidden: not shown"
    assert tip_of(small, QPointF(10, small.lines()[1].y + 3)) == "step 2, hidden"
    small.show_text(small.text.with_marks([Mark(0, len(TEXT), "number")]))
    assert tip_of(small, QPointF(point_of(small, STARTS[1]))) == ""
    assert tip_of(small, QPointF(point_of(small, 1))) == "a number"


def test_screen_readers_hear_the_row_at_the_caret(small: TraceTextView) -> None:
    reader = QAccessible.queryAccessibleInterface(small)
    assert reader.role() == QAccessible.Role.Document
    assert reader.text(QAccessible.Text.Name) == "a text"
    press(small, Key.Key_Down)
    assert reader.text(QAccessible.Text.Value) == "step 2, hidden, check: Wait, let me check."


# -- the boundary


def hold_alt(view: TraceTextView, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Alt) -> None:
    """QTest would release Alt after each of them."""
    for key in keys:
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def test_the_boundary_is_dragged_to_the_edge_between_rows(small: TraceTextView, qtbot: QtBot) -> None:
    small.set_boundary(STARTS[3], "hidden above")
    y = {line.offset: line.y for line in small.lines()}
    assert "hidden above" in tool_tip(small, QPoint(100, y[STARTS[3]]))
    QTest.mousePress(small.viewport(), Left, pos=QPoint(100, y[STARTS[3]]))
    with qtbot.waitSignal(small.boundary_moved) as heard:
        QTest.mouseMove(small.viewport(), QPoint(100, y[STARTS[1]] + 4))
        QTest.mouseRelease(small.viewport(), Left, pos=QPoint(100, y[STARTS[1]] + 4))
    assert heard.args == [STARTS[1]]
    assert small.selected_text() == ""


def test_the_boundary_is_moved_by_keys_and_told_when_alt_is_released(small: TraceTextView, qtbot: QtBot) -> None:
    small.set_boundary(STARTS[3])
    with qtbot.waitSignal(small.boundary_moved) as heard:
        hold_alt(small, Key.Key_Up, Key.Key_Up, Key.Key_Down, Key.Key_Up)
        hold_alt(small, Key.Key_Down, modifiers=Alt | Shift)
        QTest.keyRelease(small, Key.Key_Alt)
    assert heard.args == [STARTS[2]]
    with qtbot.assertNotEmitted(small.boundary_moved):
        hold_alt(small, Key.Key_Down, Key.Key_Escape)
        QTest.keyRelease(small, Key.Key_Alt)
        QTest.keyRelease(small, Key.Key_Alt)


def test_the_boundary_can_stand_at_the_end_of_what_is_shown(small: TraceTextView, qtbot: QtBot) -> None:
    small.show_text(small.text, [(0, STARTS[3])])
    small.set_boundary(STARTS[3])
    with qtbot.waitSignal(small.boundary_moved) as heard:
        hold_alt(small, Key.Key_Up)
        QTest.keyRelease(small, Key.Key_Alt)
    assert heard.args == [STARTS[2]]
    small.set_boundary(0)
    with qtbot.waitSignal(small.boundary_moved) as heard:
        hold_alt(small, *[Key.Key_Down] * 9)
        QTest.keyRelease(small, Key.Key_Alt)
    assert heard.args == [STARTS[3]]


def test_a_view_without_a_boundary_leaves_its_keys_to_the_window(small: TraceTextView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(small.boundary_moved):
        press(small, Key.Key_Up, Alt)
        QTest.keyRelease(small, Key.Key_Alt)


# -- scrolling


def test_a_place_comes_into_sight_and_one_in_sight_moves_nothing(long: TraceTextView) -> None:
    place = LONG.index("Step 3000:")
    long.scroll_to(place)
    assert any(line.offset == place for line in long.lines())
    before = long.verticalScrollBar().value()
    long.scroll_to(place)
    assert long.verticalScrollBar().value() == before


def test_it_glides_where_things_may_move(long: TraceTextView, qtbot: QtBot) -> None:
    long.animated = True
    place = LONG.index("Step 2000:")
    long.scroll_to(place)
    qtbot.waitUntil(lambda: any(line.offset == place for line in long.lines()[3:]))


def test_wide_views_write_functions_out(make_view: MakeView) -> None:
    narrow, wide = make_view(300), make_view(700)
    for view in (narrow, wide):
        view.show_text(TraceText(TEXT, PIECES))
        assert rows(view)[0] == STEPS[0]
    assert wide.gutter.width > narrow.gutter.width + 30


def test_far_rows_are_not_wrapped_to_show_near_ones(long: TraceTextView) -> None:
    wrapped = sum(block is not None for block in long.rows._wrapped)
    assert 0 < wrapped * BLOCK < len(LONG)


def test_a_point_beside_the_text_belongs_to_its_row(small: TraceTextView) -> None:
    y = small.lines()[1].y + 5
    assert small.place_at(QPointF(490, y)) == STARTS[2] - 1
    assert small.place_under(QPointF(490, y)) is None
    assert small.place_at(QPointF(200, 290)) >= STARTS[3]
