"""The app's end of the engine's pipe: starts the process, sends commands, turns bytes into signals, says how it died.

Knows nothing of runs, files or widgets. Bytes are only collected when they come; they are decoded once per display
frame and for a few milliseconds at most, so that an engine that floods the pipe cannot stall the window.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from math import inf
from time import perf_counter

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, QTimer, Signal

from app.engine_process import child_environment, engine_command
from app.language import tr
from app.start.processor import ILLEGAL_INSTRUCTION
from engine.commands import Ack, AnyCommand, Request
from engine.events import Record
from engine.frames import (
    AnyFrame,
    FrameError,
    FrameReader,
    Hello,
    Records,
    Reply,
    Status,
    Writing,
    encode_frame,
    frame_reader,
)

FRAME_MS = 8
DECODE_SECONDS = 0.003
"""Decoding time in one display frame; the rest waits for the next one."""
FRAME_SECONDS = 0.004
"""Time in one display frame for its events: to decode them, and for all that listeners do about them at once."""
LEAST_RECORDS = 32
"""Events that a display frame takes however long they have been taking: one slow listener must not stop the run."""

LOG_LINES_A_FRAME = 100
LONGEST_LOG_LINE = 10_000
END_MS = 1_500
"""How long an engine may take to end after its stdin was closed."""

Done = Callable[[Reply], None]


class EngineClient(QObject):
    """One engine process at a time. Every request gets exactly one final reply, also when the engine dies."""

    hello = Signal(object)
    """Hello: the engine is there."""
    records = Signal(object)
    """tuple[Record, ...]: all new events of one display frame, in order."""
    writing = Signal(object)
    """Writing: the latest of this display frame."""
    status = Signal(object)
    """Status: the latest of this display frame."""
    reply = Signal(object)
    """Reply, partial or final, to a request of ours."""
    died = Signal(str)
    """The engine is gone though nobody asked it to go; the text is a sentence that says how."""
    log_line = Signal(str)
    """A line of the engine's stderr."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        environment: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = list(command or engine_command())
        self._environment = _qt_environment(environment if environment is not None else child_environment())
        self._process: QProcess | None = None
        self._reader: FrameReader[AnyFrame] = frame_reader()
        self._log = bytearray()
        self._waiting: dict[int, Done | None] = {}
        self._last_id = 0
        self._last_tick = 0.0
        self._record_seconds = 0.0  # what one event has been taking lately
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)

    @property
    def running(self) -> bool:
        """Whether there is a process (it may still be loading)."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """Number of the engine process; 0 if there is none."""
        return self._process.processId() if self._process else 0

    def start(self) -> None:
        """Start the engine, if there is none. Answers come as signals: `hello`, or `died` if it cannot be started."""
        if self._process is not None:
            return
        self._reader, self._log = frame_reader(), bytearray()
        self._process = process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(self._command[1:])
        process.setProcessEnvironment(self._environment)
        process.readyReadStandardOutput.connect(self._collect)
        process.readyReadStandardError.connect(self._collect)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()
        self._acknowledge(0)

    def restart(self) -> None:
        """End this engine, whatever it does, and start another one."""
        self._end(wait_ms=0)
        self.start()

    def send(self, command: AnyCommand, done: Done | None = None) -> int:
        """Ask for something; `done` gets the final reply. Starts the engine if need be. Returns the request's id."""
        self.start()
        self._last_id += 1
        self._waiting[self._last_id] = done
        try:
            frame = encode_frame(Request(self._last_id, command))
        except FrameError as error:  # the log of a very long run
            refusal = Reply(self._last_id, error=tr("This is too much for the engine: {error}.").format(error=error))
            QTimer.singleShot(0, self, lambda: self._deliver_reply(refusal))
        else:
            if self._process is not None:
                self._process.write(frame)
        return self._last_id

    def close(self) -> None:
        """End the engine: close its stdin, wait, kill it if it does not go. What it still said is delivered."""
        self._end(wait_ms=END_MS)

    def kill(self, sentence: str) -> None:
        """End the process at once because it does not behave; `died` says so with this sentence."""
        self._fail(sentence)

    def _end(self, wait_ms: int) -> None:
        process, self._process = self._process, None
        self._tick.stop()
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.closeWriteChannel()
        if not process.waitForFinished(wait_ms):
            process.kill()
            process.waitForFinished()
        self._drain(process)
        self._answer_waiting(tr("The engine was ended."))
        process.deleteLater()

    def _collect(self) -> None:
        if self._process is None:
            return
        self._take(self._process)
        if not self._tick.isActive():
            since = (perf_counter() - self._last_tick) * 1000
            self._tick.start(max(0, round(FRAME_MS - since)))

    def _on_tick(self) -> None:
        self._last_tick = perf_counter()
        try:
            more = self._decode(self._last_tick + DECODE_SECONDS, self._room())
        except FrameError as error:
            self._fail(tr("The engine was ended because it did not answer properly: {error}.").format(error=error))
            return
        more = self._deliver_log(LOG_LINES_A_FRAME) or more
        if more and self._process is not None:
            self._tick.start(max(1, round(FRAME_MS - (perf_counter() - self._last_tick) * 1000)))

    def _room(self) -> float:
        """Events that one display frame has time for."""
        return max(LEAST_RECORDS, FRAME_SECONDS / max(self._record_seconds, 1e-9))

    def _decode(self, deadline: float, most: float = inf) -> bool:
        """Deliver what is complete until `deadline`, and about `most` events; whether something may be left.

        Raises FrameError.
        """
        began, frames, records = perf_counter(), list[AnyFrame](), 0
        try:
            for frame in self._reader.messages():
                frames.append(frame)
                records += len(frame.records) if isinstance(frame, Records) else 0
                if records >= most or perf_counter() > deadline:
                    return True
            return False
        finally:
            self._deliver(frames)
            if records >= LEAST_RECORDS:
                self._record_seconds += (((perf_counter() - began) / records) - self._record_seconds) / 4

    def _deliver(self, frames: Sequence[AnyFrame]) -> None:
        """One signal of each kind for a display frame, events first: states and replies speak about them."""
        records: list[Record] = []
        latest: dict[type[AnyFrame], AnyFrame] = {}
        replies: list[Reply] = []
        for frame in frames:
            if isinstance(frame, Records):
                records += frame.records
                latest.pop(Writing, None)  # what was being written has become an event
            elif isinstance(frame, Reply):
                replies.append(frame)
            else:
                latest[type(frame)] = frame
        signals = {Hello: self.hello, Writing: self.writing, Status: self.status}
        if records:
            self.records.emit(tuple(records))
            self._acknowledge(len(records))
        for kind, frame in latest.items():
            signals[kind].emit(frame)
        for reply in replies:
            self._deliver_reply(reply)

    def _acknowledge(self, events: int) -> None:
        """Tell the engine that it may go on; it gives no reply."""
        if self._process is not None:
            self._process.write(encode_frame(Request(0, Ack(events))))

    def _deliver_reply(self, reply: Reply) -> None:
        if reply.id not in self._waiting:
            return
        self.reply.emit(reply)
        if reply.final:
            done = self._waiting.pop(reply.id)
            if done is not None:
                done(reply)

    def _deliver_log(self, most: int) -> bool:
        """Tell at most `most` lines of the log; whether more are left."""
        lines = bytes(self._log).split(b"\n", most)
        self._log = bytearray(lines.pop())
        for line in lines:
            self.log_line.emit(line[:LONGEST_LOG_LINE].decode("utf-8", "replace").rstrip())
        return b"\n" in self._log

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            words = tr("The engine could not be started: {error} ({program}).")
            self._fail(words.format(error=self._process.errorString(), program=self._command[0]))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        killed = status == QProcess.ExitStatus.CrashExit and os.name != "nt"
        how = (tr("killed by signal {code}") if killed else tr("exit code {code}")).format(code=code)
        if (-code if killed else code) in ILLEGAL_INSTRUCTION:
            how = tr("this processor lacks an instruction that PyTorch needs")
        self._drain(self._process)
        where = tr(", in the middle of a message") if self._reader.pending else ""
        self._fail(tr("The engine stopped unexpectedly ({how}{where}).").format(how=how, where=where))

    def _fail(self, sentence: str) -> None:
        """The engine is of no more use: deliver what it said, then say so."""
        process, self._process = self._process, None
        self._tick.stop()
        if process is None:
            return
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished()
        self._drain(process)
        process.deleteLater()
        self._answer_waiting(sentence)
        self.died.emit(sentence)

    def _drain(self, process: QProcess | None) -> None:
        """Deliver all that is left in the pipes of a process that has ended."""
        if process is not None:
            self._take(process)
        if self._log:
            self._log += b"\n"  # the last line may lack its end
        with suppress(FrameError):  # said already, or of no interest any more
            self._decode(deadline=inf)
        while self._deliver_log(LOG_LINES_A_FRAME):
            pass

    def _take(self, process: QProcess) -> None:
        self._reader.feed(bytes(process.readAllStandardOutput().data()))
        self._log += bytes(process.readAllStandardError().data())

    def _answer_waiting(self, sentence: str) -> None:
        for number in list(self._waiting):
            self._deliver_reply(Reply(number, final=True, error=sentence))


def _qt_environment(variables: Mapping[str, str]) -> QProcessEnvironment:
    environment = QProcessEnvironment()
    for name, value in variables.items():
        environment.insert(name, value)
    return environment
