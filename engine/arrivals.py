"""Runs on their way into the engine: their logs come in parcels, and what is asked of them meanwhile waits.

Knows no pipe and no model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from engine.commands import ReadOn, Request, ResumeRun, StartRun, Stop
from engine.events import Record
from engine.live import Live

WHY = "gone on with from its log"

Answer: TypeAlias = Callable[[Request, Callable[[], None]], None]
"""Does something for a request, and replies to that if it cannot be done."""


@dataclass(frozen=True)
class _Arrival:
    live: Live
    request: Request
    """Which the end of the run will answer."""
    early: list[Request] = field(default_factory=list)
    """What was asked of it before it was there."""


class Arrivals:
    """`begin` takes over a run whose log is complete, with its request; `reply` gives a request its final reply;
    `perform` does what was asked for early."""

    def __init__(
        self,
        answer: Answer,
        perform: Callable[[Request], None],
        begin: Callable[[Live, Request], None],
        reply: Callable[[Request], None],
    ) -> None:
        self._answer, self._perform, self._begin, self._reply = answer, perform, begin, reply
        self._runs: dict[int, _Arrival] = {}

    def __contains__(self, run: int) -> bool:
        return run in self._runs

    def expect(self, live: Live, request: Request, begun: ResumeRun) -> None:
        """A run whose log begins so. Raises what `Run.resume` does."""
        self._runs[begun.run] = arrival = _Arrival(live, request)
        self._read(arrival, begun.records, begun.more)

    def take(self, request: Request) -> bool:
        """Whether a request is about a run that is arriving, and so is seen to here."""
        command = request.command
        arrival = self._runs.get(getattr(command, "run", 0))
        if arrival is None or isinstance(command, StartRun | ResumeRun):
            return False
        match command:
            case ReadOn(_, records, more):
                self._reply(request)  # the next parcel may come while this one is read
                self._answer(arrival.request, partial(self._read, arrival, records, more))
            case Stop(number):
                self._leave(number)
                self._reply(request)
                self._reply(arrival.request)
            case _:
                arrival.early.append(request)
        return True

    def _read(self, arrival: _Arrival, records: Sequence[Record], more: bool) -> None:
        run, is_read = arrival.live.run, False
        try:
            if more:
                run.read(records)
            else:
                run.resume(records, WHY)
                self._begin(arrival.live, arrival.request)
            is_read = True
        finally:
            if not (is_read and more):
                self._leave(run.number)

    def _leave(self, number: int) -> None:
        """It is there, or will not come: what was asked of it meanwhile is heard, or refused."""
        for request in self._runs.pop(number).early:
            self._answer(request, partial(self._perform, request))
