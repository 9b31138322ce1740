"""Old files: brought up to date in steps that hold or do not happen; every past version's file opens for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import msgspec
import pytest

from engine.events import Record
from engine.tokens import unpack
from engine.tree import fold
from storage import migrations
from storage.errors import SessionError
from storage.migrations import MIGRATIONS, current_version
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


def test_an_old_file_that_may_not_be_written(path: Path, add_migration: Callable[[migrations.Migration], None]) -> None:
    with Session.open(path):
        add_migration(add_colour)
        with pytest.raises(SessionError, match=r"older Espalier .* must be converted first"):
            Session.open(path)


def test_the_first_version_opens_for_ever(tmp_path: Path) -> None:
    """The file was made by make_v1.py when version 1 was new, and v1.json tells what was put into it then."""
    path = tmp_path / "v1.espalier"
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
