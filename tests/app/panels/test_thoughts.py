"""The thoughts dock: equal thoughts stand together, others show where they part from the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models.thought_group import group_of, parting, problem_of
from app.panels.thoughts import ThoughtsPanel
from app.panels.thoughts_table import ANSWERS, PARTS, answers_words
from app.parts import Parts
from engine.commands import RunPlan
from engine.events import ROOT, AnyEvent, Budget, Expanded, NewNode, Record, RolledOut, RunStarted
from engine.tree import fold
from storage.session import Session

QUESTION = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"
TRIED = "5 boxes with 7 pens.\nTry 5 * 7 = 35.\n"
SHOWN = ("</think>\n", "The boxes hold 5 * 7 = 35 pens.\n")


def log(*played: tuple[str, str | None], run: int = 1, then: Sequence[AnyEvent] = ()) -> list[Record]:
    """A run that thinks, with rollouts from its root: (thought, answer) each."""
    started = RunStarted("words", QUESTION, QUESTION, "cot", {"think": True}, 0, Budget(), "scripted", ())
    events: list[AnyEvent] = [started]
    for thought, answer in played:
        said = () if answer is None else (f"Answer: {answer}",)
        events.append(RolledOut(1, ROOT, (*thought.splitlines(keepends=True), *SHOWN, *said), answer, None, None))
    return [Record(run, seq, float(seq), event) for seq, event in enumerate((*events, *then), 1)]


MIXED = log(
    (TRIED + "So 35 - 12 = 23.\n", "23"),
    (TRIED + "So 35 + 12 = 47.\n", "47"),
    (TRIED + "So 35 - 12 = 23.\n", "23.0"),
    (TRIED + "So 35 - 12 = 23.\n", None),
    (TRIED + "So 35 + 12 = 47.\n", "47"),
)


def test_equal_thoughts_stand_together_with_what_they_led_to() -> None:
    group = group_of([(1, fold(MIXED))])
    assert [len(thought.samples) for thought in group.thoughts] == [3, 2]
    first, second = group.thoughts
    assert [(entry.answer, entry.count) for entry in first.answers] == [("23", 2), (None, 1)]
    assert first.entropy == pytest.approx(0.9183, abs=1e-4)
    assert second.entropy == 0.0
    assert [(entry.answer, entry.count) for entry in group.answers] == [("23", 2), ("47", 2), (None, 1)]
    assert [sample.rollout for sample in first.samples] == [0, 2, 3]
    assert answers_words(first.answers) == "23 ×2 · ∅ ×1"


def test_where_thoughts_part_is_a_step_of_the_reference() -> None:
    first, second = group_of([(1, fold(MIXED))]).thoughts
    found = parting(first, second)
    assert first.text[: found.characters] == second.text[: found.characters] == TRIED + "So 35 "
    assert (found.step, found.same) == (len(first.steps), False)
    assert found.shared == pytest.approx(len(TRIED + "So 35 ") / len(first.text))
    assert parting(first, first).same
    assert parting(first, first).shared == 1.0


def test_one_sample_says_nothing_about_its_thought() -> None:
    (thought,) = group_of([(1, fold(log((TRIED, "23"))))]).thoughts
    assert thought.entropy is None


def test_a_trace_of_nodes_counts_as_well_and_one_without_a_thought_does_not() -> None:
    def child(node: int, step: str, hidden: bool, terminal: bool = False) -> Expanded:
        return Expanded(1, node - 1, (NewNode(node, step, 1.0, hidden=hidden, terminal=terminal),))

    chain = (child(1, TRIED, True), child(2, "</think>\n", True), child(3, "Answer: 23", False, True))
    (thought,) = group_of([(1, fold(log(then=chain)))]).thoughts
    assert (thought.text, thought.samples[0].answer, thought.samples[0].node) == (TRIED, "23", 3)
    plain = (child(1, "Answer: 23", False, True),)
    assert group_of([(1, fold(log(then=plain)))]).thoughts == ()


def test_a_problem_that_nobody_can_read_leaves_answers_as_they_are() -> None:
    record = MIXED[0]
    assert isinstance(record.event, RunStarted)
    strange = RunStarted("strange", "?", "?", "cot", {"think": True}, 0, Budget(), "scripted", ())
    tree = fold([Record(1, 1, 0.0, strange), *MIXED[1:]])
    assert problem_of(tree) is None
    assert {sample.answer for thought in group_of([(1, tree)]).thoughts for sample in thought.samples} >= {"23", "23.0"}


@pytest.fixture
def panel(parts: Parts, tmp_path: Path, qtbot: QtBot) -> Iterator[ThoughtsPanel]:
    path = tmp_path / "two.espalier"
    with Session.create(path) as session:
        for number, records in enumerate((MIXED, log((TRIED + "No.\n", "35"), run=2)), 1):
            session.new_run(RunPlan("words", QUESTION, "cot", {"think": True}))
            session.append([Record(number, r.seq, r.at, r.event) for r in records])
    parts.sessions.open(path)
    parts.sessions.show_run(1)
    panel = ThoughtsPanel(parts)
    qtbot.addWidget(panel)
    panel.resize(1200, 320)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: not panel.stale)
    yield panel
    parts.sessions.close()


def test_the_dock_shows_table_and_texts_side_by_side(panel: ThoughtsPanel) -> None:
    cells = [[panel.model.text(row, column) for column in range(5)] for row in panel.model.rows]
    assert [row[ANSWERS] for row in cells] == ["23 ×2 · ∅ ×1", "47 ×2"]
    assert cells[0][PARTS] == "reference"
    assert cells[1][PARTS].startswith("step 3 (80% shared)")
    shown = [column for column in panel.columns if column.isVisible()]
    assert [column.view.text.text for column in shown] == [thought.text for thought in panel.group.thoughts]
    assert "5 samples, 2 different thoughts" in panel.words.text()


def test_another_row_may_be_the_reference(panel: ThoughtsPanel) -> None:
    panel.select_thought(1)
    panel.make_reference()
    assert panel.reference == 1
    assert [row.parting is None for row in panel.model.rows] == [False, True]


def test_other_runs_of_the_problem_join_on_request(panel: ThoughtsPanel, qtbot: QtBot) -> None:
    panel.others.setChecked(True)
    qtbot.waitUntil(lambda: len(panel.group.thoughts) == 3)
    assert panel.group.thoughts[2].samples[0].run == 2


def test_another_run_is_read_again_only_when_it_has_grown(
    panel: ThoughtsPanel, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    records_of = parts.sessions.records_of

    def counted(run: int) -> list[Record]:
        read.append(run)
        return records_of(run)

    monkeypatch.setattr(parts.sessions, "records_of", counted)
    panel.others.setChecked(True)
    panel.refresh()
    panel.refresh()
    assert read == [2]
    session = parts.sessions.session
    assert session is not None
    more = log((TRIED + "No.\n", "35"), (TRIED + "Yes.\n", "36"), run=2)[2:]
    session.append(more)
    panel.refresh()
    assert read == [2, 2]
    assert len(panel.group.thoughts) == 4


def test_the_comparison_is_copied_as_markdown(panel: ThoughtsPanel) -> None:
    (action,) = [action for action in panel.own_actions() if action.id == "edit.copy_thoughts"]
    action.callback()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("**5 samples, 2 different thoughts")
    assert "| Thought | Answers | Parts from ● |\n| --- | --- | --- |" in copied
    assert "| 47 ×2 | step" in copied


def test_an_answer_is_no_markup_in_what_is_copied(panel: ThoughtsPanel, parts: Parts, qtbot: QtBot) -> None:
    parts.shown.show(1, log((TRIED, "a|b <img> [x](y)")))
    qtbot.waitUntil(lambda: not panel.stale)
    panel.copy()
    assert r"a\|b \<img\> \[x\](y)" in QGuiApplication.clipboard().text()


def test_a_run_without_thoughts_says_what_to_do(panel: ThoughtsPanel, parts: Parts, qtbot: QtBot) -> None:
    parts.shown.show(1, log())
    qtbot.waitUntil(lambda: not panel.stale)
    assert not panel.group.thoughts
    assert not panel.content.isVisible()
