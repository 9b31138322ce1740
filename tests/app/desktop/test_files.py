"""What a desktop is told: the files are valid, say the same in three places, and start the program wherever it lies."""

from __future__ import annotations

import os
import select
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.desktop import files
from app.desktop.files import APP_ID, ICON_SIZES, MIME_TYPE, PATHS, desktop_files, exec_value, launcher
from engine import __version__
from storage.migrations import APPLICATION_ID
from storage.session import SUFFIX

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# fmt: off
ODD_FOLDERS = (
    "plain", "a b", "100%", "%f", "a=b", "q\"uo'te$HOME`id`", "back\\slash", "für 木", "new\nline\ttab", "~;&|",
)
# fmt: on


def needs(*tools: str) -> pytest.MarkDecorator:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not here")


def entry(text: str) -> dict[str, str]:
    """The keys and values of a menu entry."""
    parser = ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    parser.read_string(text)
    return dict(parser["Desktop Entry"])


def metainfo() -> ElementTree.Element:
    return ElementTree.fromstring((files.SOURCES / f"{APP_ID}.metainfo.xml").read_bytes())


def mime_type() -> ElementTree.Element:
    found = ElementTree.fromstring((files.SOURCES / f"{APP_ID}.xml").read_bytes()).find(f"{MIME}mime-type")
    assert found is not None
    return found


def test_the_files_are_those_that_are_promised() -> None:
    made = desktop_files(["espalier"])
    assert tuple(made) == PATHS
    assert len(made) == 4 + len(ICON_SIZES)
    assert all(made.values())
    assert all(APP_ID in path and not path.startswith("/") for path in PATHS)
    assert made == desktop_files(["espalier"])


def test_every_icon_stands_in_the_folder_of_its_size() -> None:
    made = desktop_files(["espalier"])
    for size in ICON_SIZES:
        data = made[f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png"]
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20]) == int.from_bytes(data[20:24]) == size
    assert b"<svg" in made[files.SCALABLE]


def test_the_packaged_entry_names_the_program_without_its_folder() -> None:
    keys = entry(desktop_files(["espalier"])[files.LAUNCHER].decode())
    assert (keys["Exec"], keys["TryExec"]) == ("espalier %f", "espalier")
    assert (keys["Icon"], keys["MimeType"]) == (APP_ID, f"{MIME_TYPE};")
    assert launcher(["espalier"]) == (files.SOURCES / f"{APP_ID}.desktop").read_text(encoding="utf-8")


def test_only_the_lines_with_the_program_change() -> None:
    before, after = launcher(["espalier"]).splitlines(), launcher(["/a b/espalier"]).splitlines()
    assert [line for line in after if line not in before] == ['Exec="/a b/espalier" %f', "TryExec=/a b/espalier"]


def test_german_is_there() -> None:
    keys = entry(launcher(["espalier"]))
    for key in ("GenericName", "Comment", "Keywords"):
        assert keys[f"{key}[de]"] not in ("", keys[key])
    about = metainfo()
    for parent, tag in ((about, "summary"), (about.find("description"), "p"), (about.find("description/ul"), "li")):
        assert parent is not None
        languages = [child.get(LANGUAGE) for child in parent.findall(tag)]
        assert languages.count("de") == languages.count(None) > 0
    assert [comment.get(LANGUAGE) for comment in mime_type().findall(f"{MIME}comment")] == [None, "de"]


def test_all_files_speak_of_the_same_things() -> None:
    about, keys = metainfo(), entry(launcher(["espalier"]))
    assert about.findtext("id") == APP_ID
    assert about.findtext("launchable") == f"{APP_ID}.desktop"
    assert about.findtext("provides/mediatype") == mime_type().get("type") == MIME_TYPE
    assert about.findtext("provides/binary") == keys["TryExec"]
    assert [category.text for category in about.findall("categories/category")] == keys["Categories"][:-1].split(";")
    release = about.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_the_type_is_that_of_session_files() -> None:
    glob = mime_type().find(f"{MIME}glob")
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    inner = mime_type().find(f"{MIME}magic/{MIME}match/{MIME}match")
    assert inner is not None
    assert (inner.get("offset"), int(inner.get("value") or "", 0)) == ("68", APPLICATION_ID)


@pytest.mark.parametrize(
    ("command", "value"),
    [
        (["espalier"], "espalier %f"),
        (["/opt/espalier/espalier"], "/opt/espalier/espalier %f"),
        (["/a b/python", "-P", "-m", "app"], '"/a b/python" -P -m app %f'),
        (['/q"/e'], r'"/q\\"/e" %f'),
        (["/$x`y`/e"], r'"/\\$x\\`y\\`/e" %f'),
        (["/a\\b/e"], r'"/a\\\\b/e" %f'),
        (["/für/e"], '"/für/e" %f'),
        (["/a\nb/e"], r'"/a\nb/e" %f'),
        (["/100%/e"], r'sh -c "exec \\"\\$0\\" \\"\\$@\\"" "/100%%/e" %f'),
    ],
)
def test_words_are_quoted_as_the_specification_says(command: Sequence[str], value: str) -> None:
    assert exec_value(command) == value


def test_a_path_that_is_no_text_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        desktop_files([os.fsdecode(b"/caf\xe9/espalier")])


@needs("desktop-file-validate")
@pytest.mark.parametrize("folder", ODD_FOLDERS)
def test_the_entry_is_valid(folder: str, tmp_path: Path) -> None:
    path = tmp_path / f"{APP_ID}.desktop"
    path.write_text(launcher([f"/opt/{folder}/espalier"]), encoding="utf-8")
    done = subprocess.run(["desktop-file-validate", path], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@needs("appstreamcli")
def test_the_metadata_is_valid() -> None:
    path = files.SOURCES / f"{APP_ID}.metainfo.xml"
    done = subprocess.run(["appstreamcli", "validate", "--no-net", "--no-color", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@needs("gio")
@pytest.mark.parametrize("folder", ODD_FOLDERS)
def test_a_desktop_starts_the_program_wherever_it_lies(folder: str, tmp_path: Path) -> None:
    """GLib does what GNOME, Xfce and others do with a double click on a session file."""
    program, said = tmp_path / folder / "espalier", tmp_path / "said"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$0" "$@" > {shlex.quote(str(said))}\n')
    program.chmod(0o755)
    path = tmp_path / f"{APP_ID}.desktop"
    path.write_text(launcher([str(program), "-P"]), encoding="utf-8")
    session = str(tmp_path / "a 100% file.espalier")
    os.mkfifo(said)
    with os.fdopen(os.open(said, os.O_RDONLY | os.O_NONBLOCK), "rb") as heard:
        done = subprocess.run(["gio", "launch", path, session], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert select.select([heard], [], [], 20)[0]
        words = heard.read().decode().split("\0")
    assert words == [str(program), "-P", session, ""]
