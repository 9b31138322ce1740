"""Why a machine can show no window: a sentence for each reason, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from app.start import checks as start_checks
from app.start.checks import NEED_NO_QT, NEW_INSTANCE, why_no_command, why_no_picture, why_no_window, why_no_word


def nothing(_environment: Mapping[str, str] = {}) -> str:
    return ""


def all_there(_table: Iterable[str]) -> list[str]:
    return []


def why(files: tuple[str, ...] = (), processor: str = "", display: str = "", missing: tuple[str, ...] = ()) -> str:
    return why_no_window({}, files, lambda: processor, lambda _: display, lambda _: list(missing))


def test_a_good_machine_has_no_reason() -> None:
    assert why_no_window({}, (), nothing, nothing, all_there) == ""


def test_a_word_that_means_nothing_is_said_where_it_was_typed(tmp_path: Path) -> None:
    assert why_no_word(["--hlep"]) == "There is no option --hlep. See: espalier --help"
    assert why_no_word(["runn", "4 9 10 13"]) == "There is no command and no file called runn. See: espalier --help"
    assert "no option --hlep" in why_no_word([NEW_INSTANCE, "--hlep"])
    (tmp_path / "session").touch()
    assert why_no_word([]) == why_no_word([NEW_INSTANCE, str(tmp_path / "session"), "gone.espalier"]) == ""


def test_missing_libraries_come_with_the_command_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_checks, "install_command", lambda sonames: f"get {' '.join(sonames)}")
    assert why(missing=("libGL.so.1", "libEGL.so.1")) == (
        "No window can be shown here: these system libraries are missing: libGL.so.1, libEGL.so.1. "
        "To install them: get libGL.so.1 libEGL.so.1"
    )


def test_on_an_unknown_system_the_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_checks, "install_command", lambda _sonames: "")
    assert why(missing=("libGL.so.1",)).endswith("libGL.so.1. Install the packages of your system that hold them.")


def test_without_a_display_there_is_the_command_line() -> None:
    assert why(display="DISPLAY is not set") == (
        "No window can be shown here: DISPLAY is not set. The command line works without a display: espalier --help"
    )
    assert why(("my file.espalier",), display="none").endswith("To read it as text: espalier show 'my file.espalier'")


def test_an_old_processor_is_the_first_reason() -> None:
    assert why(processor="too old", display="none", missing=("libGL.so.1",)) == "No window can be shown here: too old."


def test_a_picture_needs_libraries_and_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_checks, "install_command", lambda sonames: f"get {' '.join(sonames)}")
    assert why_no_picture(lambda _: []) == ""
    assert why_no_picture(lambda _: ["libGL.so.1"]) == (
        "No picture can be painted here: these system libraries are missing: libGL.so.1. "
        "To install them: get libGL.so.1"
    )


def test_only_help_is_left_on_an_old_processor() -> None:
    assert why_no_command("run", lambda: "too old") == "Nothing can be run here: too old."
    assert why_no_command("run", nothing) == ""
    assert [why_no_command(word, lambda: "too old") for word in NEED_NO_QT] == [""] * len(NEED_NO_QT)
