"""The arithmetic in the inspector is the engine's: every number against the Choice that was recorded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.panels.choice_table import COLUMNS, STAND_IN, STEP, SUM, ChoiceTable, N, P, Q, U, arithmetic, choice_rows
from app.theme import Theme
from engine.events import Choice
from engine.search.selection import Puct, Uct
from engine.tree import Tree, fold
from tests.helpers.rich_log import rich_log

FORMULA = Puct().words


@pytest.fixture
def tree() -> Tree:
    return fold(rich_log(30))


def made(u: tuple[float | None, ...] = (0.21, 0.1)) -> Choice:
    return Choice(0, 1, 137, (1, 2), (42, 0), (0.78, 0.5), (0.33, 0.1), u, (True, False))


def test_formula_is_filled_in_with_the_chosen_row(tree: Tree) -> None:
    lines = arithmetic(made(), choice_rows(tree, made()), FORMULA).splitlines()
    assert lines[0] == "PUCT = Q + P·(c_init + ln((N_parent + c_base + 1) / c_base))·√N_parent / (1 + N)"
    assert lines[1].strip() == "= 0.780 + 0.210 = 0.990"
    assert lines[1].index("=") == lines[0].index("=")
    assert lines[2].startswith("with N_parent 137, N 42, P 0.330, c_init 1.25, c_base 19652, ")


def test_an_infinite_term_is_said_in_words(tree: Tree) -> None:
    words = arithmetic(made((None, 0.1)), choice_rows(tree, made((None, 0.1))), Uct().words)
    assert "= ∞, before all others" in words
    assert "unvisited first" in words


def test_a_formula_without_an_equation_still_adds_up(tree: Tree) -> None:
    assert arithmetic(made(), choice_rows(tree, made()), "").startswith("Score = Q + U\n")
    assert arithmetic(made(), choice_rows(tree, made()), "<b>PUCT").startswith("<b>PUCT = Q + U\n")


def test_every_cell_shows_what_was_recorded(tree: Tree, theme: Theme, qtbot: QtBot) -> None:
    table = ChoiceTable(theme, "Selection")
    qtbot.addWidget(table)
    choice = tree.root.choice
    assert choice is not None
    table.show_choice(tree, choice)
    model = table.model
    assert model.rowCount() == len(choice.children)
    for row, child in enumerate(choice.children):
        cells = [model.data(model.index(row, column)) for column in range(len(COLUMNS))]
        assert tree.nodes[child].step.strip() in cells[STEP]
        assert cells[STEP].startswith("● ") == (child == choice.chosen)
        assert cells[N] == f"{choice.n[row]}"
        assert float(cells[Q].rstrip("*")) == pytest.approx(choice.q[row], abs=5e-4)
        assert float(cells[P]) == pytest.approx(choice.p[row], abs=5e-4)
        assert float(cells[U]) == pytest.approx(choice.u[row], abs=5e-4)
        assert float(cells[SUM]) == pytest.approx((choice.q[row] or 0.0) + (choice.u[row] or 0.0), abs=5e-4)


def test_a_stand_in_for_q_is_marked(tree: Tree, theme: Theme, qtbot: QtBot) -> None:
    table = ChoiceTable(theme, "Selection")
    qtbot.addWidget(table)
    table.show_choice(tree, made())
    cells = [table.model.data(table.model.index(row, Q)) for row in (0, 1)]
    assert cells == ["0.780", "0.500*"]
    assert table.model.data(table.model.index(1, Q), Qt.ItemDataRole.ToolTipRole) == STAND_IN
    assert table.note.isVisibleTo(table)
    assert "stand-in" in table.note.text()


def test_missing_terms_are_not_zero(tree: Tree) -> None:
    choice = Choice(0, 1, 1, (1, 2), (0, 0), (None, None), (0.5, 0.5), (None, None), (False, False))
    _step, n, q, p, u, total = choice_rows(tree, choice)[0].cells()
    assert (n, q, p, u, total) == ("0", "–", "0.500", "∞", "∞")


def test_without_a_selection_it_says_so(tree: Tree, theme: Theme, qtbot: QtBot) -> None:
    table = ChoiceTable(theme, "Selection")
    qtbot.addWidget(table)
    table.show_choice(tree, None)
    assert table.words.text() == "No selection has weighed these steps so far."
    assert not table.view.isVisibleTo(table)


def test_numbers_are_mono_and_right_aligned_and_the_step_is_not(tree: Tree, theme: Theme, qtbot: QtBot) -> None:
    table = ChoiceTable(theme, "Selection")
    qtbot.addWidget(table)
    table.show_choice(tree, made())
    model = table.model
    for column in (N, Q, P, U, SUM):
        assert model.data(model.index(0, column), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        assert model.data(model.index(0, column), Qt.ItemDataRole.FontRole).family() == theme.mono_font().family()
    assert model.data(model.index(0, STEP), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignLeft


def test_a_double_click_asks_for_the_node(tree: Tree, theme: Theme, qtbot: QtBot) -> None:
    table = ChoiceTable(theme, "Selection")
    qtbot.addWidget(table)
    table.show_choice(tree, made())
    with qtbot.waitSignal(table.node_chosen) as asked:
        table.view.doubleClicked.emit(table.model.index(1, STEP))
    assert asked.args == [2]
