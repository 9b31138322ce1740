"""The outline's rows against the tree: whatever the order of growing and going back, they are the tree's rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from app.models.outline_model import HIDDEN_MARK, MANY, STEP, VALUE, VISITS, OutlineModel
from engine.tree import Tree, fold
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)

pytestmark = pytest.mark.usefixtures("qapp")


def make_model() -> OutlineModel:
    return OutlineModel(lambda _value: QIcon(), QFont(), QColor("grey"))


def rows(model: OutlineModel, parent: QModelIndex | None = None) -> list[Any]:
    """The model as a nested list, read the way a view reads it."""
    above = QModelIndex() if parent is None else parent
    indexes = [model.index(row, STEP, above) for row in range(model.rowCount(above))]
    assert all(model.parent(index) == above for index in indexes)
    return [(model.node_at(index), rows(model, index)) for index in indexes]


def expected(tree: Tree, node: int = 0) -> list[Any]:
    if not tree.nodes:
        return []
    return [(node, [row for child in tree.nodes[node].children for row in expected(tree, child)])]


def text(model: OutlineModel, node: int, column: int) -> Any:
    return model.data(model.index_of(node, column), Qt.ItemDataRole.DisplayRole)


@pytest.mark.usefixtures("capsys")  # the tester prints which implementation it uses
def test_model_keeps_qts_rules_while_it_grows_and_shrinks(qtmodeltester: Any) -> None:
    model = make_model()
    model.sync(fold(RECORDS[:20]))
    qtmodeltester.check(model)  # and goes on checking at every signal
    for cursor in (25, 40, 90, 60, 55, 20, 3, 1, 0, 50):
        model.sync(fold(RECORDS[:cursor]))


@settings(max_examples=30)
@given(st.lists(st.integers(0, len(RECORDS)), max_size=6))
def test_rows_are_the_trees_after_any_seeks(cursors: list[int]) -> None:
    model = make_model()
    for cursor in cursors:
        tree = fold(RECORDS[:cursor])
        model.sync(tree)
        assert rows(model) == expected(tree)


@pytest.mark.parametrize("far", [MANY // 2, 5 * MANY])
def test_rows_before_a_change_keep_their_places(far: int) -> None:
    model = make_model()
    model.sync(fold(RECORDS[:20]))
    kept = QPersistentModelIndex(model.index_of(2))
    model.sync(fold(RECORDS[: 20 + far]))
    gone = QPersistentModelIndex(model.index_of(model.rowCount(model.index_of(0)) + 20))
    model.sync(fold(RECORDS[:20]))
    assert kept.isValid()
    assert model.node_at(kept) == 2
    assert not gone.isValid()


def test_growth_is_announced_as_inserted_rows() -> None:
    model = make_model()
    model.sync(fold(RECORDS[:4]))
    inserted: list[tuple[int | None, int, int]] = []
    model.rowsInserted.connect(lambda parent, first, last: inserted.append((model.node_at(parent), first, last)))
    tree = fold(RECORDS)
    grown = next(cursor for cursor in range(5, 90) if len(fold(RECORDS[:cursor]).nodes) > 6)
    first_new = model.sync(fold(RECORDS[:grown]))
    assert first_new == 6
    assert inserted == [(tree.nodes[6].parent, 0, 4)]


def test_one_signal_for_all_numbers(qtbot: Any) -> None:
    model = make_model()
    model.sync(fold(RECORDS[:40]))
    with qtbot.waitSignal(model.dataChanged):
        changes: list[Any] = []
        model.dataChanged.connect(lambda *where: changes.append(where))
        model.sync(fold(RECORDS[:41]))
    assert len(changes) == 1


def test_cells_say_step_visits_and_value() -> None:
    tree = fold(RECORDS)
    model = make_model()
    model.sync(tree)
    node = next(node for node in tree.nodes.values() if node.visits and node.parent is not None)
    unvisited = next(node for node in tree.nodes.values() if not node.visits)
    assert text(model, 0, STEP) == "4 9 10 13"
    assert text(model, node.id, STEP) == node.step.strip()
    assert text(model, node.id, VISITS) == f"{node.visits:,}"
    assert text(model, node.id, VALUE) == f"{node.value:.2f}"
    assert text(model, unvisited.id, VALUE) == "–"  # missing is not zero


def test_chosen_and_broken_steps_are_marked() -> None:
    tree = fold(RECORDS)
    model = make_model()
    model.sync(tree)
    assert tree.finished is not None
    assert tree.finished.chosen is not None
    broken = next(node for node in tree.nodes.values() if node.broken)
    assert text(model, tree.finished.chosen, STEP).startswith("★ ")
    assert text(model, broken.id, STEP).startswith("✗ ")


def test_text_of_a_model_is_never_markup() -> None:
    tree = fold(RECORDS)
    tree.nodes[1].step = "<b>13</b> - 9\n\u202eevil"
    model = make_model()
    model.sync(tree)
    assert "\u202e" not in text(model, 1, STEP)
    assert "\n" not in text(model, 1, STEP)
    tip = model.data(model.index_of(1), Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;" in tip


def test_hidden_steps_are_marked_in_words_too() -> None:
    tree = fold(RECORDS)
    tree.nodes[1].hidden = True
    model = make_model()
    model.sync(tree)
    index = model.index_of(1)
    assert str(model.data(index)).startswith(HIDDEN_MARK)
    assert str(model.data(index, Qt.ItemDataRole.AccessibleTextRole)).startswith("hidden, ")
    assert "inside the model" in str(model.data(index, Qt.ItemDataRole.ToolTipRole))


def test_what_is_below_a_pruned_step_is_muted_until_that_is_restored() -> None:
    tree, model = fold(RECORDS), make_model()
    inner = next(node for node in tree.children(0) if node.children and not tree.is_out(node.id))
    inks = []
    for pruned in ("", "rank 5 of 5", ""):
        inner.pruned = pruned
        model.sync(tree)
        below = model.index_of(inner.children[0])
        inks.append(model.data(below, Qt.ItemDataRole.ForegroundRole))
    assert inks == [None, QColor("grey"), None]
