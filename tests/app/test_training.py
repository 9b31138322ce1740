"""A training in a process of its own: news, outcome, a fault, a stop. The process is a script, its words are real."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import training
from app.training import TrainingJob, TrainingNews, TrainingOutcome, TrainingWish
from engine.labelled import LabelledTrace, read_labelled

TRACE = LabelledTrace("p", "Make 24", ("a\n", "b"), (1, 0), True)
NEWS = {"step": 10, "steps": 20, "seconds": 1.5, "losses": {"labels": 0.5, "held out": 0.25}}
WAIT = 60_000
Play = Callable[[str], TrainingJob]


@pytest.fixture
def play(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """A job whose process runs this code; the words for the training are in sys.argv."""
    jobs: list[TrainingJob] = []
    assert qapp is not None, "timers and processes need one"

    def made(code: str) -> TrainingJob:
        monkeypatch.setattr(training, "child_command", lambda _switch, *words: [sys.executable, "-c", code, *words])
        jobs.append(TrainingJob())
        return jobs[-1]

    yield made
    for job in jobs:
        job.cancel()
        job.deleteLater()


def test_news_come_while_it_learns_and_the_outcome_at_the_end(play: Play, qtbot: QtBot, tmp_path: Path) -> None:
    told = json.dumps({"out": "O", "report": "fine", "figures": {"AUC after": 0.75}})
    copy = tmp_path / "copy.jsonl"
    code = (
        f"import sys; open({str(copy)!r}, 'wb').write(sys.stdin.buffer.read())\n"
        f"print({json.dumps(NEWS)!r}, flush=True)\n"
        "print('something else')\n"
        f"print({told!r})\n"
        "print(sys.argv, file=sys.stderr)"
    )
    job = play(code)
    heard: list[TrainingNews] = []
    job.progressed.connect(heard.append)
    with qtbot.waitSignal(job.done, timeout=WAIT) as done:
        job.start(TrainingWish(tmp_path / "deep" / "out", steps=20, fresh=True), iter([(TRACE,), (), (TRACE,)]))
        assert job.running is True
    assert done.args == [TrainingOutcome("O", "fine", {"AUC after": 0.75})]
    assert heard == job.news == [TrainingNews(**NEWS)]  # type: ignore[arg-type]
    assert read_labelled(copy) == (TRACE, TRACE)
    assert job._process is None


def test_a_wish_in_the_words_of_the_command_line() -> None:
    assert TrainingWish(Path("o"), 3).words()[-5:] == ["--out", "o", "--seed", "3", "--events"]
    assert TrainingWish(Path("o"), start=Path("s"), steps=7).words()[-4:] == ["--steps", "7", "--start", "s"]
    assert TrainingWish(Path("o"), fresh=True, policy=Path("q")).words()[-3:] == ["--fresh", "--policy", "q"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; sys.exit('All 9 labels are good: there is nothing to tell apart.')", "nothing to tell apart."),
        ("import sys; sys.exit(3)", "exit code 3."),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", ""),
    ],
)
def test_a_training_that_fails_says_why(code: str, why: str, play: Play, qtbot: QtBot, tmp_path: Path) -> None:
    job = play(code)
    with qtbot.waitSignal(job.failed, timeout=WAIT) as failed:
        job.start(TrainingWish(tmp_path / "out"), iter([(TRACE,)]))
    assert failed.args[0].startswith("The model was not trained: ")
    assert failed.args[0].endswith(why)
    assert not job.running


def test_a_folder_that_cannot_be_made_is_said(play: Play, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    job = play("")
    with qtbot.waitSignal(job.failed, timeout=WAIT):
        job.start(TrainingWish(tmp_path / "file" / "out"), iter([(TRACE,)]))


def test_a_stop_ends_the_process_and_nothing_comes_any_more(play: Play, qtbot: QtBot, tmp_path: Path) -> None:
    job = play(f"import time; print({json.dumps(NEWS)!r}, flush=True); time.sleep(60)")
    heard: list[object] = []
    for signal in (job.done, job.failed):
        signal.connect(heard.append)
    with qtbot.waitSignal(job.progressed, timeout=WAIT):
        job.start(TrainingWish(tmp_path / "out"), iter([(TRACE,)]))
    with qtbot.waitSignal(job.changed, timeout=WAIT):
        job.cancel()
    assert not job.running
    assert heard == []
