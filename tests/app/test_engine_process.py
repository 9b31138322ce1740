"""How children are called, from source and frozen."""

from __future__ import annotations

import sys

import pytest

from app.engine_process import CHILDREN, become_child, child_command, child_environment, engine_command, window_command


def test_from_source_a_child_is_a_module_and_the_current_folder_is_not_searched() -> None:
    assert engine_command() == [sys.executable, "-P", "-m", "engine"]
    assert window_command() == [sys.executable, "-P", "-m", "app"]
    assert child_command("--learning", "prm", "--seed", "1")[2:] == ["-m", "engine.learning", "prm", "--seed", "1"]


def test_frozen_a_child_is_the_program_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert engine_command() == [sys.executable, "--engine"]
    assert window_command() == [sys.executable]
    assert child_command("--benchmarks", "prm") == [sys.executable, "--benchmarks", "prm"]


def test_the_environment_is_quiet_unless_the_user_says_otherwise() -> None:
    child = child_environment({"PYTHONDONTWRITEBYTECODE": "1", "OMP_WAIT_POLICY": "ACTIVE", "PATH": "/bin"})
    assert child == {
        "OMP_WAIT_POLICY": "ACTIVE",
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PATH": "/bin",
    }


def test_only_our_switches_become_a_child() -> None:
    assert not become_child([])
    assert not become_child(["run", "--engine"])


def test_a_switch_runs_its_module_as_the_main_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(CHILDREN, "--engine", "this")
    monkeypatch.setattr(sys, "argv", ["espalier", "--engine", "word"])
    assert become_child(["--engine", "word"])
    assert sys.argv[1:] == ["word"]
    assert "Beautiful is better than ugly." in capsys.readouterr().out
