"""A sentence reaches somebody who has no terminal, as plain text."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.start.plain_message import message_command, tell


def having(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def test_the_first_program_that_is_there_is_called() -> None:
    assert message_command("No.", "linux", having("notify-send", "kdialog"))[0] == "kdialog"
    assert message_command("No.", "linux", having("xmessage", "notify-send"))[0] == "xmessage"
    assert message_command("No.", "linux", having()) == []


@pytest.mark.parametrize("program", ["zenity", "kdialog", "xmessage", "notify-send"])
def test_nothing_in_the_sentence_is_markup(program: str) -> None:
    command = message_command('In <a href="x">&nbsp;</a>', "linux", having(program))
    assert not set("<>&") & set(command[-1])
    assert 'In ‹a href="x"›' in command[-1]


def test_a_box_that_does_not_wrap_gets_short_lines_and_whole_options() -> None:
    command = message_command(
        f"Type this: apt-get install {'-y --no-install-recommends ' * 4}", "linux", having("xmessage")
    )
    lines = command[-1].splitlines()
    assert max(map(len, lines)) <= 72
    assert command[-1].replace("\n", " ").count("--no-install-recommends") == 4


def test_a_mac_gets_the_sentence_as_an_argument_and_not_as_script() -> None:
    command = message_command('" & (do shell script "x")', "darwin")
    assert command[-1] == '" & (do shell script "x")'
    assert not any("do shell script" in word for word in command[:-1])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_there_is_only_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spawned: list[str] = []
    monkeypatch.setattr(os, "posix_spawnp", lambda name, *_: spawned.append(name))
    tell("No window.", {"QT_QPA_PLATFORM": "offscreen"})
    assert capsys.readouterr().err == "espalier: No window.\n"
    assert spawned == []


@pytest.mark.skipif(sys.platform != "linux", reason="a stand-in for zenity")
def test_with_a_display_and_no_terminal_a_box_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    box, said = tmp_path / "zenity", tmp_path / "said"
    box.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}"\n')
    box.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("app.start.plain_message.why_no_display", lambda _: "")
    waited: list[int] = []
    spawn = os.posix_spawnp
    monkeypatch.setattr(os, "posix_spawnp", lambda *words: waited.append(spawn(*words)))
    tell("No window.")
    os.waitpid(waited[0], 0)
    assert "--text=No window." in said.read_text().splitlines()
    assert "No window." in capsys.readouterr().err
