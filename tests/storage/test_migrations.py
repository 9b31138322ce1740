"""Old files: brought up to date in steps that hold or do not happen; every past version's file opens for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import msgspec
import pytest

from engine.events import IterationFinished, Record
from engine.tokens import unpack
from engine.tree import fold
from storage import migrations
from storage.blocks import FULL_EVENTS
from storage.errors import SessionError
from storage.log_reader import read_log
from storage.migrations import MIGRATIONS, current_version
from storage.ownership import working_folder
from storage.schema import expected_schema
from storage.session import Session
from tests.helpers.invariants import check_tree
from tests.storage.samples import log, save

FIXTURES = Path(__file__).parent / "fixtures"


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE session ADD COLUMN colour TEXT")


def add_then_fail(connection: sqlite3.Connection) -> None:
    add_colour(connection)
    raise sqlite3.OperationalError("no such colour")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log())
    return path


@pytest.fixture
def add_migration(monkeypatch: pytest.MonkeyPatch) -> Callable[[migrations.Migration], None]:
    return lambda migration: monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, migration))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_old_file_is_copied_and_then_brought_up_to_date(
    path: Path, add_migration: Callable[[migrations.Migration], None]
) -> None:
    add_migration(add_colour)
    with Session.open(path) as session:
        assert session.records(1) == list(log())
        assert not session.read_only
    assert version(path) == len(MIGRATIONS) + 1
    backup = path.with_name(f"a.espalier.bak-v{len(MIGRATIONS)}")
    assert version(backup) == len(MIGRATIONS)
    Session.open(path).close()  # and it is as it should be
    assert sorted(path.parent.iterdir()) == [path, backup]


def test_a_new_file_has_the_same_schema_as_one_brought_up_to_date(
    path: Path, add_migration: Callable[[migrations.Migration], None]
) -> None:
    add_migration(add_colour)
    assert current_version() == len(MIGRATIONS) + 1
    Session.create(path.with_name("new.espalier")).close()
    assert version(path.with_name("new.espalier")) == current_version()
    assert "colour" in expected_schema(current_version())["session"][1]
    assert "colour" not in expected_schema(len(MIGRATIONS))["session"][1]


def test_a_step_that_fails_leaves_the_file_as_it_was(
    path: Path, add_migration: Callable[[migrations.Migration], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_migration(add_then_fail)
    as_it_was = expected_schema(len(MIGRATIONS))
    monkeypatch.setattr("storage.schema.expected_schema", lambda _version: as_it_was)
    with pytest.raises(SessionError, match=r"a\.espalier could not be opened: no such colour"):
        Session.open(path)
    monkeypatch.undo()
    with Session.open(path) as session:
        assert session.records(1) == list(log())


def test_an_old_file_that_may_not_be_written_is_read_through_a_copy(
    path: Path, add_migration: Callable[[migrations.Migration], None]
) -> None:
    with Session.open(path):
        add_migration(add_colour)
        before = path.read_bytes()
        with Session.open(path) as session:
            assert "open in another window" in session.why_read_only
            assert session.records(1) == list(log())
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path]


def test_the_first_version_opens_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file was made by make_v1.py when version 1 was new, and v1.json tells what was put into it then."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = working_folder() / "v1.espalier"  # where an old file needs no mark to be ours
    path.parent.mkdir(parents=True)
    copyfile(FIXTURES / "v1.espalier", path)
    kept = msgspec.json.decode((FIXTURES / "v1.json").read_bytes(), type=dict[int, list[Record]])
    with Session.open(path) as session:
        assert [info.id for info in session.runs()] == sorted(kept)
        assert {run: session.records(run) for run in kept} == kept
        assert [info.state for info in session.runs()] == ["finished", "unfinished", "planned"]
        finished = session.info(1)
        assert finished.plan.settings["simulations"] == 12
    tree = fold(kept[1])
    assert finished.nodes == len(tree.nodes) > 30
    assert tree.iterations_done == 12
    for node in list(tree.nodes.values())[1:]:
        assert "".join(token.text for token in unpack(node.tokens)) == node.step
        assert node.twin is None  # nobody looked for one then
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM nodes WHERE twin IS NULL").fetchone()[0] > 30
        assert connection.execute("PRAGMA user_version").fetchone()[0] == current_version()
    assert version(path.with_name("v1.espalier.bak-v1")) == 1


def test_the_second_version_opens_for_ever(tmp_path: Path) -> None:
    """The file was made by make_v2.py when version 2 was new: it holds every event that there was then."""
    path = tmp_path / "v2.espalier"
    copyfile(FIXTURES / "v2.espalier", path)
    kept = msgspec.json.decode((FIXTURES / "v2.json").read_bytes(), type=dict[int, list[Record]])
    assert len({type(record.event) for record in kept[1]}) == 14
    with Session.open(path) as session:
        assert {run: session.records(run) for run in kept} == kept
        assert [(info.state, info.gold) for info in session.runs()] == [("finished", False), ("unfinished", True)]
        tree = fold(session.records(1))
    assert any(node.twin is not None for node in tree.nodes.values())
    assert any(node.pruned for node in tree.nodes.values())
    assert tree.votes
    check_tree(tree, kept[1])


def test_the_third_version_opens_for_ever(tmp_path: Path) -> None:
    """The file was made by make_v3.py when version 3 was new: the last one with a row for each event."""
    path = tmp_path / "v3.espalier"
    copyfile(FIXTURES / "v3.espalier", path)
    kept = msgspec.json.decode((FIXTURES / "v3.json").read_bytes(), type=dict[int, list[Record]])
    assert len({type(record.event) for record in kept[1]}) == 24
    with Session.open(path) as session:
        assert {run: session.records(run) for run in kept} == kept
        assert [(info.state, info.events) for info in session.runs()] == [
            ("finished", len(kept[1])), ("unfinished", len(kept[2])), ("planned", 0)
        ]  # fmt: skip
        assert [(info.title, info.private) for info in session.runs()] == [("", False)] * 3
        check_tree(fold(session.records(1)), kept[1])


def test_what_was_damaged_in_an_old_file_is_named_as_before(tmp_path: Path) -> None:
    path = tmp_path / "v3.espalier"
    copyfile(FIXTURES / "v3.espalier", path)
    kept = msgspec.json.decode((FIXTURES / "v3.json").read_bytes(), type=dict[int, list[Record]])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET body = 'nonsense' WHERE run_id = 1 AND seq = 9")
        connection.execute("UPDATE events SET type = 'Scored' WHERE run_id = 1 AND seq = 20")
        connection.execute("DELETE FROM events WHERE run_id = 2 AND seq = 5")
    with Session.open(path) as session:
        for run, seq in ((1, 9), (2, 5)):
            good, error = session.readable_records(run)
            assert good == kept[run][: seq - 1]
            assert error is not None
            assert error.seq == seq
        assert session.records(1, 9, 19) == kept[1][9:19]
        assert session.records(2, 5) == kept[2][5:]
        with pytest.raises(SessionError, match="Event 20"):
            session.records(1, 19)


def test_a_long_log_is_cut_into_blocks_when_it_is_brought_up_to_date() -> None:
    count = FULL_EVENTS + 2
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection, 3)
        connection.executemany(
            "INSERT INTO events (run_id, seq, at, type, body) VALUES (1, ?, 0.5, 'IterationFinished', ?)",
            [(seq, f'{{"type":"IterationFinished","iteration":{seq}}}') for seq in range(1, count + 1)],
        )
        migrations.migrate(connection, 4)
        blocks = connection.execute("SELECT first, last FROM events").fetchall()
        records = [record for part in read_log(connection, 1) for record in part]
    assert blocks == [(1, FULL_EVENTS), (FULL_EVENTS + 1, count)]
    assert records == [Record(1, seq, 0.5, IterationFinished(seq)) for seq in range(1, count + 1)]
