"""Ours or from elsewhere: a key that stays here, a mark that nobody else can make, and files that are only read."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import ownership
from storage.errors import NotOursError, SessionError
from storage.migrations import current_version
from storage.opening import adopt
from storage.ownership import data_folder, working_folder
from storage.session import Session
from tests.helpers.installations import installed_in
from tests.storage.samples import PLAN, log, save

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A session that another installation made."""
    with installed_in(tmp_path / "theirs"), Session.create(tmp_path / "a.espalier") as session:
        save(session, log(40))
    return tmp_path / "a.espalier"


def test_the_key_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    with installed_in(tmp_path / "here"):
        key = ownership._key(tmp_path / "here")
        ownership._key.cache_clear()
        assert ownership._key(tmp_path / "here") == key
    (file,) = (tmp_path / "here").iterdir()
    assert file.read_bytes() == key
    assert len(key) == 32
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_two_processes_that_make_the_key_at_once_have_the_same(tmp_path: Path) -> None:
    code = f"from storage.ownership import _key; from pathlib import Path; print(_key(Path({str(tmp_path)!r})).hex())"
    command = [sys.executable, "-c", code]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(2)]
    assert len({child.communicate()[0] for child in both}) == 1


def test_a_file_system_without_links_keeps_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    key = ownership._key(tmp_path / "here")
    ownership._key.cache_clear()
    assert ownership._key(tmp_path / "here") == key
    assert [file.name for file in (tmp_path / "here").iterdir()] == ["installation.key"]


def test_where_no_key_can_be_kept_sessions_are_made_and_written(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("no folder")
    with installed_in(tmp_path / "a file" / "espalier"), Session.create(tmp_path / "a.espalier") as session:
        save(session, log())
        assert not session.is_foreign
        ownership._key.cache_clear()  # the next start
        with Session.look(tmp_path / "a.espalier") as later:
            assert later.is_foreign


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system always knows a home folder")
def test_without_a_home_nothing_is_kept_and_nothing_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nobody_knows() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody_knows)
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.chdir(tmp_path)
    with Session.create(tmp_path / "a.espalier") as session:
        assert not session.read_only
    assert [path.name for path in tmp_path.iterdir()] == ["a.espalier"]


def test_the_folder_is_the_one_that_qt_names() -> None:
    from PySide6.QtCore import QCoreApplication, QStandardPaths

    before = QCoreApplication.applicationName()
    QCoreApplication.setApplicationName("espalier")
    try:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    finally:
        QCoreApplication.setApplicationName(before)
    assert data_folder() == Path(place)


def test_a_file_from_elsewhere_is_read_and_never_touched(foreign: Path) -> None:
    before, beside = foreign.read_bytes(), sorted(foreign.parent.iterdir())
    with Session.open(foreign) as session:
        assert session.is_foreign
        assert session.read_only
        said = "a.espalier came from elsewhere: it can be read but not changed, and nothing in it runs."
        assert session.why_read_only == said
        assert session.records(1) == list(log(40))
        for act in (lambda: session.new_run(PLAN), lambda: session.append(log()), session.need_writable):
            with pytest.raises(NotOursError, match="came from elsewhere"):
                act()
        assert sorted(foreign.parent.iterdir()) == beside  # no lock file either
    assert foreign.read_bytes() == before
    assert sorted(foreign.parent.iterdir()) == beside


def test_a_mark_that_was_made_up_or_belongs_to_another_session_is_none(foreign: Path, tmp_path: Path) -> None:
    with Session.create(tmp_path / "b.espalier") as session:
        mine = session.properties()["mark"]
    for mark in (mine, "0" * 64, "", "ümlaut"):
        with closing(sqlite3.connect(foreign)) as connection, connection:
            connection.execute("UPDATE session SET value = ? WHERE key = 'mark'", (mark,))
        with Session.open(foreign) as session:
            assert session.is_foreign


def test_what_lies_in_the_working_folder_is_ours_and_is_marked(foreign: Path, tmp_path: Path) -> None:
    with installed_in(tmp_path / "here"):
        mine = working_folder() / "a.espalier"
        mine.parent.mkdir(parents=True)
        shutil.copyfile(foreign, mine)
        with Session.open(mine) as session:
            assert session.new_run(PLAN) == 2
        shutil.move(mine, tmp_path / "moved.espalier")
        with Session.open(tmp_path / "moved.espalier") as session:
            assert not session.read_only


def test_a_file_that_was_adopted_is_ours_and_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "v1.espalier"
    shutil.copyfile(FIXTURES / "v1.espalier", path)
    adopt(path)
    with Session.open(path) as session:
        assert not session.read_only
    assert list(tmp_path.iterdir()) == [path]  # what was a copy has no need of a backup


@pytest.mark.parametrize("number", range(1, current_version()))
def test_every_past_version_from_elsewhere_is_read_through_a_copy(tmp_path: Path, number: int) -> None:
    path = tmp_path / "old.espalier"
    shutil.copyfile(FIXTURES / f"v{number}.espalier", path)
    before = path.read_bytes()
    with Session.open(path) as session:
        assert session.is_foreign
        assert f"before files were marked (file version {number})" in session.why_read_only
        theirs = {info.id: session.records(info.id) for info in session.runs()}
        copy = session._opened.source
        assert copy != path
        session.save_as(tmp_path / "copy.espalier")
        assert session.is_foreign  # a copy of it is one, too
    assert not copy.exists()
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [tmp_path / "copy.espalier", path]
    with installed_in(tmp_path / "here"):
        mine = working_folder() / "old.espalier"
        mine.parent.mkdir(parents=True)
        shutil.copyfile(path, mine)
        with Session.open(mine) as session:
            assert not session.read_only
            assert {info.id: session.records(info.id) for info in session.runs()} == theirs
        assert (mine.parent / f"old.espalier.bak-v{number}").read_bytes()[60:64] == number.to_bytes(4, "big")


def test_a_file_from_elsewhere_with_half_a_commit_is_undone_in_a_copy(foreign: Path) -> None:
    journal = foreign.with_name(foreign.name + "-journal")
    with closing(sqlite3.connect(foreign, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN")
        connection.execute("UPDATE nodes SET step = hex(zeroblob(3000))")
        half, undo = foreign.read_bytes(), journal.read_bytes()
    foreign.write_bytes(half)
    journal.write_bytes(undo)
    with Session.open(foreign) as session:
        assert session.is_foreign
        assert session.records(1) == list(log(40))
    assert (foreign.read_bytes(), journal.read_bytes()) == (half, undo)


def test_a_look_seizes_nothing(tmp_path: Path) -> None:
    with Session.create(tmp_path / "a.espalier") as session:
        save(session, log())
    with Session.look(tmp_path / "a.espalier") as looking, Session.open(tmp_path / "a.espalier") as session:
        assert "opened for reading alone" in looking.why_read_only
        assert not session.read_only
        assert looking.records(1) == session.records(1) == list(log())


def test_a_journal_that_names_another_file_does_not_have_it_deleted(foreign: Path, tmp_path: Path) -> None:
    """SQLite deletes the file that a journal calls its super-journal, once it has undone the commit."""
    victim = tmp_path / "thesis.txt"
    victim.write_text("years of work")
    journal = foreign.with_name(foreign.name + "-journal")
    with closing(sqlite3.connect(foreign, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN")
        connection.execute("UPDATE nodes SET step = hex(zeroblob(3000))")
        half, undo = foreign.read_bytes(), journal.read_bytes()
    name = str(victim).encode()
    tail = len(name).to_bytes(4, "big") + (sum(name) & 0xFFFFFFFF).to_bytes(4, "big") + undo[:8]
    foreign.write_bytes(half)
    journal.write_bytes(undo + (0x40000000 // 4096 + 1).to_bytes(4, "big") + name + tail)
    with pytest.raises(SessionError, match="another file"):
        Session.open(foreign)
    assert victim.exists()
