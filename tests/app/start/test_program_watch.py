"""An import out of a program that was replaced is refused, before anybody reads nonsense or ends the program."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from app.start.program_watch import ProgramWatch


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "espalier"
    path.write_bytes(b"the program")
    return path


def test_a_program_that_stays_as_it_is_imports_what_it_likes(program: Path) -> None:
    watch = ProgramWatch(program)
    assert not watch.changed
    assert watch.find_spec("app.dialogs.about", None) is None


def test_a_program_that_is_gone_imports_nothing(program: Path) -> None:
    watch = ProgramWatch(program)
    program.unlink()
    with pytest.raises(ImportError, match="has changed or is gone"):
        watch.find_spec("app.dialogs.about", None)


def test_an_upgrade_by_a_file_of_the_same_size_is_noticed(program: Path) -> None:
    watch = ProgramWatch(program)
    new = program.with_suffix(".new")
    new.write_bytes(program.read_bytes())
    new.replace(program)
    assert watch.changed


def test_it_is_asked_before_any_file_is_looked_for_and_not_for_what_is_loaded(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_late_module.py").write_text("")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    ProgramWatch(program).begin()
    program.unlink()
    assert importlib.import_module("json") is sys.modules["json"]
    with pytest.raises(ImportError, match="has changed or is gone"):
        importlib.import_module("a_late_module")
