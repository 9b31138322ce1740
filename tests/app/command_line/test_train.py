"""`espalier train prm --from SESSION`: the labels of a session go to the training; the training is a script here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.command_line import train
from engine.labelled import read_labelled
from storage.session import Session
from tests.helpers.command_line import says
from tests.helpers.running import plan, run_log


@pytest.fixture
def session(tmp_path: Path) -> Path:
    file = tmp_path / "a.espalier"
    with Session.create(file) as made:
        for text in ("3 4 8", "4 9 10 13"):
            wish = plan("mcts", text=text, simulations=12)
            made.append(run_log(wish, number=made.new_run(wish)))
    return file


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the script puts the traces that it was given."""
    to = tmp_path / "copy.jsonl"
    code = f"import shutil, sys; shutil.copy(sys.argv[4], {str(to)!r}); print(*sys.argv[5:], file=sys.stderr)"
    monkeypatch.setattr(train, "child_command", lambda *words: [sys.executable, "-c", code, *words])
    return to


def test_the_labels_of_all_runs_are_learned(session: Path, copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status = says(capfd, "train", "prm", "--from", str(session), "--labels", "exact", "--steps", "5", "--fresh")
    assert status[0] == 0
    traces = read_labelled(copy)
    assert {trace.problem for trace in traces} == {"game24 3 4 8", "game24 4 9 10 13"}
    count = sum(label is not None for trace in traces for label in trace.labels)
    assert f"a.espalier: {count} labels (" in status[2]
    assert "of 2 problems" in status[2]
    assert "--steps 5 --fresh" in status[2]


def test_the_labels_of_one_run(session: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "train", "prm", f"--from={session}", "--run", "2", "--labels", "exact")[0] == 0
    assert {trace.problem for trace in read_labelled(copy)} == {"game24 4 9 10 13"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["orm", "--from", "SESSION"], "Only the prm learns from the labels"),
        (["prm", "--from", "nowhere"], "There is no file nowhere."),
        (["prm", "--from"], "expected one argument"),
        (["prm", "--from", "SESSION", "--labels", "oracle"], "'oracle' is no source of labels; there are: person"),
        (["prm", "--from", "SESSION", "--labels", ","], "Name at least one source of labels"),
        (["prm", "--from", "SESSION", "--neutral", "maybe"], "invalid choice"),
    ],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], why: str, session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = says(capsys, "train", *(word.replace("SESSION", str(session)) for word in words))
    assert status == 2
    assert why in said
