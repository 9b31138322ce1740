"""A strategy is one file and one line: the toy's file is tests/helpers/toy_strategy.py, and the line is in `toy` below.

Form, flags, help page, run, log and tree come from that file; no other part of the program has heard of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from app.command_line import headless
from app.dialogs.new_run import NewRunForm
from app.dialogs.settings_form import SettingsForm
from app.plans import FIRST_PLAN
from app.theme import Theme
from engine.events import Pruned, RunFinished
from engine.search import SEARCHES, SettingError, make_search
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import ROOT, says
from tests.helpers.invariants import check_tree
from tests.helpers.running import plan, resume_log, run_log
from tests.helpers.toy_strategy import RandomWalk

RUN = ["run", "4 9 10 13", "--search", "random-walk", "--out", "a.espalier"]


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The line; an engine process of its own needs it, too."""
    monkeypatch.setitem(SEARCHES, RandomWalk.name, RandomWalk)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(headless, "engine_command", lambda: [sys.executable, "-m", "tests.helpers.toy_engine"])
    monkeypatch.chdir(tmp_path)


def test_it_runs_to_its_end_and_its_log_can_be_read() -> None:
    log = run_log(plan("random-walk", width=4))
    tree = fold(log)
    assert isinstance(log[-1].event, RunFinished)
    assert tree.finished is not None
    assert tree.finished.answer
    assert any(isinstance(record.event, Pruned) for record in log)
    check_tree(tree, log)


def test_it_is_stopped_anywhere_and_gone_on_with() -> None:
    wish = plan("random-walk", width=4)
    for cut in range(1, len(run_log(wish))):
        log = resume_log(wish, run_log(wish)[:cut])
        check_tree(fold(log), log)
        assert fold(log).finished is not None


def test_it_has_a_help_page_and_stands_in_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, "strategies")
    assert status == 0
    assert "random-walk" in out
    assert "Random walk" in out
    status, out, _ = says(capsys, "strategies", "random-walk")
    assert status == 0
    for words in (
        "one is taken by chance", "Pearson 1905", "P(child) = 1 / children", "Width", "From 1 to 64", "Default: 3",
        "none, likeliest",
    ):  # fmt: skip
        assert words in out


def test_its_settings_are_flags(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, *RUN, "--width", "5", "--bias=likeliest", "--set", "temperature=0.5", "--json")
    assert status == 0
    assert json.loads(out)["pruned"] > 0
    with Session.open(Path("a.espalier")) as session:
        settings = session.plan(1).settings
        assert fold(session.records(1)).finished is not None
    assert settings == {"width": 5, "temperature": 0.5, "bias": "likeliest"}
    assert "--bias none|likeliest" in says(capsys, *RUN, "--help")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--width", "0"], "Width must be at least 1, not 0"),
        (["--bias", "home"], "Bias must be one of none, likeliest"),
        (["--simulations", "3"], "simulations"),
    ],
)
def test_what_it_cannot_be_is_refused_before_the_start(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = says(capsys, *RUN, *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert not Path("a.espalier").exists()
    with pytest.raises(SettingError):
        make_search("random-walk", {"width": 0})


def test_its_form_is_in_the_window(qtbot: QtBot) -> None:
    form = NewRunForm(FIRST_PLAN, Theme("dark"))
    qtbot.addWidget(form)
    searches = next(box for box in form.findChildren(QComboBox) if box.findData("mcts") >= 0)
    place = searches.findData("random-walk")
    assert searches.itemText(place) == "Random walk"
    searches.setCurrentIndex(place)
    assert form.plan().search == "random-walk"
    assert form.plan().settings == {"width": 3, "temperature": 1.0, "bias": "none"}
    (settings,) = form.findChildren(SettingsForm)
    width = settings.field("width")
    assert isinstance(width, QSpinBox)
    assert (width.minimum(), width.maximum()) == (1, 64)
