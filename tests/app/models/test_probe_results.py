"""Which probes there are of which trace, and what their runs say, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.models.probe_results import (
    Place,
    Reading,
    place_of,
    trials,
)
from app.words.probe import search_title
from engine.events import Pruned, Record
from engine.search import PROBES, make_search, told_settings
from engine.search.probes.early_answering import EarlyAnswering
from engine.search.probes.forced_close import ForcedClose
from storage.session import Session
from tests.helpers.probed_session import probed, with_thought


def test_a_place_is_written_as_run_and_node_and_nothing_else() -> None:
    assert str(Place(3, 12)) == "3/12"
    assert Place.read("3/12") == Place(3, 12)
    for text in ("", "3", "3/", "/3", "a/b", "3/12/1", "-1/2", " 3/4", "١/٢", "1/" + "9" * 5000):
        assert Place.read(text) is None


def test_probes_are_listed_by_their_traces_the_current_one_first_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    here = probed(path, [EarlyAnswering, ForcedClose], samples=2).place
    with Session.open(path) as session:
        plan = session.info(2).plan
        session.new_run(plan)
        session.new_run(replace(plan, settings={**plan.settings, "of": ""}))
        session.new_run(replace(plan, settings={**plan.settings, "of": "1/2"}))
        runs = session.runs()
    groups = trials(runs, here)
    assert [group.place for group in groups] == [here, Place(1, 2), None]
    first = [(trial.kind.name, trial.info.id if trial.info else None) for trial in groups[0].trials]
    assert first == [
        ("early-answering", 4),
        ("early-answering", 2),
        ("forced-close", 3),
        *((kind.name, None) for kind in PROBES[2:]),
    ]
    assert [[trial.info.id for trial in group.trials if trial.info] for group in groups[1:]] == [[6], [5]]


def test_a_trace_without_probes_offers_them_all() -> None:
    assert trials((), None) == ()
    (group,) = trials((), Place(1, 2))
    assert [trial.kind for trial in group.trials] == list(PROBES)
    assert all(trial.info is None for trial in group.trials)


def test_a_reading_follows_the_log_and_is_the_probes_own_result(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    probed(path, [EarlyAnswering], samples=3)
    with Session.open(path) as session:
        plan, records = session.info(2).plan, session.records(2)
    reading = Reading(plan.search, plan.settings)
    assert reading.result is None
    assert reading.progress == 0.0
    shares = []
    for record in records:
        assert reading.take([record])
        shares.append(reading.progress)
        assert reading.result is not None
    assert not reading.take([])
    assert reading.result == make_search(plan.search, plan.settings).result(reading.tree)  # type: ignore[attr-defined]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert "".join(reading.steps) == plan.settings["thought"]


def test_a_log_that_makes_no_sense_or_settings_that_cannot_be_are_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    probed(path, [EarlyAnswering], samples=1)
    with Session.open(path) as session:
        plan, records = session.info(2).plan, session.records(2)
    odd = Reading(plan.search, {**plan.settings, "samples": "many"})
    odd.take(records)
    assert odd.result is None
    assert odd.error.endswith(".")
    forged = Reading(plan.search, plan.settings)
    forged.take(records[:1])
    forged.take([Record(2, 2, 0.0, Pruned(1, (99,), ("no such node",)))])
    assert forged.error
    with pytest.raises(KeyError):
        Reading("mcts", {})


def test_titles_name_the_trace_and_settings_leave_its_text_out(tmp_path: Path) -> None:
    subject = with_thought(tmp_path / "a.espalier")
    plan = subject.plan_for(EarlyAnswering, {"samples": 3})
    assert place_of(plan) == subject.place
    assert search_title(plan.search, plan.settings) == f"Early answering of run 1, node {subject.place.node}"
    assert search_title("mcts", {"of": "1/2"}) == "MCTS"
    assert search_title("nobody\nknows", {}) == "nobody knows"
    assert told_settings(plan.search, plan.settings) == {"samples": 3}
    assert told_settings("nobody knows", {"thought": "x"}) == {"thought": "x"}
    assert {"thought", "exposed", "of"}.isdisjoint(entry.name for entry in EarlyAnswering.form())
