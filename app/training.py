"""Trains a process reward model on labels in a process of its own, and says how it is going. Knows no widget, no torch.

The labelled traces go through a pipe: nothing of a session lies about, whatever happens to the window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.engine_process import child_command, child_environment
from app.language import tr
from app.plain_text import one_line
from engine.labelled import LabelledTrace, encoded

SLICE_SECONDS = 0.012
"""Of collecting labels, between two turns of the window."""
LONGEST_REASON = 400
LAST_LINES = 20
"""Of what the process writes to its log, kept for a reason."""
PATIENCE_MS = 3_000
"""For a process that is told to end."""


class TrainingWish(msgspec.Struct, frozen=True):
    """What is to be trained, and how."""

    out: Path
    """The folder that the model is written to."""
    seed: int = 0
    steps: int = 0
    """0: as many as the recipe finds right."""
    start: Path | None = None
    """A process reward model to go on from; None: the bundled one."""
    fresh: bool = False
    """Begin with the policy's weights and a new head."""
    policy: Path | None = None
    """With `fresh`: that policy; None: the bundled one."""

    def words(self) -> list[str]:
        """As the training takes them on its command line."""
        said = ["prm", "--traces", "-", "--out", str(self.out), "--seed", str(self.seed), "--events"]
        said += ["--steps", str(self.steps)] * bool(self.steps)
        if self.fresh:
            return [*said, "--fresh", *(["--policy", str(self.policy)] if self.policy else [])]
        return [*said, *(["--start", str(self.start)] if self.start else [])]


class TrainingNews(msgspec.Struct, frozen=True):
    """How far a training is."""

    step: int
    steps: int
    seconds: float
    losses: dict[str, float]
    """In nats per label, by name: `labels` as a moving average, `held out` where something is."""


class TrainingOutcome(msgspec.Struct, frozen=True):
    """What came of it."""

    out: str
    """The folder that it was written to."""
    report: str
    """A table of figures on traces that were not learned from."""
    figures: dict[str, float]


class TrainingJob(QObject):
    """One training at a time. After `start` exactly one of `done` and `failed` comes, unless it is cancelled."""

    progressed = Signal(object)
    """TrainingNews."""
    done = Signal(object)
    """TrainingOutcome."""
    failed = Signal(str)
    """A sentence."""
    changed = Signal()
    """It has begun or ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.news: list[TrainingNews] = []
        """Of the training under way, or of the last one, oldest first."""
        self._labels: list[bytes] = []
        self._work: Iterator[Sequence[LabelledTrace]] | None = None
        self._wish: TrainingWish | None = None
        self._process: QProcess | None = None
        self._outcome: TrainingOutcome | None = None
        self._buffer = b""
        self._log: deque[str] = deque(maxlen=LAST_LINES)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._collect)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)

    @property
    def running(self) -> bool:
        return self._work is not None or self._process is not None

    def start(self, wish: TrainingWish, traces: Iterator[Sequence[LabelledTrace]]) -> None:
        """Collect the labelled traces, a slice at a time, and train on them. Does nothing while one is under way."""
        if self.running:
            return
        self.news, self._labels, self._outcome = [], [], None
        self._buffer, self._wish, self._work = b"", wish, traces
        self._log.clear()
        self._turn.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Nothing comes any more; the process is gone when this returns. What it saved on the way stays beside the
        folder, and the same wish goes on from there."""
        was = self.running
        self._turn.stop()
        self._work = None
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._on_finished)
            process.errorOccurred.disconnect(self._on_error)
            process.kill()
            process.waitForFinished(PATIENCE_MS)
            process.deleteLater()
        self._labels = []
        if was:
            self.changed.emit()

    def _collect(self) -> None:
        work, until = self._work, perf_counter() + SLICE_SECONDS
        try:
            while work is not None and perf_counter() < until:
                self._labels.append(encoded(next(work)))
        except StopIteration:
            self._turn.stop()
            self._work = None
            self._train()

    def _train(self) -> None:
        assert self._wish is not None, "start was called"
        try:
            self._wish.out.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._fail(error.strerror or str(error))
            return
        command = child_command("--learning", *self._wish.words())
        self._process = process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setProgram(command[0])
        process.setArguments(command[1:])
        process.readyReadStandardOutput.connect(self._hear)
        process.readyReadStandardError.connect(self._note)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()
        process.write(b"".join(self._labels))
        process.closeWriteChannel()
        self._labels = []

    def _hear(self) -> None:
        """Lines of JSON: news, and at the end the outcome. Anything else is passed over."""
        if self._process is None:
            return
        *lines, self._buffer = (self._buffer + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            with suppress(msgspec.MsgspecError):
                self._take(line)

    def _take(self, line: bytes) -> None:
        if b'"out"' in line:
            self._outcome = msgspec.json.decode(line, type=TrainingOutcome)
            return
        news = msgspec.json.decode(line, type=TrainingNews)
        self.news.append(news)
        self.progressed.emit(news)

    def _note(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self._log.extend(line for line in said.splitlines() if line.strip())

    def _on_finished(self) -> None:
        self._hear()
        self._note()
        process, self._process = self._process, None
        if process is None:
            return
        crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
        process.deleteLater()
        if self._outcome is None:
            last = self._log[-1] if self._log else tr("exit code {code}.").format(code=process.exitCode())
            self._fail(tr("it was stopped.") if crashed else last)
            return
        self.changed.emit()
        self.done.emit(self._outcome)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._fail(self._process.errorString())

    def _fail(self, reason: str) -> None:
        self.cancel()
        words = tr("The model was not trained: {reason}")
        self.failed.emit(words.format(reason=one_line(reason, LONGEST_REASON)))
