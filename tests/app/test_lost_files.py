"""In the window: the session's file is taken away or replaced while it is open. Said in words; the tree stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.events import Noted
from storage.session import Session
from tests.app.conftest import WAIT, MakeWindow
from tests.storage.samples import log, save

pytestmark = pytest.mark.skipif(os.name != "posix", reason="here nobody can take away a file that is open")


def replaced(path: Path) -> None:
    other = path.with_name("other.espalier")
    with Session.create(other) as session:
        save(session, log(1), log(1, run=2))
    other.replace(path)


@pytest.mark.parametrize(
    "accident", [Path.unlink, replaced, lambda path: shutil.rmtree(path.parent)], ids=["deleted", "replaced", "folder"]
)
def test_a_lost_file_is_said_and_all_of_it_is_saved_elsewhere(
    qtbot: QtBot, make: MakeWindow, tmp_path: Path, accident: Callable[[Path], None]
) -> None:
    path = tmp_path / "folder" / "a.espalier"
    path.parent.mkdir()
    with Session.create(path) as session:
        save(session, log(), log(40, run=2))
    window = make(path)
    sessions, shown = window.parts.sessions, window.parts.shown
    assert sessions.session is not None
    sessions.session.flush()
    accident(path)
    assert sessions.keep(Noted(1, "still here")) == ""
    assert shown.tree.notes == {1: "still here"}
    qtbot.waitUntil(lambda: any("Nothing is lost" in text for text in window.banner.texts), timeout=WAIT)
    sessions.show_run(1)  # which can only be read from the file
    assert any("Event 1 of run 1 in a.espalier cannot be read" in text for text in window.banner.texts)
    assert shown.run in (None, 1)
    assert shown.total == 0
    sessions.save_as(tmp_path / "rescued.espalier")
    assert not any("Nothing is lost" in text for text in window.banner.texts)
    sessions.show_run(1)
    assert shown.total == len(log())
    sessions.show_run(2)
    assert shown.tree.notes == {1: "still here"}


def test_saving_a_working_file_under_another_name_of_its_own_keeps_it(make: MakeWindow) -> None:
    """A working file goes when it has a name; there is no other file of this one."""
    window = make(None)
    sessions = window.parts.sessions
    assert sessions.path is not None
    path = sessions.path
    sessions.save_as(path.parent / ".." / path.parent.name / path.name)
    assert path.exists()
    assert sessions.path == path
    assert sessions.writable
