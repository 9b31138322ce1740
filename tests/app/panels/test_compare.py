"""The compare panel: a kept step against the one clicked next, and a second run with its own linked cursor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.models.compare import Trace, compare
from app.panels.compare import ComparePanel
from app.panels.compare_tables import LEFT, NUMBER, RIGHT
from app.panels.compare_words import as_markdown, divergence_words, fact_rows
from app.parts import Parts
from engine.events import NewNode, Record
from engine.tree import fold
from storage.session import Session
from tests.app.models.test_compare import token_row, tree_of
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan

ONE = rich_log(30, revisit=True)
OTHER = rich_log(50, first_play="zero")


def of_run(log: list[Record], run: int) -> list[Record]:
    return [msgspec.structs.replace(record, run=run) for record in log]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Two runs."""
    path = tmp_path / "two.espalier"
    with Session.create(path) as session:
        for log in (ONE, OTHER):
            session.append(of_run(log, session.new_run(plan("mcts"))))
    return path


@pytest.fixture
def panel(parts: Parts, session: Path, qtbot: QtBot) -> Iterator[ComparePanel]:
    parts.sessions.open(session)
    parts.sessions.show_run(1)
    panel = ComparePanel(parts)
    qtbot.addWidget(panel)
    panel.resize(1200, 320)
    with qtbot.waitExposed(panel):
        panel.show()
    ready(panel, qtbot)
    yield panel
    parts.sessions.close()


def ready(panel: ComparePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not panel.stale)


def sentences(panel: ComparePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_a_step_is_kept_and_compared_with_the_one_clicked_next(panel: ComparePanel, qtbot: QtBot) -> None:
    assert any(text.startswith("Choose a run to compare with.") for text in sentences(panel))
    keep = panel.own_actions()[0]
    assert keep.keys == ("Ctrl+D",)
    assert keep.obstacle() == "Select the step to compare first."
    tree = panel.shown.tree
    left, right = [node.id for node in tree.nodes.values() if node.depth == 3][:2]
    panel.shown.select(left)
    assert keep.possible()
    keep.callback()
    ready(panel, qtbot)
    assert any(text.startswith("Now click the step") for text in sentences(panel))
    panel.shown.select(right)
    ready(panel, qtbot)
    made = panel.comparison
    assert made is not None
    assert (made.left.node, made.right.node) == (left, right)
    model = panel.sides.steps
    assert model.rowCount() == 3
    assert made.divergence is not None
    marked = [model.data(model.index(row, NUMBER)).startswith("≠") for row in range(3)]
    assert marked == [depth == made.divergence.depth for depth in (1, 2, 3)]
    assert model.data(model.index(2, LEFT)) == tree.nodes[left].step.strip()
    assert model.data(model.index(2, RIGHT)) == tree.nodes[right].step.strip()
    common, own = (model.data(model.index(row, LEFT), Qt.ItemDataRole.ForegroundRole) for row in (0, 2))
    if made.divergence.depth > 1:
        assert common == panel.theme.palette.secondary
    assert own is None
    qtbot.mouseClick(panel.bar.let_go, Qt.MouseButton.LeftButton)
    ready(panel, qtbot)
    assert panel.comparison is None


def test_another_run_is_chosen_from_the_list(panel: ComparePanel, qtbot: QtBot) -> None:
    assert [panel.bar.runs.itemData(at) for at in range(panel.bar.runs.count())] == [None, 2]
    panel.bar.runs.activated.emit(1)
    ready(panel, qtbot)
    assert panel.bar.runs.currentIndex() == 1
    assert panel.comparison is not None
    assert not panel.comparison.one_run
    there = fold(OTHER)
    assert there.finished is not None
    assert panel.comparison.right.node == there.finished.chosen
    rows = {row.label: row for row in panel.sides.facts.rows}
    nodes = len(panel.shown.tree.nodes), len(there.nodes)
    assert (rows["Nodes"].left, rows["Nodes"].right) == (f"{nodes[0]:,}", f"{nodes[1]:,}")
    assert rows["Iterations"].change == "+20"
    assert (rows["Solved"].left, rows["Solved"].right) == ("✓ yes", "✓ yes")


def test_the_other_cursor_is_linked(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    assert panel.other.shown.cursor == len(OTHER)  # both at their ends
    end = next(record.seq for record in ONE if type(record.event).__name__ == "IterationFinished")
    panel.shown.seek(end)
    qtbot.waitUntil(lambda: panel.other.shown.tree.iterations_done == 1)
    assert panel.other.shown.tree.iteration == 1
    panel.bar.links.activated.emit(panel.bar.links.findData("event"))
    qtbot.waitUntil(lambda: panel.other.shown.cursor == end)
    panel.bar.links.activated.emit(panel.bar.links.findData("none"))
    ready(panel, qtbot)
    panel.shown.seek(3)
    ready(panel, qtbot)
    assert panel.other.shown.cursor == end


def test_the_other_tree_can_be_seen_and_its_selection_is_the_right_trace(panel: ComparePanel, qtbot: QtBot) -> None:
    assert not panel.bar.tree.isEnabled()
    panel.compare_with(2)
    ready(panel, qtbot)
    qtbot.mouseClick(panel.bar.tree, Qt.MouseButton.LeftButton)
    assert panel.canvas is not None
    assert panel.canvas.isVisible()
    assert not panel.canvas.grab().isNull()
    panel.other.shown.select(2)
    ready(panel, qtbot)
    assert panel.comparison is not None
    assert panel.comparison.right.node == 2
    panel.compare_with(None)
    ready(panel, qtbot)
    assert not panel.canvas.isVisible()
    assert panel.comparison is None


def test_a_row_goes_to_its_node(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    assert panel.comparison is not None
    pair = panel.comparison.pairs[0]
    assert pair.left is not None
    assert pair.right is not None
    panel.sides.steps_view.activated.emit(panel.sides.steps.index(0, LEFT))
    panel.sides.steps_view.activated.emit(panel.sides.steps.index(0, RIGHT))
    assert (panel.shown.selected, panel.other.shown.selected) == (pair.left.id, pair.right.id)


def test_showing_the_other_run_swaps_the_two(panel: ComparePanel, parts: Parts, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    parts.sessions.show_run(2)
    ready(panel, qtbot)
    assert (panel.shown.run, panel.other.run) == (2, 1)
    assert panel.comparison is not None


def test_another_session_has_other_runs(panel: ComparePanel, parts: Parts, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    parts.sessions.new_session()
    ready(panel, qtbot)
    assert panel.other.run is None
    assert panel.comparison is None
    assert any(text.startswith("No run yet") for text in sentences(panel))


def test_a_run_under_way_is_read_on(panel: ComparePanel, parts: Parts, qtbot: QtBot) -> None:
    records = of_run(OTHER, 2)
    panel.other.shown.show(2, records[:40])
    parts.runs.active = 2
    parts.runs.changed.emit()
    qtbot.waitUntil(lambda: panel.other.shown.total == len(records))
    parts.runs.active = None
    parts.runs.changed.emit()
    assert not panel.other._reading.isActive()


def test_the_comparison_is_copied_as_markdown(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    qtbot.mouseClick(panel.bar.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("| Step | Run 1 | Run 2 |\n| --- | --- | --- |\n| 1")
    assert "| Nodes |" in text


def test_words_and_markdown_of_a_model_obey_nothing() -> None:
    tree = tree_of(
        NewNode(1, "a | **b** <i>\n", 0.7, -1.0, tokens=token_row(("a |", 0.25))),
        NewNode(2, "c_d_\n", 0.3, tokens=token_row(("c\n", 0.5))),
    )
    made = compare(Trace(tree, 1), Trace(tree, 2))
    names = ("Kept step", "Selected step")
    assert divergence_words(made, names) == (
        "They part at step 1. Kept step: P 0.70, log-prob. −1.00. Selected step: P 0.30, log-prob. –. "
        "Kept step writes “a |” with p 0.250 as token 1. Selected step writes “c↵” with p 0.500 as token 1."
    )
    assert "a \\| \\*\\*b\\*\\* \\<i\\>" in as_markdown(made, names)
    assert fact_rows(made)[0].label == "Steps"
    ended = compare(Trace(tree, 0), Trace(tree, 2))
    assert divergence_words(ended, names).startswith("They part at step 1. Kept step has ended before step 1.")
    assert divergence_words(compare(Trace(tree, 1), Trace(tree, 1)), names) == "The two traces are the same."


def test_in_a_small_dock_one_part_is_seen_at_a_time(panel: ComparePanel, qtbot: QtBot) -> None:
    panel.compare_with(2)
    ready(panel, qtbot)
    sides = panel.sides
    parts = (sides.steps_view, sides.difference, sides.facts_view)
    assert all(part.isVisible() for part in parts)
    panel.resize(560, 180)
    for page, part in enumerate(parts):
        sides.pages.setCurrentIndex(page)
        assert [other.isVisible() for other in parts] == [other is part for other in parts]
    qtbot.mouseClick(panel.bar.tree, Qt.MouseButton.LeftButton)
    assert panel.canvas is not None
    assert panel.canvas.isVisible()
    assert not sides.isVisible()
    panel.resize(1200, 320)
    assert panel.canvas.isVisible()
    assert sides.isVisible()
