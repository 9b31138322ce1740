"""The archives for download: the same bytes for the same bundle, and nothing in them of who packed it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import archive
import pytest

DATE = 1_700_000_000


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DATE))


def make_bundle(folder: Path, *, later: bool = False) -> Path:
    """A toy; `later` makes it in another order, with another mask and other dates."""
    inside = folder / "_internal"
    (inside / "empty").mkdir(parents=True)
    contents = {folder / "espalier": b"program", inside / "libz.so.1": b"library", inside / "été.txt": b"words" * 999}
    for path in sorted(contents, reverse=later):
        path.write_bytes(contents[path])
        path.chmod(0o600 if later else 0o664)
        os.utime(path, (1, 1) if later else None)
    (folder / "espalier").chmod(0o700 if later else 0o775)
    (inside / "libz.so.1").chmod(0o700)
    (inside / "libz.so").symlink_to("libz.so.1")
    return folder


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize("suffix", [".tar.xz", ".zip"])
def test_the_same_bundle_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name, later in (("a", False), ("b", True)):
        bundle = make_bundle(tmp_path / name / "espalier", later=later)
        archive.make_archive(bundle, tmp_path / name / f"espalier-1{suffix}", quiet)
    one, other = ((tmp_path / name / f"espalier-1{suffix}").read_bytes() for name in ("a", "b"))
    assert one == other


@pytest.mark.parametrize("with_program", [True, False])
def test_a_tar_holds_names_modes_dates_and_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_program: bool
) -> None:
    if not with_program:
        monkeypatch.setattr(shutil, "which", lambda _: None)
    elif shutil.which("xz") is None:
        pytest.skip("there is no xz here")
    target = archive.make_archive(make_bundle(tmp_path / "espalier"), tmp_path / "espalier-1-linux.tar.xz", quiet)
    with tarfile.open(target) as packed:
        entries = {entry.name.removeprefix("espalier-1-linux").strip("/"): entry for entry in packed}
        text = packed.extractfile(entries["_internal/été.txt"])
        assert text is not None
        assert text.read() == b"words" * 999
    modes = {name: entry.mode for name, entry in entries.items() if not entry.issym()}
    assert modes == {
        "": 0o755,
        "espalier": 0o755,
        "_internal": 0o755,
        "_internal/empty": 0o755,
        "_internal/libz.so.1": 0o644,
        "_internal/été.txt": 0o644,
    }
    assert entries["_internal/libz.so"].linkname == "libz.so.1"
    assert {(entry.mtime, entry.uid, entry.gid, entry.uname) for entry in entries.values()} == {(DATE, 0, 0, "")}


def test_a_zip_keeps_what_may_be_run(tmp_path: Path) -> None:
    target = archive.make_archive(make_bundle(tmp_path / "espalier"), tmp_path / "espalier-1.zip", quiet)
    with zipfile.ZipFile(target) as packed:
        modes = {entry.filename: stat.S_IMODE(entry.external_attr >> 16) for entry in packed.infolist()}
    assert modes["espalier-1/espalier"] == 0o755
    assert modes["espalier-1/_internal/été.txt"] == 0o644


def test_an_archive_says_what_it_does(tmp_path: Path) -> None:
    said: list[str] = []
    archive.make_archive(make_bundle(tmp_path / "espalier"), tmp_path / "espalier-1.zip", said.append)
    assert "espalier-1.zip" in said[0]
    assert "MB in" in said[-1]


def test_what_cannot_be_packed_is_said_and_leaves_the_old_archive(tmp_path: Path) -> None:
    with pytest.raises(archive.PackError, match=r"no bundle in .*nothing"):
        archive.make_archive(tmp_path / "nothing", tmp_path / "a.zip", quiet)
    bundle = make_bundle(tmp_path / "espalier")
    with pytest.raises(archive.PackError, match=r"must end in \.tar\.xz or \.zip"):
        archive.make_archive(bundle, tmp_path / "a.rar", quiet)
    with pytest.raises(archive.PackError, match=r"a\.zip cannot be written"):
        archive.make_archive(bundle, tmp_path / "missing" / "a.zip", quiet)


@pytest.mark.skipif(os.name == "nt", reason="a script stands for xz")
def test_a_compressor_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "xz"
    broken.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(broken))
    target = tmp_path / "a.tar.xz"
    target.write_bytes(b"old")
    bundle = make_bundle(tmp_path / "espalier")
    (bundle / "large").write_bytes(bytes(1 << 20))  # more than a pipe holds
    with pytest.raises(archive.PackError, match="no space left"):
        archive.make_archive(bundle, target, quiet)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.xz", "espalier", "xz"]


def test_sha256sum_accepts_the_sums(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("b.deb", "a b.tar.xz"):
        (tmp_path / name).write_text(name)
    target = archive.sums(tmp_path)
    assert archive.sums(tmp_path).read_text().count("\n") == 2, "the sums are not summed"
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum here")
    command = ["sha256sum", "--check", "--strict", target.name]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "b.deb").write_text("other")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1


def test_the_date_is_the_one_given_or_the_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert archive.source_date() == DATE
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(archive.PackError, match="yesterday"):
        archive.source_date()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert archive.source_date() > DATE


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git, and a script as its gpg")
def test_whoever_has_signatures_shown_gets_the_date_of_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gpg").write_text("#!/bin/sh\necho 'gpg: Signature made long ago' >&2\n")
    (tmp_path / "gpg").chmod(0o755)
    (tmp_path / "config").write_text(f"[log]\n showSignature = true\n[gpg]\n program = {tmp_path / 'gpg'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setattr(archive, "ROOT", tmp_path)

    def git(*words: str, told: str = "") -> str:
        done = subprocess.run(["git", *words], cwd=tmp_path, input=told, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "--quiet")
    who = f"A <a@example.org> {DATE} +0000"
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----"
    signed = f"tree {git('write-tree')}\nauthor {who}\ncommitter {who}\n{signature}\n\nsigned\n"
    git("update-ref", "HEAD", git("hash-object", "-t", "commit", "-w", "--stdin", told=signed))
    assert "Signature made" in git("log", "-1", "--format=%ct")
    assert archive.source_date() == DATE
