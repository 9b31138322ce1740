"""Files that are not what they should be: each gets a sentence with its name, none is trusted, none is changed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from storage import schema
from storage.errors import SessionError
from storage.lock import FileLock
from storage.migrations import current_version
from storage.session import Session
from storage.stand_in import StandIn
from tests.helpers.installations import installed_in
from tests.storage.samples import PLAN, log, save

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good session file with one run."""
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        save(session, log(40))
    return path


def refusal(path: Path) -> str:
    """The sentence that opening gives; the file and its folder stay as they are."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(SessionError) as caught:
        Session.open(path)
    assert sorted(path.parent.iterdir()) == before
    assert path.name in str(caught.value)
    assert str(caught.value).endswith(".")
    return str(caught.value)


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_missing(tmp_path: Path) -> None:
    assert "does not exist in" in refusal(tmp_path / "b.espalier")


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "b.espalier").mkdir()
    assert "is a folder" in refusal(tmp_path / "b.espalier")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.espalier")
    assert "is a pipe or a device" in refusal(tmp_path / "b.espalier")


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"", "is empty"),
        (b"SQLite format 3\0", "not a session file"),
        (b"PK\x03\x04" + b"x" * 500, "not a session file"),
        ("Liebes Tagebuch ".encode("utf-16") * 50, "not a session file"),
    ],
)
def test_not_sqlite(tmp_path: Path, contents: bytes, says: str) -> None:
    (tmp_path / "b.espalier").write_bytes(contents)
    assert says in refusal(tmp_path / "b.espalier")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    execute(tmp_path / "b.espalier", "CREATE TABLE bookmarks (url)")
    assert "of another program" in refusal(tmp_path / "b.espalier")


def test_another_journal_mode(path: Path) -> None:
    execute(path, "PRAGMA journal_mode = WAL")
    assert "journal_mode=DELETE" in refusal(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_truncated(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    refusal(path)


def test_flipped_bytes_never_give_more_than_a_sentence(path: Path) -> None:
    """A flip in a text may go unseen; then there is another text, or a sentence, and never a traceback."""
    whole = path.read_bytes()
    rng = random.Random(0)
    refused: list[str] = []
    for place in [*range(0, 100, 3), *(rng.randrange(len(whole)) for _ in range(150))]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << rng.randrange(8)]) + whole[place + 1 :])
        try:
            with Session.open(path) as session:
                for info in session.runs():
                    session.records(info.id)
        except SessionError as error:
            refused.append(str(error))
    assert len(refused) > 20
    assert all("a.espalier" in sentence for sentence in refused)


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE VIEW v AS SELECT 1",),
        ("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM runs; END",),
        ("CREATE VIRTUAL TABLE f USING fts5(step)",),
        ("CREATE TABLE more (x INTEGER)",),
        ("CREATE INDEX slow ON nodes (length(step))",),
        ("ALTER TABLE nodes ADD COLUMN loud TEXT AS (upper(step))",),
        ("ALTER TABLE nodes ADD COLUMN extra TEXT",),
        ("DROP TABLE token_rows",),
        ("ALTER TABLE token_rows RENAME TO old", "CREATE VIEW token_rows AS SELECT * FROM old"),
        ("DROP TABLE session", "CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (value != ''))"),
    ],
)
def test_a_schema_that_espalier_did_not_make(path: Path, statements: tuple[str, ...]) -> None:
    execute(path, *statements)
    sentence = refusal(path)
    assert any(words in sentence for words in ("Espalier did not make", "code in it", "as Espalier made it"))


def forged(path: Path, number: int, kind: str, name: str, sql: str) -> None:
    """Write the rows of the schema anew, with one more in between, as only a hand can."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        rows = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema").fetchall()
        rows.insert(number, (kind, name, "events", 0, sql))
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema")
        connection.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", rows)


@pytest.mark.parametrize("name", ["runs", "sqlite_autoindex_x", "sqliteXautoindexXx"])
def test_a_trigger_that_hides_behind_a_name_of_ours_or_of_sqlites(path: Path, name: str) -> None:
    trigger = f"CREATE TRIGGER {name} AFTER INSERT ON events BEGIN DELETE FROM nodes; END"
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    for place in (names.index("events") + 1, len(names)):
        before = path.read_bytes()
        forged(path, place, "trigger", name, trigger)
        assert "holds a trigger" in refusal(path)
        path.write_bytes(before)


def test_a_virtual_table_that_does_not_look_like_one(path: Path) -> None:
    """In a newer file, which may hold tables that we do not know."""
    newer(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        sql = "CREATE/**/VIRTUAL TABLE x USING fts5(a)"
        connection.execute("INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 0, ?)", (sql,))
    assert "no file with code in it" in refusal(path)


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        (PureWindowsPath(r"C:\a b\ü#?.espalier"), "file:///C:/a%20b/%C3%BC%23%3F.espalier"),
        (PureWindowsPath(r"\\server\share\a.espalier"), "file:////server/share/a.espalier"),
        (PurePosixPath("/a/b%.espalier"), "file:///a/b%25.espalier"),
    ],
)
def test_a_path_has_no_host_for_sqlite(name: PurePath, uri: str) -> None:
    """Which it refuses: files on network drives could not be opened."""
    assert schema.uri_of(name) == uri


def test_a_value_that_is_too_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema._LIMITS, sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
    execute(path, "UPDATE runs SET text = hex(zeroblob(1000000))")
    assert "too large" in refusal(path)


def test_a_column_that_computes_a_gigabyte(path: Path) -> None:
    execute(path, "ALTER TABLE nodes ADD COLUMN bomb TEXT AS (hex(zeroblob(500000000)))")
    assert "too large" in refusal(path)


def test_a_list_of_runs_that_makes_no_sense(path: Path) -> None:
    execute(path, "UPDATE runs SET settings = '[1'")
    assert "list of runs makes no sense" in refusal(path)


def test_an_answer_that_takes_for_ever_is_interrupted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10**9, 1000))
    monkeypatch.setattr("storage.schema.time.monotonic", lambda: float(next(clock)))
    with Session.create(path.with_name("b.espalier")) as session:
        save(session, log(400))
    assert "took too long" in refusal(path.with_name("b.espalier"))


def newer(path: Path, *statements: str) -> None:
    execute(path, *statements, "PRAGMA user_version = 7")


def test_a_newer_file_can_be_read_and_not_changed(path: Path) -> None:
    newer(path, "ALTER TABLE runs ADD COLUMN mood TEXT", "CREATE TABLE moods (x INTEGER) STRICT")
    before = path.read_bytes()
    with Session.open(path) as session:
        assert session.read_only
        why = f"a newer Espalier wrote it (file version 7; this one knows {current_version()})"
        assert why in session.why_read_only
        assert session.records(1) == list(log(40))
        with pytest.raises(SessionError, match="a newer Espalier"):
            session.new_run(PLAN)
        session.save_as(path.with_name("copy.espalier"))
        assert session.read_only  # a copy of a newer file is one as well
        assert session.records(1) == list(log(40))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE nodes DROP COLUMN broken", "DROP TABLE nodes", "CREATE VIEW v AS SELECT 1",
     "ALTER TABLE nodes ADD COLUMN loud TEXT AS (upper(step))"],
)  # fmt: skip
def test_a_newer_file_that_cannot_be_read(path: Path, statement: str) -> None:
    newer(path, statement)
    assert "newer" in refusal(path) or "code in it" in refusal(path)


def no_more(monkeypatch: pytest.MonkeyPatch, forbidden: Callable[[Path, str], bool]) -> None:
    """Have the system refuse some openings: tests often run as root, whom no permission bits stop."""
    real_open, real_os_open = Path.open, os.open

    def path_open(self: Path, mode: str = "r", *args: object) -> object:
        if forbidden(self, mode):
            raise PermissionError(13, "Permission denied", str(self))
        return real_open(self, mode, *args)  # type: ignore[call-overload]

    def os_open(name: Path, flags: int, mode: int = 0o777) -> int:
        if forbidden(Path(name), "w" if flags & os.O_CREAT else "r"):
            raise PermissionError(13, "Permission denied", str(name))
        return real_os_open(name, flags, mode)

    monkeypatch.setattr(Path, "open", path_open)
    monkeypatch.setattr(os, "open", os_open)


def test_permission_denied(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_more(monkeypatch, lambda file, _mode: file == path)
    assert "a.espalier could not be opened: Permission denied" in refusal(path)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_read_only_file_or_folder_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    part = path if what == "file" else path.with_name("a.espalier.lock")
    no_more(monkeypatch, lambda file, mode: file == part and mode != "rb")
    before = path.read_bytes()
    with Session.open(path) as session:
        assert session.read_only
        assert "a.espalier cannot be changed: its file or folder may not be written" in session.why_read_only
        assert session.records(1) == list(log(40))
        with pytest.raises(SessionError, match="may not be written"):
            session.new_run(PLAN)
        session.save_as(path.with_name("copy.espalier"))
        assert session.new_run(PLAN) == 2
    assert path.read_bytes() == before


def test_a_place_where_files_cannot_be_locked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("storage.lock._seize", no_locks)
    with Session.open(path) as session:
        assert "may not be written (No locks available)" in session.why_read_only
        assert session.records(1) == list(log(40))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permission bits do not stop this user")
def test_permission_bits(path: Path) -> None:
    path.chmod(0o444)
    with Session.open(path) as session:
        assert session.read_only
    path.chmod(0o000)
    assert "Permission denied" in refusal(path)


def crashed(path: Path) -> None:
    """Leave the file as a crash in the middle of a commit does: half written, with its journal beside it."""
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")  # so that pages reach the file before the commit
        connection.execute("BEGIN")
        connection.execute("UPDATE nodes SET step = hex(zeroblob(3000))")
        half, undo = path.read_bytes(), journal.read_bytes()
    path.write_bytes(half)
    journal.write_bytes(undo)


def test_a_crash_in_the_middle_of_a_commit_is_undone(path: Path) -> None:
    crashed(path)
    with Session.open(path) as session:
        assert session.records(1) == list(log(40))
    assert not path.with_name(path.name + "-journal").exists()


def test_a_crash_that_may_not_be_undone_is_undone_in_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crashed(path)
    monkeypatch.setattr("storage.lock.FileLock.acquire", lambda _path: None)
    journal = path.with_name(path.name + "-journal")
    before = path.read_bytes(), journal.read_bytes()
    with Session.open(path) as session:
        assert session.read_only
        assert session.records(1) == list(log(40))
    assert (path.read_bytes(), journal.read_bytes()) == before


@pytest.mark.parametrize("error", [TypeError("nothing there"), OverflowError("too large"), RecursionError("too deep")])
def test_rows_of_which_nothing_can_be_made_are_a_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Damage that no check of SQLite sees, e.g. nothing where a number must be (found by `bench durability`)."""

    def fail(_connection: sqlite3.Connection) -> None:
        raise error

    monkeypatch.setattr("storage.opening.read_runs", fail)
    assert f"is damaged: its list of runs makes no sense ({error})." in refusal(path)


def test_of_two_that_make_a_file_of_one_name_one_gets_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one was not there yet when the first looked."""
    before = path.read_bytes()
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    with pytest.raises(SessionError, match="exists already"):
        Session.create(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_numbers_that_nothing_can_have_are_cut_to_what_can_be(path: Path) -> None:
    execute(path, f"UPDATE nodes SET node = {2**63 - 1} WHERE node = (SELECT max(node) FROM nodes)")
    with Session.open(path) as session:
        assert session.info(1).nodes == 2**31


def test_a_file_that_another_takes_the_place_of_while_it_is_opened(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the lock: the other one is not made ours."""
    with installed_in(tmp_path / "theirs"), Session.create(tmp_path / "b.espalier") as theirs:
        save(theirs, log())
    other = (tmp_path / "b.espalier").read_bytes()

    def seize(path: Path) -> FileLock | None:
        path.write_bytes(other)
        return acquire(path)

    acquire = FileLock.acquire
    monkeypatch.setattr("storage.lock.FileLock.acquire", seize)
    with pytest.raises(SessionError, match="was replaced by another session"):
        Session.open(path)
    assert path.read_bytes() == other


def test_what_is_read_through_a_copy_cannot_be_read_when_the_copy_is_gone(tmp_path: Path) -> None:
    shutil.copyfile(FIXTURES / "v1.espalier", tmp_path / "old.espalier")
    with Session.look(tmp_path / "old.espalier") as session:
        assert session.records(1)
    with pytest.raises(SessionError, match=r"old\.espalier was closed while it was being read"):
        session.records(1)


def test_what_a_killed_process_left_in_place_of_a_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held, left, fresh = StandIn(), tmp_path / "espalier-stand-in-left", tmp_path / "espalier-stand-in-fresh"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "session.espalier").write_text("what somebody wrote")
    for folder in (held.path.parent, left):
        os.utime(folder, (0, 0))
    with closing(StandIn()):
        assert sorted(tmp_path.iterdir()) == sorted(tmp_path.glob("espalier-stand-in-*"))
        assert (held.path.parent.exists(), left.exists(), fresh.exists()) == (True, False, True)
    held.close()
    assert list(tmp_path.iterdir()) == [fresh]
