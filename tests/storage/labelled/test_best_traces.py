"""Best traces as a training set: what is right or chosen is in it once, what is wrong never is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.events import ROOT, AnyEvent, Expanded, NewNode, Pruned, Record, RolledOut, RunFinished, RunStarted
from engine.parts import Budget
from engine.problems.question import Question
from storage.errors import SessionError
from storage.exporters.labelled import Written, export_labelled, write_labelled
from storage.session import Session
from tests.storage.samples import PLAN

RIGHT, RIGHT_TOO = "Answer: (13 - 9) * (10 - 4) = 24\n", "Answer: (10 - 4) * (13 - 9) = 24\n"
WRONG = "Answer: 4 + 9 + 10 = 23\n"
STARTED = RunStarted("game24", "4 9 10 13", "Make 24 from 4 9 10 13.", "mcts", {}, 7, Budget(), "tiny", ())


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.create(tmp_path / "a.espalier") as made:
        yield made


def keep(session: Session, *events: AnyEvent, plan: Any = PLAN) -> None:
    run = session.new_run(plan)
    session.append([Record(run, seq, 0.0, event) for seq, event in enumerate(events, 1)])


def answers(*texts: str) -> Expanded:
    return Expanded(1, ROOT, tuple(NewNode(n, text, 0.5, terminal=True) for n, text in enumerate(texts, 1)))


def end(chosen: int | None, answer: str | None, correct: bool | None) -> RunFinished:
    return RunFinished("finished", "done", chosen, answer, correct, "said")


def written(session: Session) -> tuple[list[dict[str, Any]], Written]:
    out = io.BytesIO()
    told = write_labelled(session, "sft", out)
    return [json.loads(line) for line in out.getvalue().splitlines()], told


def test_right_answers_are_in_it_once_and_wrong_ones_are_not(session: Session) -> None:
    played = RolledOut(1, ROOT, (RIGHT_TOO,), "24", 1.0, "rule")
    hinted = RolledOut(1, ROOT, ("x\n", RIGHT), "24", 1.0, "rule", turn="with a hint")
    keep(session, STARTED, answers(RIGHT, WRONG, RIGHT), played, hinted, end(1, "(13 - 9) * (10 - 4)", True))
    records, told = written(session)
    assert [record["completion"] for record in records] == [RIGHT, RIGHT_TOO]
    assert {record["prompt"] for record in records} == {STARTED.prompt}
    assert {record["by"] for record in records} == {"exact check"}
    assert told.left_out == {"their answer is wrong": 1}


def test_what_is_out_of_the_search_is_not_in_it(session: Session) -> None:
    keep(session, STARTED, answers(RIGHT, RIGHT_TOO), Pruned(1, (2,), ("worse",)), end(1, "24", True))
    assert [record["completion"] for record in written(session)[0]] == [RIGHT]


def test_where_nobody_can_check_the_chosen_trace_is_in_it(session: Session) -> None:
    question = Question("Why is the sky blue?")
    plan = type(PLAN)(question.kind, question.text, "mcts", {})
    started = RunStarted(question.kind, question.text, question.prompt, "mcts", {}, 7, Budget(), "tiny", ())
    keep(session, started, answers("Because.\n", "Who knows.\n"), end(2, "Who knows", None), plan=plan)
    records, told = written(session)
    assert [(record["completion"], record["by"]) for record in records] == [("Who knows.\n", "the run's choice")]
    assert told.left_out == {"nobody can check them": 1}


def test_the_page_beside_names_the_models_and_no_labels(session: Session, tmp_path: Path) -> None:
    keep(session, STARTED, answers(RIGHT), end(1, "24", True))
    export_labelled(session, "sft", tmp_path / "best.jsonl")
    page = (tmp_path / "best.jsonl.README.md").read_text(encoding="utf-8")
    assert "tiny (runs: 1)" in page
    assert "licences" in page
    assert "Labels" not in page


def test_nothing_to_write_is_said(session: Session, tmp_path: Path) -> None:
    keep(session, STARTED)
    with pytest.raises(SessionError, match="no run has an answer"):
        export_labelled(session, "sft", tmp_path / "best.jsonl")
    assert not (tmp_path / "best.jsonl").exists()
