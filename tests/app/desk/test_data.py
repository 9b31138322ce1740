"""What the desk reads: scopes, scorers, rules, growing runs, and that nobody waits for a large session."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.desk import folds
from app.desk.data import DeskData
from app.desk.session_reader import SessionReader
from app.desk.specs import known_specs
from app.parts import Parts
from engine.events import Record, Rescored, Score, StepRated
from engine.scores.aggregates import RULES
from storage.errors import DamagedLogError
from storage.session import Session
from tests.app.desk.conftest import Open
from tests.helpers.scored_session import BAD, GOOD, PLAN, SCORER, scored_log, scored_session

Read = Callable[[DeskData], DeskData]


def add(parts: Parts, event: object, run: int = 1) -> None:
    """An event at the end of a run, on the screen or not."""
    session = parts.sessions.session
    assert session is not None
    record = Record(run, session.info(run).events + 1, time.time(), event)  # type: ignore[arg-type]
    session.append([record])
    if run == parts.shown.run:
        parts.shown.append([record])


def test_the_run_on_screen_is_read(opened: Open, read: Read) -> None:
    data = read(DeskData(opened()))
    assert data.scorers == (SCORER,)
    assert data.scorer == SCORER
    assert data.table.values == pytest.approx(np.array([GOOD[1], BAD[1]]), abs=1e-6)
    assert list(data.errors) == [-1, 1]


def test_scopes_are_the_run_its_problem_and_the_session(parts: Parts, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "scopes.espalier"
    scored_session(path, runs=2)
    with Session.open(path) as session:
        other = replace(PLAN, text="1 2 3 4")
        session.append(scored_log(session.new_run(other), (GOOD,), other))
    parts.sessions.open(path)
    parts.sessions.show_run(1)
    data = DeskData(parts)
    found = {}
    for scope in ("run", "problem", "session"):
        data.set_scope(scope)
        found[scope] = [trace.run for trace in read(data).table.traces]
    assert found == {"run": [1, 1], "problem": [1, 1, 2, 2], "session": [1, 1, 2, 2, 3]}


def test_a_rule_reads_nothing_again(opened: Open, read: Read, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    data = read(DeskData(opened()))
    monkeypatch.setattr(folds.Folds, "read", None)
    table = data.table
    totals = {}
    for rule in RULES:
        with qtbot.waitSignal(data.rule_changed), qtbot.assertNotEmitted(data.changed):
            data.set_rule(rule)
        totals[rule] = list(data.totals)
    assert data.table is table
    assert totals["last"] == pytest.approx([0.99, 0.1])
    assert totals["min"] == pytest.approx([0.8, 0.1])
    assert totals["product"] == pytest.approx([0.9 * 0.8 * 0.95 * 0.99, 0.6 * 0.4 * 0.7 * 0.1], rel=1e-5)


def test_scores_that_come_later_are_another_scorer(opened: Open, read: Read, qtbot: QtBot) -> None:
    parts = opened()
    data = read(DeskData(parts))
    add(parts, Rescored((Score(1, 0.25, "prm", "late", channels=(("logit", -3.5),)),), "late"))
    with qtbot.waitSignal(data.changed):
        read(data)
    assert (data.scorers, data.scorer) == ((SCORER, "late"), SCORER)  # nobody has chosen it yet
    assert data.table.values[0, 0] == pytest.approx(0.9)
    data.set_scorer("late")
    read(data)
    assert data.table.values[0, 0] == pytest.approx(0.25)
    assert np.isnan(data.table.values[0, 1:]).all()  # missing is missing
    assert isnan(data.totals[1])
    assert data.channels == ("logit",)
    data.set_channel("logit")
    assert data.values[0, 0] == pytest.approx(-3.5)
    assert data.table.values[0, 0] == pytest.approx(0.25)


def test_another_scorer_of_the_same_traces_stands_beside(opened: Open, read: Read) -> None:
    parts = opened()
    add(parts, Rescored((Score(5, 0.5, "prm", "late"),), "late"))
    data = read(DeskData(parts))
    assert np.isnan(data.other_table.values).all()
    data.set_other("late")
    read(data)
    assert [trace.nodes for trace in data.other_table.traces] == [trace.nodes for trace in data.table.traces]
    assert data.other_table.values[1, 0] == pytest.approx(0.5)


def test_choices_are_kept_for_the_next_start(opened: Open, read: Read) -> None:
    parts = opened()
    add(parts, Rescored((Score(5, 0.5, "prm", "late"),), "late"))
    data = read(DeskData(parts))
    data.set_scope("session")
    data.set_rule("product")
    data.set_scorer("late")
    again = DeskData(parts)
    assert (again.scope, again.rule) == ("session", "product")
    assert read(again).scorer == "late"


def test_a_scorer_that_nobody_knows_here_and_damaged_choices_are_passed_over(opened: Open, read: Read) -> None:
    parts = opened()
    parts.settings.desk = {"scope": "world", "scorer": "elsewhere", "rule": "median"}
    data = read(DeskData(parts))
    assert (data.scope, data.rule, data.scorer) == ("run", RULES[0], SCORER)
    bare = read(DeskData(opened("bare", traces=((GOOD[0], (None,) * 4),))))
    assert (bare.scorers, bare.scorer) == ((), "")


def test_a_scorer_can_be_asked_again_as_it_was(opened: Open, read: Read) -> None:
    parts = opened()
    spec = "critic:http://localhost:1/v1#genprm;samples=4"
    add(parts, Rescored((Score(5, 0.5, "prm", "late"),), "late", spec=spec))
    data = read(DeskData(parts))
    assert data.specs == (spec,)
    assert known_specs(parts, data)[0] == spec


def test_a_growing_run_is_read_on(parts: Parts, tmp_path: Path, read: Read, qtbot: QtBot) -> None:
    path, log = tmp_path / "live.espalier", scored_log(1, finished=False)
    half = next(at for at, record in enumerate(log) if getattr(record.event, "parent", None) == 0 and at > 1)
    with Session.create(path) as session:
        session.append(log[:half]) if session.new_run(PLAN) else None
    parts.sessions.open(path)
    data = read(DeskData(parts))
    assert len(data.table.traces) == 1
    assert parts.sessions.session is not None
    parts.sessions.session.append(log[half:])
    parts.shown.append(log[half:])
    with qtbot.waitSignal(data.changed):
        read(data)
    assert len(data.table.traces) == 2


def test_many_runs_are_read_in_slices_with_progress(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.desk.turns.SECONDS", 0.0)
    parts = opened(runs=30)
    data, said = DeskData(parts), []
    data.reading.connect(lambda done, of: said.append((done, of)))
    data.set_scope("session")
    assert not data.table.traces  # the first slice is a part of one run
    with qtbot.waitSignal(data.changed):
        data.read()
    assert [of for _, of in said] == [30] * len(said)
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert len(set(said)) > 10
    assert len(data.table.traces) == 60


def test_nothing_is_read_while_it_rests(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    monkeypatch.setattr("app.desk.turns.SECONDS", 0.0)
    data = DeskData(opened(runs=10))
    data.set_scope("session")
    data.rest()
    with qtbot.assertNotEmitted(data.reading, wait=50):
        pass
    assert len(read(data).table.traces) == 20  # it goes on where it was


def test_trees_are_given_up_where_there_are_too_many(opened: Open, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "MOST_NODES", 20)
    data = DeskData(opened(runs=6))
    data.set_scope("session")
    read(data)
    assert len(data.table.traces) == 12
    assert len(data._runs._folds._folds) <= 3
    assert all(len(data.tree(run).nodes) == 9 for run in range(1, 7))


def test_another_session_forgets_everything(opened: Open, read: Read) -> None:
    data = read(DeskData(opened("one", traces=(GOOD,))))
    assert len(data.table.traces) == 1
    opened("two", traces=(BAD, BAD, GOOD))
    told: list[int] = []
    data.changed.connect(lambda: told.append(len(data.table.traces)))
    read(data)
    assert told == [0, 3]  # while it is read, nobody takes the scores of the other run 1 for its own


def test_the_first_scores_may_come_while_the_last_run_is_read(opened: Open) -> None:
    parts = opened(runs=2, traces=((GOOD[0], (None,) * 4),))
    runs = parts.sessions.runs
    turns = len(list(SessionReader(parts.shown, parts.sessions).read(runs, "")))
    reader = SessionReader(parts.shown, parts.sessions)
    work = reader.read(runs, "")
    for _ in range(turns - 1):  # all are read, and nobody has scored; the last one is about to be looked at again
        next(work)
    add(parts, Rescored((Score(1, 0.5, "prm", "late"),), "late"), runs[-1].id)
    list(work)
    assert len(reader.traces(runs, reader.chosen(""))) == 2
    list(reader.read(parts.sessions.runs, ""))
    assert reader.chosen("") == "late"


def test_ratings_change_labels_and_not_the_tables(opened: Open, read: Read, qtbot: QtBot) -> None:
    parts = opened()
    data = read(DeskData(parts))
    add(parts, StepRated(2, -1))
    with qtbot.waitSignal(data.labels_changed), qtbot.assertNotEmitted(data.changed):
        read(data)
    assert data.rated_runs == (1,)
    assert data.is_rated(1, 2)
    assert not data.is_rated(1, 1)


def test_selection_goes_both_ways(opened: Open, read: Read, qtbot: QtBot) -> None:
    parts = opened(runs=2, rollout=GOOD[0][1:])
    data = DeskData(parts)
    data.set_scope("session")
    read(data)
    parts.shown.select(6)
    assert data.selected is not None
    assert data.table.traces[data.selected].nodes == (5, 6, 7, 8)
    played = next(number for number, trace in enumerate(data.table.traces) if trace.run == 2 and trace.rollout == 0)
    data.show(played)
    assert parts.shown.selected == 1
    assert data.selected == played  # not the trace that goes on from the same step
    data.show(0, 2)
    qtbot.waitUntil(lambda: (parts.shown.run, parts.shown.selected) == (1, 3))
    assert data.selected == 0
    parts.shown.select(None)
    assert data.selected is None


def test_a_kind_of_problem_that_is_not_known_has_no_traces(parts: Parts, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "odd.espalier"
    odd = replace(PLAN, problem="riddle")
    scored_session(path, plan=odd)
    parts.sessions.open(path)
    data = read(DeskData(parts))
    assert data.table.traces == ()
    assert data.scorers == (SCORER,)


def test_a_damaged_log_is_read_up_to_the_damage(opened: Open, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = opened(runs=2)
    session = parts.sessions.session
    assert session is not None
    good = session.records(1)[:7]  # the first trace and its scores

    def damaged(run: int, *_: object, **__: object) -> list[Record]:
        raise DamagedLogError(f"Event 8 of run {run} cannot be read.", 8, tuple(good))

    monkeypatch.setattr(session, "records", damaged)
    data = DeskData(parts)
    data.set_scope("session")
    read(data)
    assert [trace.run for trace in data.table.traces] == [1, 2, 2]
