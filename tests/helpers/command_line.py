"""The command line in this process, with an engine process whose models are scripted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.command_line import headless
from app.command_line.cli import main

ROOT = Path(__file__).parents[2]


def scripted_engine(monkeypatch: pytest.MonkeyPatch, kind: str = "scripted_engine") -> None:
    """From now on engines play by script, whatever the current folder is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = [sys.executable, "-m", f"tests.helpers.{kind}"]
    monkeypatch.setattr(headless, "engine_command", lambda: command)


def says(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command."""
    status = main(words)
    out, err = capsys.readouterr()
    return status, out, err
