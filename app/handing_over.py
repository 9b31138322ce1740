"""Hands the log of a run over to the engine, parcel by parcel, while the window lives on. Knows no widget.

The engine asks for the next parcel by its reply to one before, so neither end piles up what the other has no time for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from app.banner import Notice
from app.engine_client import Done, EngineClient
from app.file_job import PAUSE, QUICK
from app.language import tr
from engine.commands import ReadOn, ResumeRun
from engine.frames import Reply
from engine.parcels import in_parcels

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
        self._whole: ResumeRun | None = None
        self._rest: Iterator[ResumeRun | ReadOn] = iter(())
        self._handed = 0
        self._next_word = 0.0

    def begin(self, whole: ResumeRun, done: Done) -> None:
        """Ask for it; `done` gets the reply when the run has ended, or was refused."""
        self._whole, self._rest, self._handed = whole, in_parcels(whole), 0
        self._next_word = monotonic() + QUICK

        def ended(reply: Reply) -> None:
            self._stop(whole)
            done(reply)

        self._send(whole, ended)
        for _ in range(AHEAD):
            self._go_on(whole)

    def _go_on(self, whole: ResumeRun) -> None:
        if whole is self._whole:
            self._send(whole, lambda _reply: self._go_on(whole))

    def _send(self, whole: ResumeRun, done: Done) -> None:
        parcel = next(self._rest, None)
        if parcel is None:
            self._stop(whole)
            return
        self._handed += len(parcel.records)
        self._engine.send(parcel, done)
        self._tell(whole)

    def _stop(self, whole: ResumeRun) -> None:
        """All of it was handed over, or is not wanted any more."""
        if whole is self._whole:
            self._whole = None
            self._take_back(KEY)

    def _tell(self, whole: ResumeRun) -> None:
        if monotonic() < self._next_word:
            return
        self._next_word = monotonic() + PAUSE
        words = tr("The engine reads what run {run} has done: {done:,} of {total:,} events…")
        text = words.format(run=whole.run, done=self._handed, total=len(whole.records))
        self._say(Notice(text, "hint", ((tr("Cancel"), self._give_up),), key=KEY))
