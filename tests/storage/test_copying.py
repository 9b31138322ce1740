"""A file takes its place whole, and only where a plain file may stand."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from storage.copying import exporting, replacing
from storage.session import Session


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    with replacing(target) as fresh:
        fresh.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError, match="no plain file"), replacing(folder):
        pytest.fail("nothing may be written for it")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no plain file"), replacing(pipe) as fresh:
        fresh.write_text("all of it")
    assert pipe.is_fifo()


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as first, replacing(tmp_path / "a") as second:
        first.write_text("one")
        second.write_text("two")
    assert (tmp_path / "a").read_text() == "one"  # who is ready last
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On some network drives: the file has its name by then."""
    sync = os.fsync

    def refuse(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with replacing(tmp_path / "a") as fresh:
        fresh.write_text("all of it")
    assert (tmp_path / "a").read_text() == "all of it"


def test_what_is_exported_never_takes_the_place_of_a_session(tmp_path: Path) -> None:
    Session.create(tmp_path / "a.espalier").close()
    before = (tmp_path / "a.espalier").read_bytes()
    with pytest.raises(OSError, match="a session or another database is there"), exporting(tmp_path / "a.espalier"):
        pytest.fail("nothing may be written for it")
    assert (tmp_path / "a.espalier").read_bytes() == before
    with exporting(tmp_path / "a.json") as fresh:
        fresh.write_text("new")
    assert (tmp_path / "a.json").read_text() == "new"
