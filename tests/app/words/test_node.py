"""What cards, rows and the inspector say of nodes that are out, in flight, or the state of another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.canvas.canvas import TreeCanvas
from app.canvas.content import Content
from app.canvas.effects import latest_effect
from app.canvas.faces import Face, node_face
from app.canvas.values import ValueRange
from app.canvas.walks import next_twin, rank
from app.models.history import History
from app.models.outline_model import SCORE, STEP, OutlineModel
from app.models.shown_run import ShownRun
from app.models.verifier_cost import verifier_words
from app.navigator import Navigator
from app.panels.facts import Fact, node_facts, place_facts
from app.panels.inspector import InspectorPanel
from app.panels.noise import NoiseIndex
from app.panels.outline import OutlinePanel
from app.theme import Theme
from app.words.node import node_tip, out_words
from engine.events import Expanded, NewNode, PriorsNoised, Pruned, Record, VirtualLossChanged, Voted
from engine.tree import Tree, fold
from tests.app.odd_log import cursor_after, odd_log

WHOLE = odd_log()


@pytest.fixture
def tree() -> Tree:
    """After everything; below the pruned node 2 stands node 7."""
    more = Record(1, 99, 0.0, Expanded(2, 2, (NewNode(7, "4 + 6 = 10 (left: 9 10 13)\n", 1.0),)))
    return fold([*WHOLE, more])


def face(tree: Tree, node: int) -> Face:
    return node_face(tree, tree.nodes[node], ValueRange(), "plain", stacked=False)


def test_pruned_steps_and_all_below_are_dimmed_and_say_why(tree: Tree) -> None:
    assert (face(tree, 2).tag, face(tree, 2).dimmed) == ("pruned", True)
    assert face(tree, 2).stats == "rank 2 of 3, lost by 0.100"
    assert (face(tree, 7).tag, face(tree, 7).dimmed) == ("", True)
    assert not face(tree, 1).dimmed
    assert out_words(tree, 2) == "pruned: rank 2 of 3, lost by 0.100"
    assert out_words(tree, 7) == "out: above it, node 2 is pruned: rank 2 of 3, lost by 0.100"
    assert out_words(tree, 1) == ""


def test_edges_to_them_are_known_to_be_out(tree: Tree) -> None:
    dressed = Content().dress(tree)
    out = {item.node for item, out in zip(dressed.scene.items, dressed.out, strict=True) if out}
    assert out == {2, 3, 7}


def test_a_transposition_names_its_twin(tree: Tree) -> None:
    twin = tree.nodes[5]
    assert twin.twin == 2
    assert "same state as step 1, node 2: 10 - 4 = 6" in node_tip(tree, twin)
    assert Fact("Same state", "as step 1, node 2: 10 - 4 = 6 (left: 6 9 13)", wide=True, node=2) in place_facts(
        tree, twin
    )
    twin.terminal = False
    assert face(tree, 5).tag == "= node 2"


def test_twins_go_round(tree: Tree) -> None:
    assert [next_twin(tree, 2), next_twin(tree, 5), next_twin(tree, 1)] == [5, 2, 1]


def test_the_navigator_goes_to_the_same_state() -> None:
    shown = ShownRun()
    navigator = Navigator(shown)
    shown.show(1, WHOLE)
    navigator.twin()
    assert shown.selected is None
    shown.select(5)
    navigator.twin()
    assert shown.selected == 2


def test_virtual_loss_is_a_badge_while_it_lasts() -> None:
    there = fold(odd_log(cursor_after(VirtualLossChanged)))
    assert (face(there, 1).in_flight, face(there, 2).in_flight) == (1, 0)
    assert "in flight: 1 below" in node_tip(there, there.nodes[1])
    back = fold(odd_log(cursor_after(VirtualLossChanged, 1)))
    assert face(back, 1).in_flight == 0


def test_the_badge_is_painted(qtbot: QtBot) -> None:
    shown, theme = ShownRun(), Theme("dark")
    canvas = TreeCanvas(shown, theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    shown.show(1, WHOLE)
    shown.seek(cursor_after(VirtualLossChanged))
    canvas.settle()
    image = canvas.grab().toImage()  # which also tells the canvas its size
    wanted = theme.palette.phases[0].rgb()
    picture = canvas.picture()
    place = picture.scene.of_node(1)
    assert place is not None
    card = picture.card(place)
    ratio = image.devicePixelRatio()
    corner = QRect(int(card.center().x()), int(card.top() + 6), int(card.width() / 2 - 8), 14)
    pixels = (
        image.pixel(int(x * ratio), int(y * ratio))
        for x in range(corner.left(), corner.right())
        for y in range(corner.top(), corner.bottom())
    )
    assert sum(pixel == wanted for pixel in pixels) > 50


def test_a_run_that_credits_nothing_is_coloured_by_scores() -> None:
    before = fold(odd_log(cursor_after(Pruned)))
    assert face(before, 1).stripe is not None
    assert face(before, 1).stats == "P .40"
    assert face(before, 4).stripe is None


def test_votes_stand_on_the_answer_that_leads(tree: Tree) -> None:
    assert face(tree, 6).tag == "1 vote"
    counted = fold(odd_log(cursor_after(Voted) - 1))
    assert face(counted, 6).tag == "answer"


def test_pruned_siblings_come_last_and_scores_before_priors(tree: Tree) -> None:
    for node in tree.nodes.values():
        node.visits = 0
    assert [node.id for node in sorted(tree.children(0), key=rank)] == [1, 2, 3]
    tree.nodes[1].pruned = "worse"
    tree.nodes[3].pruned = ""
    assert [node.id for node in sorted(tree.children(0), key=rank)] == [3, 1, 2]


@pytest.mark.parametrize(
    ("kind", "phase", "nodes"),
    [
        (PriorsNoised, "selection", (1, 2, 3)),
        (Pruned, "selection", (2, 3)),
        (VirtualLossChanged, "selection", (1,)),
        (Voted, "backpropagation", (5, 6)),
    ],
)
def test_effects_mark_what_was_touched(kind: type, phase: str, nodes: tuple[int, ...]) -> None:
    cursor = cursor_after(kind)
    _, effect = latest_effect(WHOLE, cursor, fold(odd_log(cursor)))
    assert effect is not None
    assert (effect.phase, effect.nodes, effect.value) == (phase, nodes, None)


def test_rows_that_are_out_are_muted_and_marked(tree: Tree) -> None:
    muted = QColor("#123456")
    model = OutlineModel(lambda _value: QIcon(), QFont(), muted)
    model.set_tree(tree)

    def of(node: int, role: int, column: int = STEP) -> object:
        return model.data(model.index_of(node, column), role)

    assert str(of(2, Qt.ItemDataRole.DisplayRole)).startswith("✂ 10 - 4")
    assert of(2, Qt.ItemDataRole.ForegroundRole) == of(7, Qt.ItemDataRole.ForegroundRole) == muted
    assert of(1, Qt.ItemDataRole.ForegroundRole) is None
    assert str(of(5, Qt.ItemDataRole.DisplayRole)).startswith("≡ ")
    assert "rank 2 of 3" in str(of(2, Qt.ItemDataRole.ToolTipRole))
    assert str(of(2, Qt.ItemDataRole.AccessibleTextRole)).startswith("pruned, ")
    assert of(1, Qt.ItemDataRole.DisplayRole, SCORE) == "0.70"  # the PRM's word comes first
    assert of(4, Qt.ItemDataRole.DisplayRole, SCORE) == "–"


def test_an_outline_without_visits_shows_scores(qtbot: QtBot) -> None:
    shown = ShownRun()
    panel = OutlinePanel(shown, Theme("dark"))
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    shown.show(1, odd_log(cursor_after(Pruned)))
    qtbot.waitUntil(lambda: not panel.stale)
    assert [panel.view.isColumnHidden(column) for column in range(4)] == [False, True, True, False]
    shown.show(2, WHOLE)
    qtbot.waitUntil(lambda: not panel.stale)
    assert [panel.view.isColumnHidden(column) for column in range(4)] == [False, False, False, True]


@pytest.fixture
def inspector(qtbot: QtBot) -> Callable[[], tuple[InspectorPanel, ShownRun]]:
    def make() -> tuple[InspectorPanel, ShownRun]:
        shown = ShownRun()
        panel = InspectorPanel(shown, Theme("dark"))
        qtbot.addWidget(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        shown.show(1, WHOLE)
        return panel, shown

    return make


def test_the_inspector_has_scores_side_by_side_reason_and_noise(
    inspector: Callable[[], tuple[InspectorPanel, ShownRun]], qtbot: QtBot
) -> None:
    panel, shown = inspector()
    shown.select(1)
    qtbot.waitUntil(lambda: not panel.stale)
    text = panel.facts.text()
    assert "Value: 0.90 · self-evaluation: 2× sure + 1× likely = 41" in text
    assert "PRM: 0.70 · espalier-prm" in text
    assert "Before noise: P 0.50, of the noise 0.10 (share 0.25)" in text
    shown.select(2)
    qtbot.waitUntil(lambda: not panel.stale)
    assert "Search: pruned: rank 2 of 3, lost by 0.100" in panel.facts.text()


def test_the_inspector_leads_to_the_twin(
    inspector: Callable[[], tuple[InspectorPanel, ShownRun]], qtbot: QtBot
) -> None:
    panel, shown = inspector()
    shown.select(5)
    qtbot.waitUntil(lambda: not panel.stale)
    (button,) = [found for found in panel.facts.findChildren(QToolButton) if found.accessibleName() == "Go to node 2"]
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown.selected == 2


def test_noise_is_known_only_after_it_came() -> None:
    tree, index = fold(WHOLE), NoiseIndex()
    cursor = cursor_after(PriorsNoised)
    assert index.of(WHOLE, cursor - 1, tree.nodes[1]) is None
    found = index.of(WHOLE, cursor, tree.nodes[3])
    assert found is not None
    assert found.before == pytest.approx(0.2)
    assert found.noise == 0.8
    assert index.of(WHOLE, cursor, tree.nodes[4]) is None
    assert index.of(WHOLE, cursor, tree.root) is None


def test_a_step_by_hand_is_no_sample(tree: Tree) -> None:
    tree.nodes[1].samples = 0
    assert Fact("Samples", "by hand") in node_facts(tree.nodes[1])


def test_verifiers_are_paid_apart() -> None:
    history = History()
    history.extend(WHOLE[:3])
    assert history.log.judging.at(3).calls == 0
    history.extend(WHOLE[3:])
    assert verifier_words(history.log.judging.at(3)) == ""
    assert verifier_words(history.log.judging.at(4)) == "verifiers: 120 tokens read, 6 calls, 12 tokens written"
    assert history.log.judging.at(len(WHOLE)).calls == 6
