"""Hands the log of a run over to the engine, parcel by parcel, while the window lives on. Knows no widget.

The engine asks for the next parcel by its reply to one before, so neither end piles up what the other has no time for.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from app.banner import Notice
from app.engine_client import Done, EngineClient
from app.file_job import PAUSE, QUICK
from app.language import tr
from engine.commands import ResumeRun
from engine.frames import Reply
from engine.parcels import Parcels, in_parcels

AHEAD = 2
"""Parcels under way at once: the engine has the next one at hand when it has read one."""
KEY = "handing-over"
"""Of the notice that tells how far it is."""


class HandingOver:
    """One log at a time. `say` a notice, whose Cancel is to `give_up`; `take_back` one, by its key."""

    def __init__(
        self,
        engine: EngineClient,
        give_up: Callable[[], None],
        say: Callable[[Notice], None],
        take_back: Callable[[str], None],
    ) -> None:
        self._engine, self._give_up, self._say, self._take_back = engine, give_up, say, take_back
        self._rest: Parcels | None = None  # of the log that is being handed over
        self._run = self._handed = self._total = 0
        self._next_word = 0.0

    def begin(self, whole: ResumeRun, done: Done) -> None:
        """Ask for it; `done` gets the reply when the run has ended, or was refused."""
        rest = self._rest = in_parcels(whole)
        self._run, self._handed, self._total = whole.run, 0, len(whole.records)
        self._next_word = monotonic() + QUICK

        def ended(reply: Reply) -> None:  # waits as long as the run lasts: it must not hold the log
            self._stop(rest)
            done(reply)

        self._send(rest, ended)
        for _ in range(AHEAD):
            self._go_on(rest)

    def _go_on(self, rest: Parcels) -> None:
        self._send(rest, lambda reply: self._taken(rest, reply))

    def _taken(self, rest: Parcels, reply: Reply) -> None:
        """The engine has a parcel. One that never reached it, since it holds an event that is too large, is said."""
        if reply.error and rest is self._rest:
            self._stop(rest)
            self._say(Notice(reply.error))
            self._give_up()
        self._go_on(rest)

    def _send(self, rest: Parcels, done: Done) -> None:
        if rest is not self._rest:
            return
        parcel = next(rest, None)
        if parcel is None:
            self._stop(rest)
            return
        self._handed += len(parcel.records)
        self._engine.send(parcel, done)
        self._tell()

    def _stop(self, rest: Parcels) -> None:
        """All of it was handed over, or is not wanted any more."""
        if rest is self._rest:
            rest.close()
            self._rest = None
            self._take_back(KEY)

    def _tell(self) -> None:
        if monotonic() < self._next_word:
            return
        self._next_word = monotonic() + PAUSE
        words = tr("The engine reads what run {run} has done: {done:,} of {total:,} events…")
        text = words.format(run=self._run, done=self._handed, total=self._total)
        self._say(Notice(text, "hint", ((tr("Cancel"), self._give_up),), key=KEY))
