"""In the window: a session from elsewhere is read, and worked in as a copy; a copy for others leaves things out."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import file_job, session_opener
from app.dialogs.share import ShareDialog
from app.main_window import MainWindow
from app.plans import FIRST_PLAN
from engine.commands import Prune
from engine.events import PrivacySet, Record
from storage import rewriting
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow, wait_for_state
from tests.app.test_window import session_file
from tests.helpers.installations import installed_in
from tests.storage.samples import log, save

FIXTURES = Path(__file__).parents[1] / "storage" / "fixtures"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A session that another installation made."""
    path = tmp_path / "theirs.espalier"
    with installed_in(tmp_path / "elsewhere"), Session.create(path) as session:
        save(session, log(40))
    return path


def press(window: MainWindow, title: str) -> None:
    """A button of the banner."""
    (button,) = [one for one in window.banner.findChildren(QPushButton) if one.text() == title]
    button.click()


def said(window: MainWindow, words: str) -> bool:
    return any(words in text for text in window.banner.texts)


def test_a_session_from_elsewhere_is_worked_in_as_a_copy(
    qtbot: QtBot, make: MakeWindow, foreign: Path, tmp_path: Path
) -> None:
    before = foreign.read_bytes()
    window = make(foreign)
    sessions = window.parts.sessions
    assert not sessions.writable
    assert window.parts.shown.total == len(log(40))
    assert said(window, "theirs.espalier came from elsewhere: it can be read but not changed")
    press(window, "Work in a copy")
    qtbot.waitUntil(lambda: sessions.writable, timeout=WAIT)
    assert sessions.path == tmp_path / "sessions" / "theirs.espalier"
    assert window.parts.shown.total == len(log(40))
    assert said(window, "This is your own copy of theirs.espalier")
    assert not said(window, "came from elsewhere")
    assert foreign.read_bytes() == before


def test_saving_it_makes_a_copy_where_the_user_says(
    qtbot: QtBot, make: MakeWindow, foreign: Path, tmp_path: Path
) -> None:
    window = make(foreign)
    window.parts.sessions.save_as(tmp_path / "mine")
    qtbot.waitUntil(lambda: window.parts.sessions.writable, timeout=WAIT)
    assert window.parts.sessions.path == tmp_path / "mine.espalier"


def test_a_copy_that_takes_long_says_how_far_it_is_and_can_be_given_up(
    qtbot: QtBot, make: MakeWindow, foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_job, "QUICK", 0.0)
    monkeypatch.setattr(rewriting, "PART", 1)
    window = make(foreign)
    window.parts.sessions.work_in_copy()
    qtbot.waitUntil(lambda: said(window, f"of {len(log(40))} events…"), timeout=WAIT)
    press(window, "Cancel")
    qtbot.waitUntil(lambda: not list((tmp_path / "sessions").iterdir()), timeout=WAIT)
    assert window.parts.sessions.path == foreign
    assert not said(window, "events…")


def held_up(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Large files are opened once this is set, and whoever waits is told at once."""
    may_open, open_now = threading.Event(), session_opener._opened

    def opened(path: Path, is_unwanted: Callable[[], bool]) -> Session:
        assert may_open.wait(WAIT / 1000)
        return open_now(path, is_unwanted)

    monkeypatch.setattr(session_opener, "_opened", opened)
    monkeypatch.setattr(session_opener, "QUICK", 0.0)
    return may_open


@pytest.mark.parametrize("wanted", [True, False])
def test_a_large_file_is_opened_beside_the_window(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    large, small = session_file(tmp_path / "large.espalier"), session_file(tmp_path / "small.espalier")
    window = make(small)
    sessions, heard = window.parts.sessions, []
    monkeypatch.setattr(session_opener, "LARGE", 0)
    may_open = held_up(monkeypatch)
    sessions.open(large, lambda: heard.append(sessions.path))
    qtbot.waitUntil(lambda: window.banner.texts == ["large.espalier is being opened…"], timeout=WAIT)
    if not wanted:
        press(window, "Cancel")
    may_open.set()
    qtbot.waitUntil(lambda: not sessions.opener._job.is_under_way, timeout=WAIT)
    assert sessions.path == (large if wanted else small)
    assert heard == ([large] if wanted else [])
    assert window.banner.texts == []


def is_free(path: Path) -> bool:
    """Whether nobody holds a session."""
    with Session.open(path) as session:
        return not session.read_only


@pytest.mark.parametrize("other", ["other", "small", "large", ""])
def test_who_asks_for_another_file_does_not_want_the_former(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    large, small = session_file(tmp_path / "large.espalier"), session_file(tmp_path / "small.espalier")
    session_file(tmp_path / "other.espalier")
    window = make(small)
    sessions, heard = window.parts.sessions, []
    monkeypatch.setattr(session_opener, "LARGE", 0)
    may_open = held_up(monkeypatch)
    sessions.open(large, lambda: heard.append("the first"))
    sessions.opener.when_settled(lambda: heard.append("settled"))
    if other:
        sessions.open(tmp_path / f"{other}.espalier", lambda: heard.append(sessions.name))
    else:
        sessions.new_session()
    may_open.set()
    qtbot.waitUntil(lambda: not sessions.opener._job.is_under_way, timeout=WAIT)
    qtbot.waitUntil(lambda: "settled" in heard, timeout=WAIT)
    assert sorted(heard) == sorted(filter(None, [other, "settled"]))
    assert sessions.name == other or not other
    assert other == "large" or is_free(large)
    assert window.banner.texts == []


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_a_session_that_is_open_too_late_is_closed(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    large, small = session_file(tmp_path / "large.espalier"), session_file(tmp_path / "small.espalier")
    window = make(small)
    opener = window.parts.sessions.opener
    monkeypatch.setattr(session_opener, "LARGE", 0)
    window.parts.sessions.open(large)
    thread = opener._job._thread
    assert thread is not None
    thread.join()  # it is open, and the window does not know it yet
    opener.cancel() if how == "cancel" else window.close()
    qtbot.waitUntil(lambda: not opener._job.is_under_way, timeout=WAIT)
    assert is_free(large)


@pytest.mark.parametrize("how", ["wait", "cancel", "close"])
def test_a_file_is_open_before_the_run_under_way_is_stopped_for_it(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, how: str
) -> None:
    other = session_file(tmp_path / "other.espalier")
    window = make(session_file(tmp_path / "small.espalier"), 0.05)
    sessions = window.parts.sessions
    sessions.start(FIRST_PLAN)
    wait_for_state(qtbot, window, "running")
    sessions.open(tmp_path / "nowhere.espalier")
    assert window.parts.runs.state == "running", "there is nothing to stop it for"
    sessions.start(FIRST_PLAN)  # both wait for the run to stop, and the run that is begun stops, too
    sessions.open(other)
    if how == "wait":
        qtbot.waitUntil(lambda: sessions.path == other, timeout=WAIT)
        assert window.parts.runs.active is None
        assert sessions.writable
        assert window.parts.engine.running
        return
    sessions.opener.cancel() if how == "cancel" else window.close()
    assert is_free(other)
    if how == "cancel":
        qtbot.waitUntil(lambda: window.parts.runs.active == 3, timeout=WAIT)


@pytest.mark.parametrize("wanted", [True, False])
def test_a_large_old_file_is_brought_up_to_date_beside_the_window(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    monkeypatch.setattr(session_opener, "LARGE_OLD", 0)
    may_open = held_up(monkeypatch)
    path = tmp_path / "old.espalier"
    shutil.copyfile(FIXTURES / "v1.espalier", path)
    window = make(start=False)
    sessions = window.parts.sessions
    sessions.new_session()
    sessions.open(path)
    assert sessions.path != path
    words = "old.espalier was written by an older Espalier and is being brought up to date…"
    qtbot.waitUntil(lambda: said(window, words), timeout=WAIT)
    may_open.set()
    if not wanted:
        assert window.close()  # no thread and no session is left, see the house rules
        return
    qtbot.waitUntil(lambda: sessions.path == path, timeout=WAIT)
    assert len(sessions.runs) == 3
    assert said(window, "before files were marked (file version 1)")
    assert not said(window, "being brought up to date")


def test_damage_is_said(qtbot: QtBot, make: MakeWindow, foreign: Path) -> None:
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("UPDATE nodes SET parent = 39 WHERE node = 21")
    window = make(foreign)
    press(window, "Work in a copy")
    qtbot.waitUntil(lambda: said(window, "This is your own copy of theirs.espalier"), timeout=WAIT)
    assert said(window, "of run 1 in theirs.espalier cannot be read")


def test_a_copy_for_others(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.espalier"
    with Session.create(path) as session:
        save(session, log(), log(run=2))
        session.append([Record(2, len(log()) + 1, 1.0, PrivacySet(True))])
    window = make(path)
    window.dialogs.share()
    dialog = window.findChild(ShareDialog)
    assert isinstance(dialog, ShareDialog)
    qtbot.waitUntil(lambda: dialog.counts["private"].text() == "1", timeout=WAIT)
    assert dialog.counts["tokens"].text() == str(2 * sum(1 for _ in range(6)))
    assert [name for name, box in dialog.boxes.items() if box.isChecked()] == ["private", "paths", "keys"]
    assert not dialog.boxes["keys"].isEnabled()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() <= layout.totalHeightForWidth(dialog.width()) + 8, "no empty room around the first lines"
    dialog.boxes["tokens"].setChecked(True)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept_choice()
    assert chosen.args == [("private", "paths", "tokens")]
    shown = window.parts.sessions.session
    assert shown is not None
    window.parts.sessions.copies.share(shown, tmp_path / "copy.espalier", chosen.args[0])
    qtbot.waitUntil(lambda: said(window, "The copy for others is"), timeout=WAIT)
    assert said(window, "Private runs (1)")
    with Session.look(tmp_path / "copy.espalier") as copy:
        assert [info.id for info in copy.runs()] == [1]
    assert window.parts.sessions.path == path


def test_words_about_a_session_end_with_it(
    qtbot: QtBot, make: MakeWindow, foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make(foreign)
    sessions = window.parts.sessions
    press(window, "Work in a copy")
    qtbot.waitUntil(lambda: said(window, "This is your own copy of theirs.espalier"), timeout=WAIT)
    with monkeypatch.context() as patch:
        patch.setattr(sessions, "_close_session", lambda: False)  # such as on a full disk
        sessions.open(foreign)
        assert sessions.writable
        assert not said(window, "came from elsewhere"), "it was not opened"
    sessions.open(foreign)
    qtbot.waitUntil(lambda: not sessions.writable, timeout=WAIT)
    assert not said(window, "This is your own copy")


def test_what_was_refused_in_one_session_is_no_news_in_another(qtbot: QtBot, make: MakeWindow, tmp_path: Path) -> None:
    window = make(session_file(tmp_path / "one.espalier"))
    window.parts.edits.perform(Prune(1, (99,)), lambda _refusal: None)
    qtbot.waitUntil(lambda: bool(window.banner.texts), timeout=WAIT)
    window.parts.sessions.new_session()
    qtbot.waitUntil(lambda: not window.banner.texts, timeout=WAIT)
