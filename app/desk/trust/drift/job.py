"""Asks a scorer about traces with strings put into them, parcel by parcel; nothing of it is kept. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from app.models.drift import Drift, Inquiry, Scores, drifts
from app.scoring import Scoring
from engine.commands import TraceToScore
from engine.frames import TraceScores

FIRST, MOST = 6, 64
"""Traces in the first parcel, and in any."""
QUICK_SECONDS = 0.8
"""A parcel that took less is followed by one twice as large: what was found is seen, and cancelling does not wait."""


class DriftJob(QObject):
    """One inquiry at a time. What came before a cancellation or a failure stays."""

    changed = Signal()

    def __init__(self, scoring: Scoring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scoring = scoring
        self._round = 0
        """Answers to an inquiry that was given up are not heard."""
        self._spec = self._policy = ""
        self._traces: tuple[TraceToScore, ...] = ()
        self._size = FIRST
        self.inquiry = Inquiry((), ())
        self.replies: list[Scores | None] = []
        self.done = 0
        self.active = False
        self.error = ""
        """Why it ended early, or why a trace could not be scored, as a sentence."""

    @property
    def total(self) -> int:
        """Traces asked about."""
        return len(self.inquiry.asked)

    @property
    def drifts(self) -> tuple[Drift, ...]:
        return drifts(self.inquiry, self.replies)

    def start(self, spec: str, inquiry: Inquiry, traces: Sequence[TraceToScore], policy: str = "") -> None:
        """`traces`: those of `inquiry.asked`, in their order. `policy`: whom a scorer asks that asks a policy."""
        self.cancel()
        self._spec, self._policy, self._traces, self._size = spec, policy, tuple(traces), FIRST
        self.inquiry, self.replies = inquiry, [None] * len(inquiry.asked)
        self.done, self.error, self.active = 0, "", bool(traces)
        if self.active:
            self._ask()

    def cancel(self) -> None:
        """Ask no more; the model is stopped, unless it is at work for somebody else."""
        if not self.active:
            return
        self._round += 1
        self.active = False
        if self._scoring.spec == self._spec and not self._scoring.count.runs:
            self._scoring.cancel()
        self.changed.emit()

    def forget(self) -> None:
        """Give it up, with what was found."""
        self.cancel()
        self.inquiry, self.replies, self.done, self.error = Inquiry((), ()), [], 0, ""
        self.changed.emit()

    def _ask(self) -> None:
        parcel = self._traces[self.done : self.done + self._size]
        answered = partial(self._take, self._round, perf_counter())
        self._scoring.ask(self._spec, parcel, answered, self._policy)
        self.changed.emit()

    def _take(self, asked: int, began: float, found: tuple[TraceScores, ...], error: str) -> None:
        if asked != self._round:
            return
        for one in found:
            steps = len(self.inquiry.asked[self.done][1])
            self.replies[self.done] = (None,) * steps if one.failed else one.values
            self.error = self.error or one.failed
            self.done += 1
        if perf_counter() - began < QUICK_SECONDS:
            self._size = min(MOST, 2 * self._size)
        if error:
            self.error = error
        self.active = not error and self.done < self.total
        if self.active:
            self._ask()
        else:
            self.changed.emit()
