"""`espalier resume --more`: a run that has ended goes on tomorrow, and is the run that it would have been at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.command_line import run as command
from engine.events import Budget
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import says, scripted_engine

RUN = ["run", "4 9 10 13", "--set", "width=2", "--set"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch)
    return tmp_path


def test_more_tomorrow_is_all_at_once(capsys: Capture) -> None:
    assert says(capsys, *RUN, "simulations=9", "--out", "whole.espalier")[0] == 0
    assert says(capsys, *RUN, "simulations=4", "--out", "two.espalier")[0] == 0
    status, out, _ = says(capsys, "resume", "two.espalier", "--more", "5", "--budget-tokens", "90000")
    assert status == 0
    assert "all 9 simulations are done" in out
    with Session.open(Path("whole.espalier")) as whole, Session.open(Path("two.espalier")) as two:
        assert fold(two.records(1)).nodes == fold(whole.records(1)).nodes
        assert two.plan(1).settings["simulations"] == 9
        tokens = two.plan(1).budget.tokens
    assert tokens is not None
    assert tokens > 90_000


def test_a_long_wait_is_explained(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    says(capsys, *RUN, "simulations=4", "--out", "a.espalier")
    assert "is being read" not in says(capsys, "resume", "a.espalier", "--more", "1")[2]
    monkeypatch.setattr(command, "LONG", 10)
    assert "Run 1 is being read: " in says(capsys, "resume", "a.espalier", "--more", "1")[2]


def test_a_budget_that_is_used_up_is_raised(capsys: Capture) -> None:
    words = ["run", "4 9 10 13", "--search", "beam", "--budget-tokens", "60", "--out", "a.espalier"]
    assert "The budget is used up" in says(capsys, *words)[1]
    status, _, err = says(capsys, "resume", "a.espalier")
    assert (status, "Let it do more with --more" in err) == (2, True)
    status, _, err = says(capsys, "resume", "a.espalier", "--more", "3")
    assert (status, "no count that could be raised" in err) == (2, True)
    assert says(capsys, "resume", "a.espalier", "--budget-tokens", "90000")[0] == 0
    with Session.open(Path("a.espalier")) as session:
        assert session.info(1).reason == "finished"
        assert session.plan(1).budget != Budget(tokens=60)


@pytest.mark.parametrize("word", ["0", "-3", "some"])
def test_no_more_is_refused(capsys: Capture, word: str) -> None:
    says(capsys, *RUN, "simulations=2", "--out", "a.espalier")
    status, _, err = says(capsys, "resume", "a.espalier", "--more", word)
    assert status == 2
    assert "--more" in err


@pytest.mark.parametrize("in_flight", [1, 4])
def test_leaves_in_flight_promise_no_more_than_is_true(capsys: Capture, in_flight: int) -> None:
    says(capsys, *RUN, "simulations=6", "--set", f"in_flight={in_flight}", "--out", "a.espalier")
    status, _, err = says(capsys, "resume", "a.espalier", "--more", "2")
    assert (status, "may differ from what would have come at once" in err) == (0, in_flight > 1)
