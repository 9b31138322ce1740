"""A long run is read in a thread: the window stays free, it can be cancelled, and what comes meanwhile is not lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import run_reader
from app.banner import Notice
from app.models.shown_run import ShownRun
from app.run_reader import RunReader
from app.words.nothing import why_no_tree
from engine.tree import fold
from storage.session import Session
from tests.app.conftest import WAIT
from tests.app.test_window import session_file
from tests.helpers.block_surgery import spoil
from tests.helpers.running import plan, run_log
from tests.helpers.same_tree import assert_same_tree

LOG = run_log(plan(seed=0, simulations=4))


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is long, and read in several parts."""
    monkeypatch.setattr(run_reader, "SHORT", 0)
    monkeypatch.setattr(run_reader, "PART", 5)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(session_file(tmp_path / "one.espalier", runs=2)) as one:
        yield one


@pytest.fixture
def shown() -> ShownRun:
    return ShownRun()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def reader(shown: ShownRun, said: list[str]) -> RunReader:
    reader = RunReader(shown)

    def hear(notice: Notice) -> None:
        said.append(notice.text)

    reader.notice.connect(hear)
    return reader


def test_it_is_on_the_screen_when_it_has_been_read(
    qtbot: QtBot, reader: RunReader, shown: ShownRun, session: Session, said: list[str]
) -> None:
    with qtbot.waitSignal(reader.notice_over, timeout=WAIT):
        reader.show(session, 1)
        assert not shown.total
        assert shown.is_awaited
        assert said == [f"Run 1 is being read: {len(LOG)} events…"]
    assert shown.run == 1
    assert_same_tree(shown.tree, fold(LOG))
    assert bool(shown.is_awaited) is False
    assert shown.history.cursor == shown.history.events == len(LOG)
    shown.seek(7)
    assert_same_tree(shown.tree, fold(LOG[:7]))


def test_who_asks_for_another_run_gets_that_one(
    qtbot: QtBot, reader: RunReader, shown: ShownRun, session: Session
) -> None:
    reader.show(session, 1)
    with qtbot.waitSignal(reader.shown, timeout=WAIT):
        reader.show(session, 2)
    assert shown.run == 2
    reader.stop()


def test_a_cancelled_reading_shows_nothing(qtbot: QtBot, reader: RunReader, shown: ShownRun, session: Session) -> None:
    with qtbot.waitSignal(reader._read, timeout=WAIT):  # the thread may be quick
        reader.show(session, 1)
        reader.stop()
    assert shown.run is None


def test_up_to_damage_it_is_shown_and_the_damage_said(
    qtbot: QtBot, reader: RunReader, shown: ShownRun, session: Session, said: list[str]
) -> None:
    spoil(session.path, 9)
    with qtbot.waitSignal(reader.shown, timeout=WAIT):
        reader.show(session, 1)
    assert shown.total == 8
    assert "The 8 events before it are shown." in said[-1]


def test_where_nothing_can_be_read_any_more_all_of_it_can_be_saved(
    qtbot: QtBot, reader: RunReader, shown: ShownRun, session: Session, said: list[str]
) -> None:
    """The file is gone, and still open: what was written into it can be had from there."""
    notices: list[Notice] = []
    reader.notice.connect(notices.append)
    session.path.unlink()
    with qtbot.waitSignal(reader.shown, timeout=WAIT):
        reader.show(session, 1)
    assert shown.run is None
    assert "cannot be read" in said[-1]
    assert "The 0 events" not in said[-1]
    with qtbot.waitSignal(reader.save_as_wanted):
        notices[-1].buttons[0][1]()


def test_nothing_reads_on_once_it_is_closed(reader: RunReader, shown: ShownRun, session: Session) -> None:
    before = set(threading.enumerate())
    reader.show(session, 1)
    reader.close()
    assert set(threading.enumerate()) <= before
    assert shown.run is None


def test_one_that_is_not_wanted_any_more_is_not_waited_for(
    reader: RunReader, shown: ShownRun, session: Session
) -> None:
    reader.show(session, 1)
    assert why_no_tree(shown) == "The run is being read…"
    reader.cancel()
    assert why_no_tree(shown) == "No run yet. Press Ctrl+N to start one, or Ctrl+O to open a session."
