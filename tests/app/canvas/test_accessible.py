"""What a screen reader sees of the tree: an item for each card, with a name, a place and whether it is selected."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.canvas.accessible import card_name
from app.canvas.canvas import TreeCanvas
from app.canvas.faces import Face
from app.models.shown_run import ShownRun
from app.theme import Theme
from tests.app.canvas.trees import Search

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture
def canvas(qtbot: QtBot) -> TreeCanvas:
    shown = ShownRun()
    canvas = TreeCanvas(shown, Theme("dark"))
    qtbot.addWidget(canvas)
    canvas.resize(900, 620)
    canvas.show()
    shown.show(1, Search(width=8, seed=3, deepest=7).run(300).records)
    canvas.settle()
    return canvas


def test_cards_are_items_of_a_tree(canvas: TreeCanvas) -> None:
    tree = QAccessible.queryAccessibleInterface(canvas)
    cards = [item.node for item in canvas.stage.scene.items if item.node is not None]
    assert (tree.role(), tree.text(Text.Name)) == (Role.Tree, "Search tree")
    assert tree.childCount() == len(cards) <= 300 < len(canvas.shown.tree.nodes)
    for number, node in enumerate(cards):
        item = tree.child(number)
        assert item.role() == Role.TreeItem
        assert item.isValid()
        assert f"node {node}, " in item.text(Text.Name)
        assert tree.indexOfChild(item) == number
    assert tree.child(len(cards)) is None


def test_the_selected_item_has_the_focus_and_a_place(canvas: TreeCanvas) -> None:
    tree = QAccessible.queryAccessibleInterface(canvas)
    assert tree.focusChild() is None
    canvas.shown.select(1)
    canvas.settle()
    item = tree.focusChild()
    assert item.state().selected
    assert item.text(Text.Name).startswith("node 1, ")
    middle = item.rect().center()
    assert tree.childAt(middle.x(), middle.y()).text(Text.Name) == item.text(Text.Name)


def test_an_item_whose_card_is_gone_is_not_valid_any_more(canvas: TreeCanvas) -> None:
    item = QAccessible.queryAccessibleInterface(canvas).child(5)
    canvas.shown.seek(1)
    canvas.settle()
    assert not item.isValid()
    assert item.text(Text.Name) == ""
    assert item.rect().isEmpty()


def test_a_name_says_what_the_marks_mean() -> None:
    face = Face(
        "4 * 6 = 24", stats="Q .80  N 12", tag="✓ correct", pill="90%", pill_place=40, most_visits=True, hit=True
    )
    assert card_name(3, face) == (
        "node 3, 4 * 6 = 24, ✓ correct, Q .80  N 12, score 90%, most visits of its siblings, found"
    )
