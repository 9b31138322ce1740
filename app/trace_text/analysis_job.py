"""Analyses a trace without holding the window up: a short one at once, a long one in a child process.

A thread would not do: rules over text are pure Python, and a long regular expression keeps the interpreter to itself.
What comes back is read, and made into pieces and marks, a few milliseconds at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.engine_process import child_command, child_environment
from app.language import tr
from app.plain_text import one_line
from app.trace_text.shown import Shown, show
from app.trace_text.slices import SLICE_SECONDS, Slices
from engine.traces.analysis import Analysis, analyse
from engine.traces.functions import Function
from engine.traces.parcels import Bytes, ParcelError, Progress, Unpacking, Wish, pack, wish
from engine.traces.spans import Trace

SHORT = 6_000
"""Characters up to which a trace is analysed in this process: in about 20 ms."""
LONGEST_REASON = 300
PIPE_BYTES = 1 << 16


class AnalysisJob(QObject):
    """One analysis. After `start` exactly one of `done` and `failed` comes, later, unless it is cancelled."""

    progressed = Signal(float)
    """Share of the work that is done, in [0, 1]."""
    done = Signal(object)
    """Shown."""
    failed = Signal(str)
    """A sentence."""

    def __init__(
        self,
        trace: Trace,
        gold: str | None = None,
        by_hand: Mapping[int, Function | None] | None = None,
        token_ends: Sequence[int] = (),
        parent: QObject | None = None,
    ) -> None:
        """Everything but the parent as for `engine.traces.analysis.analyse`."""
        super().__init__(parent)
        self._trace = trace
        self._wish: Wish = wish(trace, gold, by_hand, token_ends)
        self._process: QProcess | None = None
        self._slices: Slices | None = None
        self._bytes, self._unpacking = Bytes(), Unpacking()
        self._turn = QTimer(self, interval=0)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)

    @property
    def running(self) -> bool:
        return self._turn.isActive() or self._process is not None or self._slices is not None

    def start(self) -> None:
        """Once."""
        self._turn.timeout.connect(self._at_once if len(self._trace.text) <= SHORT else self._read)
        self._turn.start()

    def cancel(self) -> None:
        """Nothing comes any more; a child process is gone when this returns."""
        self._turn.stop()
        if self._slices is not None:
            self._slices.stop()
            self._slices = None
        self._end_child()

    def _at_once(self) -> None:
        self._turn.stop()
        ours = self._wish
        self._show(analyse(self._trace, ours.gold, ours.by_hand, ours.token_ends))

    # The child.

    def _start_child(self) -> None:
        command = child_command("--traces")
        self._process = process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.setProgram(command[0])
        process.setArguments(command[1:])
        process.readyReadStandardOutput.connect(self._turn.start)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()
        if process.isOpen():  # where a program is not found, some systems say so at once
            process.write(pack(self._wish))
            process.closeWriteChannel()

    def _end_child(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.kill()
        process.waitForFinished()
        process.deleteLater()

    def _read(self) -> None:
        """Parcels that have come, for a few milliseconds."""
        if self._process is None:
            self._start_child()
        until = perf_counter() + SLICE_SECONDS
        try:
            while perf_counter() < until and self._turn.isActive():
                parcel = self._bytes.take()
                if parcel is None:
                    self._get_more()
                elif isinstance(parcel, Progress):
                    self.progressed.emit(parcel.share)
                else:
                    self._unpacking.add(parcel)
                    if self._unpacking.analysis is not None:
                        self.cancel()
                        self._show(self._unpacking.analysis)
        except ParcelError as error:
            self._fail(str(error))

    def _get_more(self) -> None:
        process = self._process
        if process is not None and process.bytesAvailable():
            self._bytes.feed(bytes(process.read(PIPE_BYTES).data()))
        elif process is not None and process.state() == QProcess.ProcessState.NotRunning:
            self._fail(_last_words(process))
        else:
            self._turn.stop()  # until there is more

    def _on_finished(self) -> None:
        self._turn.start()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._fail(self._process.errorString())

    def _fail(self, reason: str) -> None:
        self.cancel()
        self.failed.emit(
            tr("The trace could not be analysed: {reason}").format(reason=one_line(reason, LONGEST_REASON))
        )

    def _show(self, analysis: Analysis) -> None:
        self._slices = Slices(show(self._trace, analysis), self)
        self._slices.done.connect(self._finish)
        self._slices.start()

    def _finish(self, shown: Shown) -> None:
        self._slices = None
        self.done.emit(shown)


def _last_words(process: QProcess) -> str:
    """Why a child ended that said nothing useful."""
    if process.exitStatus() == QProcess.ExitStatus.CrashExit:
        return tr("it was stopped.")
    said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
    return said.splitlines()[-1] if said else tr("exit code {code}.").format(code=process.exitCode())
