"""`espalier train prm --from SESSION`: the labels of a session go to the training; the training is a script here."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from app.command_line import train
from engine.labelled import read_labelled
from engine.scores.labelling import ended_traces, label_plan
from engine.tree import fold
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
    code = f"import sys; open({str(to)!r}, 'wb').write(sys.stdin.buffer.read()); print(*sys.argv[5:], file=sys.stderr)"
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


def test_a_session_without_such_labels_is_told_before_a_training_begins(
    session: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, said = says(capsys, "train", "prm", "--from", str(session), "--labels", "person")
    assert status == 2
    assert said.startswith("espalier: a.espalier has no labels of this kind: person. ")
    assert not copy.exists()


def test_the_labels_of_one_run(session: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "train", "prm", f"--from={session}", "--run", "2", "--labels", "exact")[0] == 0
    assert {trace.problem for trace in read_labelled(copy)} == {"game24 4 9 10 13"}


def test_samples_of_label_runs_count_for_one_run_too(
    session: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Session.open(session) as kept:
        wish = kept.plan(1)
        traces = ended_traces(fold(kept.records(1)))
        labels = label_plan(wish, traces[:1], 2, 0)
        kept.append(run_log(labels, number=kept.new_run(labels)))
    status, _, said = says(capsys, "train", "prm", "--from", str(session), "--run", "1", "--labels", "monte-carlo")
    assert status == 0
    assert {trace.problem for trace in read_labelled(copy)} == {"game24 3 4 8"}, said


@pytest.mark.skipif(os.name == "nt", reason="requests to end are sent in another way there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_reaches_the_training_and_ctrl_c_is_its_own_affair(
    number: signal.Signals,
    session: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The child stands for a training that saves its state: it ends in its own time, and we wait for it."""
    saved = tmp_path / "saved"
    code = (
        "import os, signal, sys, threading\n"
        "asked = threading.Event()\n"
        f"signal.signal({int(number)}, lambda *_: asked.set())\n"
        "sys.stdin.read()\n"
        f"os.kill(os.getppid(), {int(number)})\n"
        f"{'os.kill(os.getpid(), signal.SIGINT)' if number == signal.SIGINT else ''}\n"
        "asked.wait(20)\n"
        f"open({str(saved)!r}, 'w').close()\n"
        "sys.exit(130)\n"
    )
    monkeypatch.setattr(train, "child_command", lambda *_: [sys.executable, "-c", code])
    assert says(capsys, "train", "prm", "--from", str(session), "--labels", "exact")[0] == 130
    assert saved.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["orm", "--from", "SESSION"], "Only the prm learns from the labels"),
        (["prm", "--from", "nowhere"], "There is no file nowhere."),
        (["prm", "--from"], "expected one argument"),
        (["prm", "--from", "SESSION", "--run", "9"], "a.espalier has no run 9; its runs: 1, 2."),
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
