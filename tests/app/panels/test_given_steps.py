"""What cards, rows, the inspector and the log say of steps that were given, edited, read and spoken about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QFont, QIcon

from app.canvas.faces import node_face
from app.canvas.values import ValueRange
from app.models.outline_model import STEP, OutlineModel
from app.models.shown_run import ShownRun
from app.panels.event_lines import happened
from app.panels.facts import Fact, node_facts, place_facts, run_plan
from app.panels.inspector import InspectorPanel
from app.panels.outline import INDENTATION, OutlinePanel
from app.panels.phase_log import PhaseLog
from app.panels.phase_words import phase_words
from app.words.node import node_tip
from engine.events import AnyEvent, BordersMoved, Expanded, NewNode, Record, RolloutJudged, StepLabelled, TraceRead
from engine.importing import Origin, kept
from engine.traces.splitter import split
from engine.tree import Tree, fold

EDITED = NewNode(4, "3 * 4 = 13\n", 1.0, samples=0, hidden=True, edit="mistake: 13 for \u202e12")
GIVEN = Expanded(1, 0, (EDITED,), generator="given")


def log_of(text: str, *more: AnyEvent) -> list[Record]:
    run = kept(split(text), Origin("r1.txt", "How many?"))
    return [Record(1, seq, float(seq), event) for seq, event in enumerate((*run.events, *more), 1)]


LOG = log_of("<think>3 * 4 = 12</think>12", GIVEN)


@pytest.fixture
def tree() -> Tree:
    return fold(LOG)


def test_a_card_and_a_row_show_what_a_probe_did(tree: Tree) -> None:
    face = node_face(tree, tree.nodes[4], ValueRange(), "plain", stacked=False)
    assert (face.tag, face.stats) == ("edited", "mistake: 13 for ⟦202E⟧12")
    assert node_face(tree, tree.nodes[1], ValueRange(), "plain", stacked=False).tag == "hidden"
    model = OutlineModel(lambda _value: QIcon(), QFont(), QColor())
    model.set_tree(tree)
    assert model.index_of(4, STEP).data() == "≠ 3 * 4 = 13"
    assert "edited: mistake: 13 for ⟦202E⟧12" in node_tip(tree, tree.nodes[4])
    assert Fact("Edited", "mistake: 13 for ⟦202E⟧12", wide=True) in place_facts(tree, tree.nodes[4])


def test_the_inspector_tells_given_steps_from_those_of_a_person(
    see: Callable[[type[InspectorPanel]], InspectorPanel],
    shown: ShownRun,
    tree: Tree,
) -> None:
    panel = see(InspectorPanel)
    by_hand = Expanded(1, 0, (NewNode(5, "mine", 1.0, samples=0),), generator="person")
    shown.show(1, [*LOG, Record(1, len(LOG) + 1, 99.0, by_hand)])
    for node, words in ((1, "given"), (5, "by hand")):
        assert panel._is_given(node) is (words == "given")
        assert Fact("Samples", words) in node_facts(shown.tree.nodes[node], given=panel._is_given(node))
    read = Fact("Read from", "r1.txt: <think> tags: <think> opens the thought; </think> ends it", wide=True)
    assert read in run_plan(tree)
    assert Fact("Search", "Imported", wide=True) in run_plan(tree)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (GIVEN, "a step was given below node 0, edited: mistake: 13 for ⟦202E⟧12"),
        (Expanded(1, 2, (NewNode(3, "a", 1.0),), generator="given"), "a step was given below node 2"),
        (TraceRead(3, "a\n.txt", "", "", ()), "a trace was read: a .txt"),
        (BordersMoved(3, (4,)), "hidden and exposed were divided anew, trace to node 3"),
        (BordersMoved(3, ()), "borders back, trace to node 3"),
        (StepLabelled(3, 0, 4, "plan"), "a step was labelled plan, trace to node 3"),
        (StepLabelled(3, 0, 4, "o\u202edd"), "a step was labelled o⟦202E⟧dd, trace to node 3"),
        (StepLabelled(3, 0, 4, ""), "a label was removed, trace to node 3"),
        (RolloutJudged(3, 1, "silent"), "sample 2 of node 3: its thought is silent about what moved it"),
        (RolloutJudged(3, 1, ""), "sample 2 of node 3: as the rules judge it"),
    ],
)
def test_the_timeline_says_what_happened(event: AnyEvent, words: str) -> None:
    assert happened(event) == words


def test_a_given_step_is_told_as_that_and_remarks_end_no_phase(tree: Tree) -> None:
    told = phase_words([*LOG, Record(1, 99, 99.0, BordersMoved(3, (4,)))], len(LOG) + 1, tree)
    assert told is not None
    assert told.words.startswith("A step of a trace was given after the problem: nobody sampled it.")
    assert told.lines == ("P 1.00  3 * 4 = 13  (mistake: 13 for ⟦202E⟧12)",)


def test_what_a_person_says_of_a_trace_is_marked_on_the_timeline() -> None:
    log = PhaseLog()
    records = [*LOG, Record(1, 99, 99.0, BordersMoved(3, (4,))), Record(1, 100, 99.0, StepLabelled(3, 0, 4, "plan"))]
    log.extend(records)
    assert list(log.edits) == [len(LOG) + 1, len(LOG) + 2]


def test_a_long_trace_stays_in_the_outline(
    see: Callable[[type[OutlinePanel]], OutlinePanel], shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    panel = see(OutlinePanel)
    shown.show(1, log_of("<think>" + "So 3 * 4 = 12, and on.\n" * 390 + "</think>12"))
    settle(panel)
    view, last = panel.view, panel.model.index_of(len(shown.tree.nodes) - 1)
    assert len(shown.tree.nodes) > 390
    assert view.isExpanded(last.parent())
    assert view.visualRect(last).left() < view.columnWidth(STEP)
    assert view.isColumnHidden(1)
    shown.show(1, log_of("<think>3 * 4 = 12</think>12"))
    settle(panel)
    assert view.indentation() == INDENTATION
