"""The Debian root and what is tried in it, as far as that needs neither root nor a mirror."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import deb_check
import debian_root
import pytest


def test_the_mirror_is_the_machines_own_where_it_has_that_debian() -> None:
    own = "https://mirror.example/debian/ bookworm main\nhttp://other.example bookworm contrib\n"
    assert debian_root.mirror(own) == "https://mirror.example/debian"
    assert debian_root.mirror("http://ubuntu.example noble main\nhttp://short.example\n") == debian_root.MIRROR
    assert debian_root.mirror("") == debian_root.MIRROR


def test_only_settings_that_lead_to_a_mirror_are_passed_on() -> None:
    settings = (
        'APT::Architecture "amd64";\nAcquire::http::Proxy "http://proxy:3128";\nAcquire::https "";\n'
        'Acquire::Check-Valid-Until "false";\nAcquire::Languages "de";\n'
    )
    assert debian_root.passed_on(settings) == (
        'Acquire::http::Proxy "http://proxy:3128";\nAcquire::Check-Valid-Until "false";\n'
    )


@pytest.mark.skipif(os.name == "nt", reason="there are no users as such")
def test_a_machine_that_cannot_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "rights of root" in debian_root.why_not()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool == "debootstrap" else f"/bin/{tool}")
    assert "debootstrap" in debian_root.why_not()
    with pytest.raises(debian_root.RootError, match="debootstrap"), debian_root.fresh():
        pass


def test_without_a_root_the_check_is_skipped_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian_root, "why_not", lambda: "no such tool")
    assert [(check.state, check.detail) for check in deb_check.check_deb(Path("a.deb"))] == [
        ("skipped", "no such tool")
    ]


def test_an_old_tar_is_taken_where_no_new_one_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise debian_root.RootError("No mirror answers.")

    said: list[str] = []
    monkeypatch.setattr(debian_root, "CACHE", tmp_path / "debian.tar")
    monkeypatch.setattr(debian_root, "_make", fail)
    with pytest.raises(debian_root.RootError, match="No mirror answers"):
        debian_root.kept(said.append)
    (tmp_path / "debian.tar").touch()
    assert debian_root.kept(said.append) == tmp_path / "debian.tar"
    assert not said, "a young one is taken without a word"
    os.utime(tmp_path / "debian.tar", (0, 0))
    assert debian_root.kept(said.append) == tmp_path / "debian.tar"
    assert "No mirror answers" in said[0]


def test_a_root_lists_what_is_in_it_as_seen_from_inside(tmp_path: Path) -> None:
    (tmp_path / "usr/bin").mkdir(parents=True)
    (tmp_path / "usr/bin/sh").touch()
    (tmp_path / "bin").symlink_to("usr/bin")
    assert debian_root.Root(tmp_path).files() == {"/usr", "/usr/bin", "/usr/bin/sh", "/bin"}


def test_the_end_of_what_was_said_is_one_line() -> None:
    assert debian_root.tail("a\nb\n c \n", 2) == "b / c"


class Scripted:
    """Stands for a root: every command answers as it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.present = {"/usr"}

    def bring(self, source: Path, place: str) -> Path:
        return self.folder / source.name

    def files(self) -> set[str]:
        return self.present

    def apt(self, *words: str) -> str:
        return ""


def test_what_a_removal_leaves_is_named(tmp_path: Path) -> None:
    root = Scripted(tmp_path)
    before = set(root.present)
    root.present |= {"/home/ada/first.espalier", "/var/lib/dpkg/status-old", "/tmp"}
    assert deb_check._remove(root, before) == "nothing is left"  # type: ignore[arg-type]
    root.present.add("/opt/espalier/_internal/left.txt")
    with pytest.raises(
        deb_check._FailedError, match=r"1 files and folders are left: /opt/espalier/_internal/left\.txt"
    ):
        deb_check._remove(root, before)  # type: ignore[arg-type]
