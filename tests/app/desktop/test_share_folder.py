"""Files in a share folder: there once however often it is asked, gone without a trace, whatever the tools do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.desktop import share_folder
from app.desktop.files import LAUNCHER, MIME_TYPE, PATHS, desktop_files
from app.desktop.share_folder import TOOLS, Outcome, put, run_tool, take_away
from storage.session import Session
from tests.app.desktop.test_files import needs

FILES = {"applications/x.desktop": b"entry", "mime/packages/x.xml": b"<x/>", "icons/hicolor/16x16/apps/x.png": b"png"}


class Tools:
    """Stands for the desktop's tools: remembers what is called and fails as told."""

    def __init__(self, why: str = "") -> None:
        self.why, self.called = why, list[tuple[str, ...]]()

    def __call__(self, command: Sequence[str]) -> str:
        self.called.append(tuple(command))
        return self.why


OWN = "espalier"
"""The program's own folder there: its key, and sessions without a name."""


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if OWN not in path.relative_to(folder).parts}


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder): path.read_bytes() for path in files}
    return {str(path): content for path, content in found.items() if OWN not in path.parts}


def test_everything_is_put_where_it_belongs(tmp_path: Path) -> None:
    tools = Tools()
    assert put(FILES, tmp_path, tools) == Outcome(tuple(FILES), ())
    assert contents(tmp_path) == FILES
    assert tools.called == [
        ("update-desktop-database", str(tmp_path / "applications")),
        ("update-mime-database", str(tmp_path / "mime")),
    ]


def test_twice_is_once(tmp_path: Path) -> None:
    put(FILES, tmp_path, Tools())
    again = Tools()
    assert put(FILES, tmp_path, again) == Outcome((), ())
    assert contents(tmp_path) == FILES
    assert len(again.called) == 2  # a cache that was lost comes back


def test_what_changed_is_written_anew(tmp_path: Path) -> None:
    put(FILES, tmp_path, Tools())
    moved = {**FILES, "applications/x.desktop": b"entry elsewhere"}
    assert put(moved, tmp_path, Tools()).changed == ("applications/x.desktop",)
    assert contents(tmp_path) == moved


def test_removing_leaves_nothing(tmp_path: Path) -> None:
    put(FILES, tmp_path, Tools())
    tools = Tools()
    assert take_away(FILES, tmp_path, tools).changed == tuple(FILES)
    assert everything(tmp_path) == set()
    assert [command[0] for command in tools.called] == ["update-desktop-database", "update-mime-database"]


def test_removing_nothing_changes_nothing_and_calls_nobody(tmp_path: Path) -> None:
    tools = Tools()
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "mimeinfo.cache").write_bytes(b"")
    assert take_away(FILES, tmp_path, tools) == Outcome((), ())
    assert tools.called == []
    assert everything(tmp_path) == {"applications", "applications/mimeinfo.cache"}


def test_the_files_of_others_stay(tmp_path: Path) -> None:
    others = {"applications/y.desktop": b"y", "mime/packages/y.xml": b"y", "icons/hicolor/16x16/apps/y.png": b"y"}
    put(others, tmp_path, Tools())
    (tmp_path / "mime" / "globs2").write_bytes(b"made from both")
    before = everything(tmp_path)
    put(FILES, tmp_path, Tools())
    take_away(FILES, tmp_path, Tools())
    assert everything(tmp_path) == before


def test_a_tool_that_fails_is_told_and_no_error(tmp_path: Path) -> None:
    done = put(FILES, tmp_path, Tools("it is broken"))
    assert done.failed == (
        ("update-desktop-database", "it is broken"),
        ("update-mime-database", "it is broken"),
    )
    assert contents(tmp_path) == FILES
    assert len(take_away(FILES, tmp_path, Tools("it is broken")).failed) == 2
    assert everything(tmp_path) == set()


def test_a_cache_of_icons_is_renewed_but_never_begun(tmp_path: Path) -> None:
    cache = tmp_path / "icons" / "hicolor" / "icon-theme.cache"
    tools = Tools()
    put(FILES, tmp_path, tools)
    assert "gtk-update-icon-cache" not in {command[0] for command in tools.called}
    cache.write_bytes(b"old")
    put(FILES, tmp_path, tools)
    assert tools.called[-1] == ("gtk-update-icon-cache", "-f", "-t", "-q", str(cache.parent))


def test_programs_that_run_look_for_icons_again(tmp_path: Path) -> None:
    put(FILES, tmp_path, Tools())
    theme = tmp_path / "icons" / "hicolor"
    os.utime(theme, (1, 1))
    put(FILES, tmp_path, Tools())
    assert theme.stat().st_mtime > 1


def test_a_file_that_cannot_be_written_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(FILES, tmp_path, Tools())

    def full(path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        put({**FILES, "applications/x.desktop": b"new"}, tmp_path, Tools())
    assert contents(tmp_path) == FILES


def test_tools_are_called_and_their_failures_put_into_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_tool(["sh", "-c", "exit 0"]) == ""
    assert run_tool(["sh", "-c", "echo broken >&2; exit 3"]) == "broken"
    assert run_tool(["sh", "-c", "exit 3"]) == "it ended with 3"
    assert run_tool([str(tmp_path / "nowhere")]) == "it is not installed"
    (tmp_path / "no_program").write_text("")
    assert "Permission denied" in run_tool([str(tmp_path / "no_program")])
    monkeypatch.setattr(share_folder, "TOOL_SECONDS", 0.01)
    assert "timed out" in run_tool(["sleep", "60"])


@needs("update-desktop-database", "update-mime-database", "gio")
def test_a_desktop_knows_sessions_by_name_and_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(share))
    named, bare, plain = tmp_path / "a.espalier", tmp_path / "a session", tmp_path / "a database"
    Session.create(named).close()
    bare.write_bytes(named.read_bytes())
    plain.write_bytes(bytes(0 if at in range(68, 72) else byte for at, byte in enumerate(named.read_bytes())))

    assert put(desktop_files(["sh"]), share).failed == ()
    assert type_of(named) == type_of(bare) == MIME_TYPE
    assert "sqlite3" in type_of(plain)
    assert Path(LAUNCHER).name in said("gio", "mime", MIME_TYPE)

    assert take_away(PATHS, share).failed == ()
    assert everything(share) == set()
    assert "sqlite3" in type_of(bare)


def type_of(path: Path) -> str:
    return (
        said("gio", "info", "-a", "standard::content-type", str(path)).rpartition("standard::content-type:")[2].strip()
    )


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout


def test_every_tool_works_below_what_it_needs() -> None:
    for tool in TOOLS:
        assert tool.needs.startswith(tool.folder)
        assert any(path.startswith(tool.folder) for path in PATHS)
