"""A session from elsewhere becomes one of ours: everything that can be read, nothing else, and nothing half."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from engine.tree import fold
from storage import rewriting
from storage.converting import convert
from storage.errors import SessionError
from storage.opening import open_file
from storage.rewriting import Unwanted
from storage.session import Session
from storage.sharing import share
from tests.helpers.block_surgery import Rows, operate
from tests.helpers.installations import installed_in
from tests.helpers.rich_log import rich_log
from tests.storage.samples import PLAN, log, save


def nobody(_done: int, _total: int) -> None:
    """Who watches no progress."""


def never() -> bool:
    return False


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A session that another installation made: two runs, and one that never began."""
    with installed_in(tmp_path / "theirs"), Session.create(tmp_path / "theirs.espalier") as session:
        save(session, log(40), tuple(replace(record, run=2) for record in rich_log(8, everything=True)))
        session.new_run(PLAN)
    return tmp_path / "theirs.espalier"


def test_everything_comes_along_and_can_be_gone_on_with(foreign: Path, tmp_path: Path) -> None:
    target, told = tmp_path / "mine.espalier", list[tuple[int, int]]()
    before = foreign.read_bytes()
    done = convert(foreign, target, lambda *how_far: told.append(how_far), never)
    assert (done.runs, done.damage) == (3, [])
    with Session.open(foreign) as theirs, Session.open(target) as mine:
        assert not mine.read_only
        assert mine.runs() == theirs.runs()
        assert [mine.records(run) for run in (1, 2)] == [theirs.records(run) for run in (1, 2)]
        assert mine.properties()["id"] != theirs.properties()["id"]
        assert told[-1] == (done.events, done.events)
        assert mine.new_run(PLAN) == 4
    assert foreign.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [target, tmp_path / "theirs", foreign]


def test_a_run_is_kept_up_to_its_damage(foreign: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("UPDATE nodes SET parent = 39 WHERE run_id = 1 AND node = 21")
    done = convert(foreign, tmp_path / "mine.espalier", nobody, never)
    (damage,) = done.damage
    assert "of run 1 in theirs.espalier" in damage
    with Session.open(tmp_path / "mine.espalier") as session:
        records = session.records(1)
        assert 40 < len(records) < 150
        assert records == list(log(40)[: len(records)])
        fold(records)
        assert session.info(1).state == "unfinished"  # and may be gone on with
        assert len(session.records(2)) == len(rich_log(8, everything=True))


def test_events_that_do_not_fold_are_left_out(tmp_path: Path) -> None:
    """They decode, and make no sense together: here the log begins with something else than a start."""
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, tuple(replace(record, seq=record.seq - 1) for record in log()[1:3]))
    done = convert(tmp_path / "a.espalier", tmp_path / "b.espalier", nobody, never)
    assert done.events == 0
    assert "Event 1 of run 1 in a.espalier makes no sense: Selected comes before RunStarted." in done.damage[0]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_given_up_means_that_nothing_is_left(
    foreign: Path, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "PART", 50)
    asked = iter([False] * after + [True])
    with pytest.raises(Unwanted):
        convert(foreign, tmp_path / "mine.espalier", nobody, lambda: next(asked))
    assert sorted(tmp_path.iterdir()) == [tmp_path / "theirs", foreign]


def test_it_takes_the_place_of_a_file_that_nobody_has_open(foreign: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.espalier"
    Session.create(target).close()
    convert(foreign, target, nobody, never)
    with Session.open(target) as session:
        assert len(session.runs()) == 3
        with pytest.raises(SessionError, match="open in another window"):
            convert(foreign, target, nobody, never)
        assert len(session.runs()) == 3
    with pytest.raises(SessionError, match="cannot take its own place"):
        convert(foreign, foreign, nobody, never)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"SQLite format 3\0" * 50), "of another program"),
        (lambda path: path.unlink(), "does not exist"),
    ],
)
def test_what_cannot_be_read_at_all_is_a_sentence(
    foreign: Path, tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    make(foreign)
    with pytest.raises(SessionError, match=says):
        convert(foreign, tmp_path / "mine.espalier", nobody, never)
    assert not (tmp_path / "mine.espalier").exists()


def test_a_folder_that_is_not_there_is_a_sentence(foreign: Path, tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"there is no folder|may not be written"):
        convert(foreign, tmp_path / "nowhere" / "mine.espalier", nobody, never)


def test_a_password_in_an_address_stays_behind(tmp_path: Path) -> None:
    """No file of ours can have one; a file from elsewhere may, and is taken over all the same."""
    path = tmp_path / "theirs.espalier"
    with installed_in(tmp_path / "theirs"), Session.create(path) as session:
        save(session, log())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE runs SET policy = 'http://me:hunter2@host:1/v1#m', verifiers = ?",
                           (msgspec.json.encode(["critic:https://host/v1?api_key=hunter2#m"]).decode(),))  # fmt: skip
    convert(path, tmp_path / "mine.espalier", nobody, never)
    assert open_file(tmp_path / "mine.espalier", to_write=False).runs[1].plan.policy == "http://host:1/v1#m"
    assert b"hunter2" not in (tmp_path / "mine.espalier").read_bytes()


def test_what_is_forged_is_named_and_not_made_ours(foreign: Path, tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows[6][1]["choices"] = [{"parent": "x"}]

    operate(foreign, change)
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("UPDATE runs SET id = -3 WHERE id = 3")
    done = convert(foreign, tmp_path / "mine.espalier", nobody, never)
    assert (done.runs, len(done.damage)) == (2, 2)
    assert "Run -3 of theirs.espalier cannot be kept" in done.damage[0]
    assert "Event 7 of run 1 in theirs.espalier makes no sense: the choices" in done.damage[1]


def test_a_file_never_takes_its_own_place_under_another_name(foreign: Path, tmp_path: Path) -> None:
    before = foreign.read_bytes()
    link = tmp_path / "link.espalier"  # as THEIRS.espalier leads to it, where the case of letters makes no difference
    link.hardlink_to(foreign)
    for name in (tmp_path / "theirs" / ".." / foreign.name, link):
        with pytest.raises(SessionError, match="its own place"):
            convert(foreign, name, nobody, never)
        with Session.open(foreign) as session, pytest.raises(SessionError, match="its own place"):
            share(session, name, (), nobody, never)
    assert foreign.read_bytes() == before
    assert foreign.samefile(link)


def test_a_full_disk_is_told_of_the_file_that_was_wanted(
    foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_rows: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr("storage.writer.write_log", full)
    with pytest.raises(SessionError) as caught:
        convert(foreign, tmp_path / "mine.espalier", nobody, never)
    assert str(caught.value) == (
        "mine.espalier could not be written: the disk is full. Make room, or save the session on another disk."
    )
    assert sorted(tmp_path.iterdir()) == [tmp_path / "theirs", foreign]
