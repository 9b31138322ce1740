"""Which trace is on show, and what was found in it; found anew when the trace changes. Knows no widget.

The trace is that of the selected step, unless another one is pinned. Text under way is a part of it. While an answer is
being written it is looked at a few times a second, whatever that costs: what was found last stays until then.
"""

from __future__ import annotations

from typing import get_args

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.models.shown_run import ShownRun
from app.models.thought_choice import TraceEnd, end_of, is_there, with_writing, written_below
from app.models.thought_tokens import TokenEnds
from app.trace_text.analysis_job import AnalysisJob
from app.trace_text.shown import Shown
from engine.run_traces import trace_of
from engine.traces.functions import Function
from engine.traces.spans import Trace
from engine.tree import Tree

AGAIN_MS = 250
"""Between the end of one analysis and the next of a trace that grows."""


class Question(msgspec.Struct, frozen=True):
    """What is to be looked at."""

    trace: Trace
    gold: str | None
    by_hand: dict[int, Function | None]
    token_ends: tuple[int, ...]


class ThoughtSource(QObject):
    """`read` it when the run or the selection may have changed; hear `changed` when something else is found."""

    changed = Signal()
    """`found` is another, or `error` is."""
    end_changed = Signal()
    """Another trace is on show, or none."""
    progressed = Signal(float)
    """How far a long analysis is, in [0, 1]."""

    def __init__(self, shown: ShownRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.end: TraceEnd | None = None
        """The trace on show; None if the run has no step yet."""
        self.pinned = False
        self.trace: Trace | None = None
        """Its text as it is now, text under way included."""
        self.found: Shown | None = None
        """What was found in it, perhaps when it was shorter; None before anything was."""
        self.error = ""
        """Why nothing could be found, a sentence."""
        self.progress: float | None = None
        """How far a long analysis is, in [0, 1]; None while none is under way."""
        self.token_ends: tuple[int, ...] = ()
        self._tokens = TokenEnds()
        self._asked: Question | None = None
        """What the job works on, or what was found last is about."""
        self._job: AnalysisJob | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._ask)
        shown.run_changed.connect(self._forget)

    @property
    def busy(self) -> bool:
        """Whether an analysis is under way."""
        return self._job is not None

    @property
    def writing(self) -> bool:
        """Whether the trace is just being written."""
        return self.end is not None and bool(written_below(self.end, self._shown.writing)) and self._shown.live

    @property
    def current(self) -> bool:
        """Whether what was found is about the trace as it is now."""
        return self.found is not None and self.trace is not None and self.found.trace == self.trace

    def pin(self, end: TraceEnd | None) -> None:
        """Keep to one trace; None: follow the selection again."""
        self.pinned = end is not None
        self._set_end(end)
        self.read()

    def rest(self) -> None:
        """Nobody looks: the analysis under way is given up, and asked for again at the next `read`."""
        self._stop()
        if not self.current:
            self._asked = None

    def read(self) -> None:
        """Read the trace again, and have it looked at if it is another."""
        tree = self._shown.tree
        if not self.pinned or self.end is None or not is_there(tree, self.end):
            wanted = end_of(tree, self._shown.selected)
            if not self.pinned or wanted is None:
                self._set_end(wanted)
        if self.end is None or not is_there(tree, self.end):
            self.trace, self.found, self._asked = None, None, None
            self._stop()
            return
        self.trace = self._trace(self.end)
        if self._asked is None or not self.trace.text.startswith(self._asked.trace.text):
            self._ask()
        elif self._job is None and not self._again.isActive() and self._question() != self._asked:
            # a label by hand is answered at once, a text that grows a few times a second
            self._ask() if self._asked.trace == self.trace else self._again.start()

    def _trace(self, end: TraceEnd) -> Trace:
        said = self._shown.remarks.tree  # what a person said of a trace holds at any time
        trace = trace_of(said, *end)
        if not self._shown.live:
            return trace
        written = written_below(end, self._shown.writing)
        return with_writing(trace, written, said.steps(end.node), trace.thinking == "on") if written else trace

    def _set_end(self, end: TraceEnd | None) -> None:
        if end != self.end:
            self.end, self.found, self.error, self._asked = end, None, "", None
            self._stop()
            self.end_changed.emit()

    def _forget(self) -> None:
        self._tokens = TokenEnds()
        self.pinned = False
        self._set_end(None)
        self.trace = None

    # the analysis

    def _question(self) -> Question | None:
        if self.end is None or self.trace is None:
            return None
        said = self._shown.remarks.tree
        own = self.end.rollout is None
        self.token_ends = self._tokens.of_thought(said, self.end.node, self.trace) if own else ()
        return Question(self.trace, _gold(said, self.end), _by_hand(said, self.end) if own else {}, self.token_ends)

    def _ask(self) -> None:
        question = self._question()
        if question is None or question == self._asked:
            return
        self._stop()
        self._asked = question
        self._job = AnalysisJob(question.trace, question.gold, question.by_hand, question.token_ends, self)
        self._job.progressed.connect(self._on_progress)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _stop(self) -> None:
        self._again.stop()
        if self._job is not None:
            self._job.cancel()
            self._end_job()

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = self.progress = None

    def _on_progress(self, share: float) -> None:
        self.progress = share
        self.progressed.emit(share)

    def _on_done(self, found: Shown) -> None:
        self._end_job()
        self.found, self.error = found, ""
        if not self.current:
            self._again.start()
        self.changed.emit()

    def _on_failed(self, sentence: str) -> None:
        self._end_job()
        self.found, self.error = None, sentence
        self.changed.emit()


def _gold(tree: Tree, end: TraceEnd) -> str | None:
    """The right answer, where the file that the trace came from says it."""
    read = tree.read.get(end.node)
    return read.answer or None if read is not None else None


def _by_hand(tree: Tree, end: TraceEnd) -> dict[int, Function | None]:
    said = tree.labels.get(end.node, {})
    return {start: event.label for start, event in said.items() if event.label in get_args(Function)}  # type: ignore[misc]
