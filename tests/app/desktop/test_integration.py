"""`espalier --install-desktop` and the menu: what is said, where it goes, and what it starts."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.command_line import cli
from app.commands.desktop import desktop_actions
from app.desktop import integration, share_folder
from app.desktop.files import LAUNCHER, PATHS
from app.desktop.integration import DesktopError, data_home, install, program_command, uninstall
from app.desktop.menu_entry import KEY, MenuEntry
from tests.app.conftest import MakeWindow
from tests.app.desktop.test_share_folder import contents, everything
from tests.helpers.command_line import says


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's share folder, in which no tool works."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setattr(share_folder, "run_tool", lambda _: "")
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path / "share"


def test_it_is_all_there_and_all_gone(share: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = says(capsys, "--install-desktop")
    assert (status, err) == (0, "")
    assert out == (
        f"Espalier is in the applications menu now, and session files open with it; the files are in {share}.\n"
    )
    assert set(contents(share)) == set(PATHS)

    status, out, err = says(capsys, "--install-desktop")
    assert (status, out) == (0, f"Espalier was in the applications menu already; the files are in {share}.\n")

    status, out, err = says(capsys, "--uninstall-desktop")
    removed = f"Espalier is out of the applications menu: {len(PATHS)} files were removed from {share}.\n"
    assert (status, out, err) == (0, removed, "")
    assert everything(share) == set()

    status, out, err = says(capsys, "--uninstall-desktop")
    assert (status, out) == (0, f"Nothing was removed: Espalier has no menu entry in {share}.\n")


def test_the_help_names_both_switches_and_they_stand_alone(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "--help")
    assert status == 0
    assert "--install-desktop" in out
    assert "--uninstall-desktop" in out
    assert {"--install-desktop", "--uninstall-desktop"} <= set(cli.COMMANDS)
    status, _, err = says(capsys, "--install-desktop", "now")
    assert (status, err) == (2, "espalier: --install-desktop stands alone, without 'now'.\n")


def test_what_a_tool_could_not_do_is_said(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_folder, "run_tool", lambda _: "it is not installed")
    assert install()[1:] == [
        f"{tool} did not help (it is not installed), so the desktop may notice only when you log in again."
        for tool in ("update-desktop-database", "update-mime-database")
    ]
    assert set(contents(share)) == set(PATHS)


def test_a_folder_that_cannot_be_written_is_one_sentence(share: Path, capsys: pytest.CaptureFixture[str]) -> None:
    share.write_text("a file stands where the folder should be")
    status, out, err = says(capsys, "--install-desktop")
    assert (status, out) == (1, "")
    assert err.startswith("espalier: Espalier cannot be added here: ")
    assert str(share) in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("share")
def test_a_file_that_cannot_be_removed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    install()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(DesktopError, match=r"^Espalier cannot be removed here: Permission denied: .*desktop\.$"):
        uninstall()


def test_installing_again_repairs_what_was_moved_or_lost(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/old place/espalier")
    install()
    (share / PATHS[-1]).unlink()
    monkeypatch.setattr(sys, "executable", "/new place/espalier")
    assert "is in the applications menu now" in install()[0]
    entry = (share / LAUNCHER).read_text(encoding="utf-8")
    assert 'Exec="/new place/espalier" %f\nTryExec=/new place/espalier\n' in entry
    assert "/old place" not in entry
    assert set(contents(share)) == set(PATHS)


@pytest.mark.parametrize("running", ["espalier.exe", "espalier-cli.exe"])
def test_a_double_click_on_windows_opens_no_console(running: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", f"/programs/{running}")
    assert [Path(word).name for word in program_command()] == ["espalier.exe"]


def test_a_window_that_is_closed_meanwhile_need_not_be_told(share: Path) -> None:
    window = QObject()
    entry = MenuEntry(lambda _: None, window)
    shiboken6.delete(window)
    entry._perform(install)
    assert set(contents(share)) == set(PATHS)


def test_a_path_that_is_no_text_is_one_sentence(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.fsdecode(b"/caf\xe9/espalier"))
    with pytest.raises(DesktopError, match=r"its path is not UTF-8\.$"):
        install()
    assert not share.exists()


@pytest.mark.usefixtures("share")
def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> dict[str, bytes]:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(integration, "desktop_files", broken)
    with pytest.raises(DesktopError, match=r"^The icons cannot be drawn: libEGL.so.1.*\.$"):
        install()


def test_the_program_is_the_bundle_the_script_or_the_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, script = tmp_path / "python", tmp_path / "espalier"
    monkeypatch.setattr(sys, "executable", str(python))
    assert program_command() == [str(python), "-P", "-m", "app"]
    script.write_text("")
    assert program_command() == [str(script)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_command() == [str(python)]


def test_the_users_share_folder_is_where_the_specification_says(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Path.home() / ".local" / "share"
    assert data_home({"XDG_DATA_HOME": "/else where"}) == Path("/else where")
    assert data_home({"XDG_DATA_HOME": "relative"}) == data_home({"XDG_DATA_HOME": ""}) == data_home({}) == usual

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(DesktopError, match="no home folder"):
        data_home({})


def test_a_mac_needs_nothing() -> None:
    assert install("darwin") == uninstall("darwin")
    assert "Espalier.app" in install("darwin")[0]


def test_the_menu_adds_and_removes_and_says_so(qtbot: QtBot, make: MakeWindow, share: Path) -> None:
    window = make()

    def does(action: str) -> str:
        """What the window says of it."""
        window.banner.close_notice(KEY)
        before = window.banner.texts
        window.actions_.trigger(action)
        qtbot.waitUntil(lambda: len(window.banner.texts) > len(before))
        return window.banner.texts[-1]

    assert does("help.add_to_menu").startswith("Espalier is in the applications menu now")
    assert set(contents(share)) == set(PATHS)
    assert does("help.remove_from_menu").startswith("Espalier is out of the applications menu")
    assert everything(share) == set()
    shutil.rmtree(share)  # what is the program's own, too
    share.write_text("a file stands where the folder should be")
    assert does("help.add_to_menu").startswith("Espalier cannot be added here")


@pytest.mark.parametrize(
    ("system", "frozen", "titles"),
    [
        ("linux", False, ["Add Espalier to the applications menu", "Remove Espalier from the applications menu"]),
        ("linux", True, ["Add Espalier to the applications menu", "Remove Espalier from the applications menu"]),
        ("win32", True, ["Open session files with Espalier", "No longer open session files with Espalier"]),
        ("win32", False, []),
        ("darwin", True, []),
    ],
)
def test_the_menu_offers_what_the_system_can_do(system: str, frozen: bool, titles: list[str]) -> None:
    actions = desktop_actions(MenuEntry(lambda _: None, QObject()), frozen, system)
    assert [action.title for action in actions] == titles
