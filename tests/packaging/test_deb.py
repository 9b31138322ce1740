"""The Debian package of a toy bundle, read with Debian's own tools."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import archive
import deb
import foreign
import pytest
from manual import commands, manual

DATE = 1_700_000_000
NEEDS = foreign.Needs((2, 34), ("libegl1", "libgl1"), ("libwayland-egl1",))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if why := deb.why_not():
        pytest.skip(why)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DATE))
    return deb.make_deb(toy(tmp_path / "espalier"), tmp_path / "espalier_0.2.0rc1.deb", "0.2.0rc1", lambda _: None)


def toy(bundle: Path) -> Path:
    (bundle / "_internal").mkdir(parents=True)
    shutil.copy("/bin/true", bundle / "espalier")
    (bundle / "_internal/words.txt").write_bytes(bytes(3000))
    (bundle / "_internal/words.txt").chmod(0o600)
    (bundle / "_internal/link.txt").symlink_to("words.txt")
    return bundle


def told(*words: str | Path) -> str:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout


def test_the_package_holds_the_bundle_a_command_and_the_desktops_files(package: Path, tmp_path: Path) -> None:
    told("dpkg-deb", "--extract", package, tmp_path / "root")
    root = tmp_path / "root"
    assert (root / "usr/bin/espalier").readlink() == Path("/opt/espalier/espalier")
    assert (root / "opt/espalier/espalier").stat().st_mode & 0o777 == 0o755
    assert (root / "opt/espalier/_internal/words.txt").stat().st_mode & 0o777 == 0o644
    assert (root / "opt/espalier/_internal/link.txt").readlink() == Path("words.txt")
    launcher = (root / "usr/share/applications/org.espalier.Espalier.desktop").read_text()
    assert "\nExec=espalier %f\n" in launcher
    assert (root / "usr/share/mime/packages/org.espalier.Espalier.xml").is_file()
    assert gzip.decompress((root / "usr/share/man/man1/espalier.1.gz").read_bytes()).startswith(b".TH ESPALIER 1")
    listed = told("dpkg-deb", "--contents", package).splitlines()
    assert {line.split()[1] for line in listed} == {"root/root"}
    assert not [line for line in listed if "/DEBIAN" in line]


def test_its_card_and_sums(package: Path, tmp_path: Path) -> None:
    told("dpkg-deb", "--raw-extract", package, tmp_path / "root")
    fields = dict(line.split(": ", 1) for line in told("dpkg-deb", "--field", package).splitlines() if line[0] != " ")
    assert fields["Version"] == "0.2.0~rc1"
    assert fields["Architecture"] == deb.architecture()
    assert fields["Depends"].startswith("libc6 (>= 2.")
    shutil.move(tmp_path / "root/DEBIAN", tmp_path / "card")
    assert int(fields["Installed-Size"]) == deb.installed_size(tmp_path / "root")
    sums = (tmp_path / "card/md5sums").read_text()
    assert "opt/espalier/_internal/words.txt" in sums
    checked = subprocess.run(
        ["md5sum", "--check", "--strict"], input=sums, cwd=tmp_path / "root", capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert sorted(path.name for path in (tmp_path / "card").iterdir()) == ["control", "md5sums"]


def test_the_same_bundle_gives_the_same_package(package: Path, tmp_path: Path) -> None:
    again = deb.make_deb(toy(tmp_path / "other"), tmp_path / "again.deb", "0.2.0rc1", lambda _: None)
    assert again.read_bytes() == package.read_bytes()
    assert not list(tmp_path.glob(".deb-*"))


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    if why := deb.why_not():
        pytest.skip(why)
    with pytest.raises(archive.PackError, match="no program"):
        deb.make_deb(tmp_path, tmp_path / "a.deb", "1")


def test_a_machine_without_the_tools_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "dpkg-deb and no objdump" in deb.why_not()


@pytest.mark.parametrize(
    ("python", "debian"),
    [("1.2.3", "1.2.3"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0a3", "1.2.0~a3"), ("1.2.0.dev4", "1.2.0~dev4")],
)
def test_versions_before_a_release_sort_before_it(python: str, debian: str) -> None:
    assert deb.debian_version(python) == debian


def test_the_card_names_what_is_needed_and_what_is_wished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deb, "architecture", lambda: "amd64")
    card = deb.control("1.0", 700_000, NEEDS)
    assert "\nDepends: libc6 (>= 2.34), libegl1, libgl1\n" in card
    assert "libwayland-egl1\n" in card.partition("\nRecommends: ")[2]
    assert all(line[0] == " " or ": " in line for line in card.splitlines())


def test_the_licence_is_the_programs_own() -> None:
    text = deb.copyright_file()
    assert "\nLicense: Expat\n Permission is hereby granted" in text
    assert "\nCopyright: 2026 The Espalier authors\n" in text
    assert "\n\n\n" not in text


def test_a_dump_tells_the_oldest_c_library_and_the_libraries() -> None:
    dump = """
a.so:     file format elf64-x86-64

  NEEDED               libGL.so.1
  NEEDED               libc.so.6
    0x06969194 0x00 05 GLIBC_2.34
    0x09691a75 0x00 03 GLIBC_2.2.5
    0x09691a75 0x00 03 GLIBCXX_3.4.30
"""
    versions, libraries = foreign._read(dump)
    assert max(versions) == (2, 34)
    assert libraries == {"libGL.so.1", "libc.so.6"}


@pytest.mark.parametrize("outside", ["libGL.so.1", "libunheard.so.9"])
def test_a_library_of_no_known_package_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outside: str
) -> None:
    (tmp_path / "libown.so.1").write_bytes(b"")
    dump = f"  NEEDED    {outside}\n  NEEDED    libown.so.1\n  NEEDED    libc.so.6\n  1 GLIBC_2.34"
    monkeypatch.setattr(foreign, "_dumps", lambda _: [dump])
    if outside in foreign.PACKAGES:
        assert foreign.needs(tmp_path) == foreign.Needs((2, 34), ("libgl1",), ())
    else:
        with pytest.raises(archive.PackError, match=r"needs libunheard\.so\.9"):
            foreign.needs(tmp_path)


def test_the_manual_has_every_command_and_no_line_that_roff_takes_for_its_own() -> None:
    page = manual("1.0", DATE)
    assert page.startswith('.TH ESPALIER 1 "2023-11-14" "Espalier 1.0"')
    sections = [line[4:] for line in page.splitlines() if line.startswith(".SH ")]
    assert sections == ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "FILES", "ENVIRONMENT", "EXIT STATUS"]
    assert [line[4:] for line in page.splitlines() if line.startswith(".SS ")] == commands()
    assert "\\-\\-budget\\-tokens" in page.partition(".SH COMMANDS")[2].partition(".SH FILES")[0]
    known = {".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".B", ".I", ".RB", ".RI", ".nf", ".fi"}
    assert {line.split()[0] for line in page.splitlines() if line[:1] in {".", "'"}} <= known


def test_the_manual_names_every_variable_that_the_program_reads_of_its_users() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (archive.ROOT / "app").rglob("*.py"))
    read = set(re.findall(r"\bESPALIER_[A-Z_]+", code))
    environment = manual("1.0", DATE).partition(".SH ENVIRONMENT")[2].partition(".SH")[0]
    assert read
    assert [name for name in read if f".B {name}\n" not in environment] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="nothing sets manual pages here")
def test_roff_has_nothing_to_complain_of_in_the_manual() -> None:
    words = ["groff", "-man", "-Tutf8", "-Kutf8", "-wall", "-P-cbu"]
    done = subprocess.run(words, input=manual("1.0", DATE).encode(), capture_output=True)
    assert done.stderr.decode() == ""
    assert "~/.config/Espalier/espalier.ini" in done.stdout.decode()
