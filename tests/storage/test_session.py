"""A session as the app uses it: runs, their list, appending, Save As, the lock, closing."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from engine.events import Backpropagated, PrivacySet, Record, RunFinished, RunNamed, RunResumed
from storage.errors import SessionError
from storage.migrations import current_version
from storage.runs import RunInfo
from storage.session import Session
from tests.storage.samples import PLAN, broad_log, log, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a garden #1 50%.espalier"


def test_a_new_file_says_what_it_is(path: Path) -> None:
    with Session.create(path) as session:
        assert not session.read_only
        assert session.runs() == []
        assert set(session.properties()) == {"id", "created_at", "app_version", "mark"}
    head = path.read_bytes()[:100]
    assert head[68:72] == b"ESPL"
    assert int.from_bytes(head[60:64], "big") == current_version() == 4
    assert list(path.parent.iterdir()) == [path]  # no journal, no lock, no half-made copy


def test_the_list_of_runs_follows_the_log(path: Path) -> None:
    with Session.create(path) as session:
        run = session.new_run(PLAN)
        assert (session.info(run).state, session.info(run).events) == ("planned", 0)
        session.append(log(finished=False))
        info = session.info(run)
        assert (info.state, info.events, info.nodes, info.gold) == ("unfinished", 16, 7, False)
        assert info.started_at == log()[0].at
        end = RunFinished("finished", "Done.", 5, "24", True, "It is 24.")
        session.append([Record(run, 17, 9.0, Backpropagated(3, 5, 1.0, "gold")), Record(run, 18, 10.0, end)])
        finished = session.info(run)
        assert (finished.state, finished.finished_at, finished.chosen) == ("finished", 10.0, 5)
        assert (finished.answer, finished.correct, finished.verdict) == ("24", True, "It is 24.")
        assert finished.gold
    with Session.open(path) as session:
        assert session.runs() == [finished]
        assert session.plan(run) == PLAN
        session.append([Record(run, 19, 11.0, RunResumed("more"))])
        again = session.info(run)
        assert (again.state, again.answer, again.finished_at, again.gold) == ("unfinished", None, None, True)
    with Session.open(path) as session:
        assert session.runs() == [again]


def test_name_and_privacy_of_a_run_are_in_its_list(path: Path) -> None:
    with Session.create(path) as session:
        run = session.new_run(PLAN)
        session.append(log())
        session.append([Record(run, 18, 1.0, RunNamed("the first try")), Record(run, 19, 2.0, PrivacySet(True))])
        named = session.info(run)
    assert (named.title, named.private) == ("the first try", True)
    with Session.open(path) as session:
        assert session.info(run) == named
        session.append([Record(run, 20, 3.0, RunNamed("")), Record(run, 21, 4.0, PrivacySet(False))])
        assert (session.info(run).title, session.info(run).private) == ("", False)


def test_runs_do_not_mix(path: Path) -> None:
    with Session.create(path) as session:
        assert [session.new_run(PLAN), session.new_run(PLAN)] == [1, 2]
        first, second = log(2, run=1), log(4, run=2)
        session.append([record for pair in zip(first, second, strict=False) for record in pair])
        session.append([*first[len(second) :], *second[len(first) :]])
    with Session.open(path) as session:
        assert session.records(1) == list(first)
        assert session.records(2) == list(second)
        with pytest.raises(SessionError, match="has no run 3; its runs: 1, 2"):
            session.records(3)


def test_a_run_that_never_began_gives_its_place_away_and_no_other_does(path: Path) -> None:
    other = msgspec.structs.replace(PLAN, text="3 3 8 8")
    with Session.create(path) as session:
        assert session.new_run(PLAN) == 1
        session.append(log(2, run=1))
        assert session.new_run(PLAN) == 2
        assert session.new_run(other, instead_of=2) == 2
        with pytest.raises(SessionError, match="Run 1 has events"):
            session.new_run(other, instead_of=1)
    with Session.open(path) as session:
        assert [info.plan for info in session.runs()] == [PLAN, other]


def test_threads_may_append_at_the_same_time(path: Path) -> None:
    logs = [log(20, run=run) for run in (1, 2, 3)]
    with Session.create(path) as session:
        for _ in logs:
            session.new_run(PLAN)

        def append_all(records: tuple[Record, ...]) -> None:
            for record in records:
                session.append([record])

        threads = [threading.Thread(target=append_all, args=(records,)) for records in logs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Session.open(path) as session:
        assert [session.records(run) for run in (1, 2, 3)] == [list(mine) for mine in logs]


@dataclass
class Case:
    name: str
    seed: int = 0
    text: str = "4 9 10 13"
    says: str = ""


@pytest.mark.parametrize(
    "case",
    [Case("seed", seed=2**63, says="64 bits"), Case("text", text="bad \udcff", says="not proper Unicode")],
    ids=lambda case: case.name,
)
def test_a_plan_that_cannot_be_stored_is_refused(path: Path, case: Case) -> None:
    with Session.create(path) as session:
        with pytest.raises(SessionError, match=case.says):
            session.new_run(replace(PLAN, seed=case.seed, text=case.text))
        assert session.runs() == []


def test_create_does_not_overwrite(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(SessionError, match="exists already"):
        Session.create(path)
    assert path.read_text() == "mine"


def test_create_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"a.espalier could not be created: .*"):
        Session.create(tmp_path / "nowhere" / "a.espalier")


def test_save_as_goes_on_in_the_new_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.espalier"
    records = log()
    with Session.create(path) as session:
        session.new_run(PLAN)
        session.append(records[:5])
        session.save_as(target)
        assert session.path == target
        session.append(records[5:])
        session.flush()
        assert session.records(1) == list(records)
        with Session.open(path) as old:  # given free, with what it had
            assert not old.read_only
            assert old.records(1) == list(records[:5])
    with Session.open(target) as session:
        assert session.records(1) == list(records)
    assert sorted(tmp_path.iterdir()) == sorted([path, target])


def test_save_as_replaces_a_file_but_not_an_open_session(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.espalier"
    target.write_bytes(b"old")
    with Session.create(path) as session:
        save(session, log())
        session.save_as(target)
        with Session.create(path.with_name("other.espalier")) as other:
            with pytest.raises(SessionError, match="open in another window"):
                other.save_as(target)
            assert other.path.name == "other.espalier"
            save(other, log(2))
            assert other.records(1) == list(log(2))
        session.save_as(target)  # under its own name: nothing but a flush
        assert session.records(1) == list(log())


def test_save_as_to_an_impossible_place_changes_nothing(path: Path, tmp_path: Path) -> None:
    with Session.create(path) as session:
        session.new_run(PLAN)
        for target in (tmp_path / "nowhere" / "a.espalier", tmp_path):
            with pytest.raises(SessionError):
                session.save_as(target)
        session.append(log())
        assert session.path == path
    with Session.open(path) as session:
        assert session.records(1) == list(log())


def test_a_copy_holds_nothing_that_was_deleted(path: Path, tmp_path: Path) -> None:
    secret = "a secret step 0xDEAD\n"
    with Session.create(path) as session:
        save(session, log())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("UPDATE runs SET text = ?", (secret * 200,))
        connection.execute("UPDATE runs SET text = ''")
    with Session.open(path) as session:
        session.save_as(tmp_path / "copy.espalier")
    assert secret.strip().encode() not in (tmp_path / "copy.espalier").read_bytes()


def test_a_second_instance_reads_and_may_save_a_copy(path: Path, tmp_path: Path) -> None:
    with Session.create(path) as first:
        save(first, log())
        with Session.open(path) as second:
            assert second.read_only
            assert path.name in second.why_read_only
            assert "open in another window or program" in second.why_read_only
            assert second.records(1) == list(log())
            with pytest.raises(SessionError, match="open in another window"):
                second.new_run(PLAN)
            with pytest.raises(SessionError, match="open in another window"):
                second.append(log())
            second.save_as(tmp_path / "copy.espalier")
            assert (second.read_only, second.why_read_only) == (False, "")
            assert second.new_run(PLAN) == 2
        assert not first.read_only
        assert first.new_run(PLAN) == 2
    with Session.open(path) as third:
        assert not third.read_only


def test_a_lock_file_that_was_left_behind_holds_nobody_up(path: Path) -> None:
    Session.create(path).close()
    path.with_name(path.name + ".lock").write_text("12345")
    with Session.open(path) as session:
        assert not session.read_only


def test_a_closed_session_says_so(path: Path) -> None:
    session = Session.create(path)
    save(session, log())
    session.close()
    session.close()
    with pytest.raises(SessionError, match="is closed"):
        session.append(log())
    assert session.records(1) == list(log())  # reading still works


def test_closing_loses_nothing_that_append_took(path: Path) -> None:
    """Another thread may append until the very last moment: each record is refused or kept."""
    records = broad_log(5000)
    session = Session.create(path)
    session.new_run(PLAN)
    taken = threading.Event()
    kept: list[Record] = []

    def append_all() -> None:
        with suppress(SessionError):
            for record in records:
                session.append([record])
                kept.append(record)
                taken.set()

    thread = threading.Thread(target=append_all)
    thread.start()
    taken.wait(10)
    session.close()
    thread.join()
    with Session.open(path) as session:
        assert session.records(1) == kept


def test_runs_are_listed_oldest_first(path: Path) -> None:
    with Session.create(path) as session:
        for seed in (3, 1, 2):
            session.new_run(replace(PLAN, seed=seed))
        listed: list[RunInfo] = session.runs()
    assert [info.plan.seed for info in listed] == [3, 1, 2]
