"""The writer thread: when it commits, what it says, and that nothing is lost when the disk fails it."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import writer as writer_module
from storage.errors import SessionError, UnsavedError
from storage.session import Session
from storage.writer import Writer
from tests.storage.samples import PLAN, log, save


class Heard:
    """What the hooks of a session said, to be waited for."""

    def __init__(self, session: Session) -> None:
        self.saved: dict[int, int] = {}
        self.commits = 0
        self.errors: list[str] = []
        self._changed = threading.Condition()
        session.on_committed = self._committed
        session.on_error = self._failed

    def wait(self, *, errors: int = 0, saved: int = 0) -> None:
        with self._changed:
            done = self._changed.wait_for(lambda: len(self.errors) >= errors and self.saved.get(1, 0) >= saved, 20)
        assert done, f"heard only {self.errors} and {self.saved}"

    def _committed(self, saved: dict[int, int]) -> None:
        with self._changed:
            self.saved |= saved
            self.commits += 1
            self._changed.notify_all()

    def _failed(self, error: SessionError) -> None:
        with self._changed:
            self.errors.append(str(error))
            self._changed.notify_all()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session.create(tmp_path / "a.espalier")
    yield session
    session.close(discard=True)


def limit_pages(session: Session, pages: int) -> None:
    """Fill the disk, as SQLite sees it: the writer's connection may not grow the file beyond this."""
    assert isinstance(session._writer, Writer)
    writer = session._writer
    writer._call(lambda: writer._connection and writer._connection.execute(f"PRAGMA max_page_count = {pages}"), 5)


def test_a_batch_is_on_disk_soon_without_being_asked(session: Session) -> None:
    heard = Heard(session)
    session.new_run(PLAN)
    began = time.monotonic()
    for record in log():
        session.append([record])
    appended = time.monotonic() - began
    heard.wait(saved=len(log()))
    assert heard.commits < len(log())  # batched
    assert appended < writer_module.INTERVAL  # did not wait for the disk
    with closing(sqlite3.connect(session.path)) as other:
        assert other.execute("SELECT max(last) FROM events").fetchone() == (len(log()),)


def test_what_comes_during_a_commit_waits_no_longer_for_it(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    write, during, due = writer_module._write, list[float](), list[float]()

    def write_while_more_comes(connection: sqlite3.Connection, batch: writer_module.Batch) -> None:
        if not during:
            during.append(time.monotonic())
            session.append(log()[5:6])
        write(connection, batch)

    writer = session._writer
    assert writer is not None
    session.on_committed = lambda _saved: due.append(writer._due)
    session.new_run(PLAN)
    session.append(log()[:5])
    monkeypatch.setattr(writer_module, "_write", write_while_more_comes)
    session.flush()
    assert due[0] <= during[0] + writer_module.INTERVAL


def test_full_disk_keeps_everything_and_says_so_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "RETRY", 0.02)
    heard = Heard(session)
    records = log(400)
    session.new_run(PLAN)
    session.append(records[:5])
    session.flush()
    limit_pages(session, 20)
    session.append(records[5:1000])
    heard.wait(errors=1)
    session.append(records[1000:])
    with pytest.raises(SessionError, match=r"a.espalier could not be written: the disk is full.*1997 events wait"):
        session.flush()
    assert "the disk is full. Make room" in heard.errors[0]
    assert "995 events wait in memory" in heard.errors[0]
    with pytest.raises(UnsavedError) as caught:
        session.flush()
    assert caught.value.given_up.endswith("save the session on another disk. 1997 events are not in it.")
    assert session.records(1) == list(records)  # from disk and memory together
    limit_pages(session, 100_000)
    heard.wait(saved=len(records))  # it was tried again, unasked
    session.close()
    with Session.open(session.path) as again:
        assert again.records(1) == list(records)


def test_full_disk_then_save_as_elsewhere_writes_everything(session: Session, tmp_path: Path) -> None:
    records = log(400)
    save(session, log(1))
    old = session.path
    session.new_run(PLAN)
    session.flush()
    limit_pages(session, 20)
    more = log(400, run=2)
    session.append(more)
    with pytest.raises(SessionError, match="the disk is full"):
        session.close()
    session.save_as(tmp_path / "elsewhere.espalier")
    session.flush()
    session.close()
    with Session.open(tmp_path / "elsewhere.espalier") as again:
        assert again.records(1) == list(log(1))
        assert again.records(2) == list(more)
    with Session.open(old) as again:
        assert again.records(1) == list(log(1))
        assert again.records(2) == []
    assert len(records) == len(more)


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_a_file_that_goes_away_while_open(session: Session, tmp_path: Path, what: str) -> None:
    heard = Heard(session)
    save(session, log(1, finished=False))
    if what == "deleted":
        session.path.unlink()
    else:
        other = tmp_path / "other.espalier"
        Session.create(other).close()
        other.replace(session.path)
    session.append(log(2)[6:])
    heard.wait(errors=1)
    assert "moved, deleted or replaced by another program" in heard.errors[0]
    session.save_as(tmp_path / "rescued.espalier")
    assert session.records(1) == list(log(2))


def test_another_program_that_holds_the_file_only_delays(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "RETRY", 0.02)
    heard = Heard(session)
    save(session, log(1, finished=False))
    assert isinstance(session._writer, Writer)
    writer = session._writer
    writer._call(lambda: writer._connection and writer._connection.execute("PRAGMA busy_timeout = 10"), 5)
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session.append(log(2)[6:])
        heard.wait(errors=1)
        assert "another program is using it" in heard.errors[0]
        other.execute("ROLLBACK")
    heard.wait(saved=len(log(2)))


def test_a_bug_in_a_listener_is_logged_and_does_not_stop_the_writer(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_saved: dict[int, int]) -> None:
        raise RuntimeError("a bug")

    session.on_committed = broken
    save(session, log(1, finished=False))
    session.append(log(2)[6:])
    session.flush()
    assert "a bug" in caplog.text
    session.close()
    with Session.open(session.path) as again:
        assert again.records(1) == list(log(2))


def test_flush_gives_up_after_its_time(session: Session) -> None:
    save(session, log(1, finished=False))
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session.append(log(2)[6:])
        with pytest.raises(SessionError, match=r"within 0\.05 seconds"):
            session.flush(0.05)
        other.execute("ROLLBACK")
    session.flush()


def test_a_close_that_took_too_long_leaves_the_session_open(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it could not wait for ends well a moment later, and what comes then is taken, too."""
    save(session, log(1, finished=False))
    monkeypatch.setattr("storage.session.CLOSE_SECONDS", 0.05)
    heard = Heard(session)
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session.append(log(2)[6:8])
        with pytest.raises(SessionError, match="within"):
            session.close()
        other.execute("ROLLBACK")
    heard.wait(saved=8)
    session.append(log(2)[8:])
    session.flush()
    assert session.records(1) == list(log(2))


def test_a_session_that_has_moved_can_be_saved_from_where_it_was_taken_away(session: Session, tmp_path: Path) -> None:
    save(session, log(1, finished=False))
    session.save_as(tmp_path / "b.espalier")
    (tmp_path / "b.espalier").unlink()
    session.append(log(2)[6:])
    session.save_as(tmp_path / "c.espalier")
    with Session.look(tmp_path / "c.espalier") as copy:
        assert copy.records(1) == list(log(2))


def test_a_run_cannot_have_a_number_that_no_file_takes(session: Session) -> None:
    for run in (0, -1, 2**63):
        with pytest.raises(SessionError, match="cannot have the number"):
            session.add_run(run, PLAN, 1.0)
    session.flush()


def test_with_statement_raises_what_could_not_be_saved(tmp_path: Path) -> None:
    def fill(session: Session) -> None:
        with session:
            save(session, log(1))
            limit_pages(session, 20)
            session.new_run(PLAN)
            session.append(log(400, run=2))

    with pytest.raises(SessionError, match="the disk is full"):
        fill(Session.create(tmp_path / "b.espalier"))
