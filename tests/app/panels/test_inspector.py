"""The inspector against the tree at the cursor: every number it shows is the node's, at that time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels.facts import Fact, node_facts, rollouts_text, run_outcome, run_plan, state_of
from app.panels.facts_later import later_facts
from app.panels.inspector import InspectorPanel
from app.panels.texts import LONGEST_LINE, LONGEST_TEXT, break_long_lines, decimal, plain_view, set_untrusted_text
from engine.events import AnyEvent, Record, Rescored, Score, StepRated, Unscored
from engine.tree import fold
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)
Settle = Callable[[InspectorPanel], None]


@pytest.fixture
def inspector(see: Callable[[type[InspectorPanel]], InspectorPanel], shown: ShownRun) -> InspectorPanel:
    panel = see(InspectorPanel)
    shown.show(1, RECORDS)
    return panel


def gold_marks(inspector: InspectorPanel) -> int:
    """How many facts carry the mark."""
    labels = inspector.findChildren(QLabel)
    return sum(label.text() == " GOLD " and label.isVisibleTo(inspector) for label in labels)


def test_a_step_with_its_numbers(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    node = max((node for node in shown.tree.nodes.values() if node.parent == 0), key=lambda node: node.visits)
    shown.select(node.id)
    settle(inspector)
    text = inspector.facts.text()
    score = node.score("prm")
    assert score is not None
    assert inspector.step.toPlainText() == node.step.rstrip("\n")
    assert f"Visits N: {node.visits}" in text
    assert f"Value Q: {decimal(node.value)} ± {decimal(node.standard_error)}" in text
    assert f"Prior P: {decimal(node.prior)}" in text
    assert f"Log-prob.: {decimal(node.logprob)}" in text
    assert f"PRM: {decimal(score.value)} · bundled-prm" in text
    assert "".join(token.text for token in inspector.tokens.row)
    assert node.choice is not None
    assert [row.node for row in inspector.children_table.model.rows] == list(node.choice.children)
    assert shown.tree.root.choice is not None
    assert [row.node for row in inspector.siblings.model.rows] == list(shown.tree.root.choice.children)


def test_numbers_are_those_at_the_cursor(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    for cursor in (20, len(RECORDS), 60, 33):
        shown.select(1)
        shown.seek(cursor)
        settle(inspector)
        then = fold(RECORDS[:cursor])
        assert f"Visits N: {then.nodes[1].visits}\n" in inspector.facts.text()
        choice = then.root.choice
        assert choice is not None
        assert [row.n for row in inspector.siblings.model.rows] == list(choice.n)


def test_root_shows_the_run(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.select(0)
    settle(inspector)
    text = f"{inspector.facts.text()}\n{inspector.plan.text()}"
    for words in (
        "Problem: Game of 24: 4 9 10 13",
        "Search: MCTS",
        "Prompt: Use the four numbers 4 9 10 13 to make 24.",
        "simulations 30, width 5",
        "Budget: 30 simulations, 60 seconds",
        "Seed: 7",
        "Policy: bundled-policy",
        "Verifiers: prm",
        "Gold answer: no",
        "Answer: (13 - 9) * (10 - 4)",
        "Verdict: 24, each number used once.",
    ):
        assert words in text
    assert not inspector.siblings.isVisibleTo(inspector)
    shown.seek(10)
    settle(inspector)
    assert "Answer: not finished yet" in inspector.facts.text()


def test_a_gold_answer_is_marked_on_the_step_and_on_the_run(
    inspector: InspectorPanel, shown: ShownRun, settle: Settle, qtbot: QtBot
) -> None:
    shown.show(2, rich_log(10, gold=True))
    for node in (0, 1):
        shown.select(node)
        settle(inspector)
        qtbot.waitUntil(lambda: gold_marks(inspector) == 1)
    assert "Gold answer: 1.00 · exact answer: compared with the answer key" in inspector.facts.text()


def test_every_score_says_its_source() -> None:
    node = fold(RECORDS).nodes[1]
    node.scores = (Score(1, 0.25, "rule", "game24", "9 is not left"), Score(1, 0.75, "self-evaluation", "<i>me</i>"))
    facts = node_facts(node)[-2:]
    assert facts == (
        Fact("Rule", "0.25 · game24: 9 is not left", wide=True, swatch=0.25),
        Fact("Self-evaluation", "0.75 · <i>me</i>", wide=True, swatch=0.75),
    )


def test_ratings_and_scores_asked_for_afterwards_are_shown_at_any_moment(
    inspector: InspectorPanel, shown: ShownRun, settle: Settle
) -> None:
    shown.select(1)
    shown.seek(60)
    settle(inspector)
    critic = Score(1, 0.25, "self-evaluation", "critic", "9 is\nnot left")
    events: tuple[AnyEvent, ...] = (
        StepRated(1, -1, "PRM800K"),
        StepRated(1, 1),
        Rescored((Score(1, 0.91, "orm", "orm"), Score(2, 0.1, "orm", "orm")), "orm"),
        Rescored((critic,), "critic"),
        Rescored((), "mute", unscored=(Unscored(1, "No verdict could be read."),)),
    )
    shown.append([Record(1, len(RECORDS) + at, 0.0, event) for at, event in enumerate(events, 1)])
    settle(inspector)
    assert [line for line in inspector.facts.text().splitlines() if line.startswith(("Your", "PRM800K", "After"))] == [
        "Your rating: good",
        "PRM800K: bad",
        "Afterwards: 0.91 · orm",
        "Afterwards: 0.25 · critic: 9 is not left",
        "Afterwards: – · mute: No verdict could be read.",
    ]
    assert later_facts(shown.remarks.tree, 2) == (Fact("Afterwards", "0.10 · orm", wide=True, swatch=0.1),)
    assert later_facts(shown.remarks.tree, 3) == ()


def test_states_in_words() -> None:
    node = fold(RECORDS).nodes[1]
    node.children, node.expanded = (), False
    assert state_of(node) == "not expanded yet"
    node.expanded = True
    assert state_of(node) == "expanded, nothing usable came"
    node.broken = "cut off"
    assert state_of(node) == "broken: cut off"
    node.broken, node.terminal, node.hidden = "", True, True
    assert state_of(node) == "hidden: inside the model's thinking, ends the trace"


def test_rollouts_hold_text_answer_value_and_source(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.show(2, rich_log(20, value="rollout"))
    node = next(node for node in shown.tree.nodes.values() if node.rollouts)
    shown.select(node.id)
    settle(inspector)
    text = inspector.rollouts.toPlainText()
    assert text == rollouts_text(node.rollouts)
    assert f"answer 24 · value {decimal(node.rollouts[0].value)} (Rule · game24)" in text
    assert "13 - 9 = 4" in text


def test_a_damaged_token_row_is_a_sentence(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.tree.nodes[1].tokens = b"garbage"
    shown.select(1)
    settle(inspector)
    assert "a token row is damaged" in inspector.tokens_title.text()
    assert inspector.tokens.row == ()


def test_nothing_moves_while_numbers_change(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.select(1)
    shown.seek(100)
    settle(inspector)
    QApplication.processEvents()  # laid out
    places = {widget: widget.geometry() for widget in inspector.facts.findChildren(QLabel)}
    shown.seek(104)
    settle(inspector)
    QApplication.processEvents()
    assert {widget: widget.geometry().topLeft() for widget in inspector.facts.findChildren(QLabel)} == {
        widget: place.topLeft() for widget, place in places.items()
    }


def test_children_lead_to_their_node(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.select(0)
    settle(inspector)
    inspector.children_table.node_chosen.emit(2)
    assert shown.selected == 2


def test_before_the_first_event_it_says_so(inspector: InspectorPanel, shown: ShownRun, settle: Settle) -> None:
    shown.seek(0)
    settle(inspector)
    assert not inspector.content.isVisibleTo(inspector)
    assert any("Move the timeline" in label.text() for label in inspector.findChildren(QLabel))


def test_an_empty_tree_has_no_facts() -> None:
    assert run_plan(fold([])) == run_outcome(fold([])) == ()


def test_untrusted_text_is_plain_visible_and_bounded(qtbot: QtBot) -> None:
    view = plain_view("Text")
    qtbot.addWidget(view)
    set_untrusted_text(view, "<img src='file:///x'> \u202e")
    assert view.toPlainText() == "<img src='file:///x'> ⟦202E⟧"
    set_untrusted_text(view, "x" * (LONGEST_TEXT + 5))
    assert view.toPlainText().endswith("… 5 more characters")
    assert max(map(len, view.toPlainText().splitlines())) <= LONGEST_LINE
    assert break_long_lines("y" * LONGEST_LINE) == "y" * LONGEST_LINE
