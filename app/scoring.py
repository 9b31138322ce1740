"""Asks a scorer about traces after the fact, and writes what it says into their runs. Knows no widget.

One wish after the other. Scores are written as they come, so whatever happens to the engine or the window, what was
scored is kept; scoring the same again goes on where it was left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.banner import Notice
from app.engine_client import EngineClient
from app.keeping import keep_event
from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.models.to_score import Asked, Count, Feed, Meet, Parcel, feed, rescored
from app.run_controller import RunController
from app.session_controller import SessionController
from app.words.scoring import outcome
from engine.commands import CancelScoring, KeepScores, ScoreTraces, TraceToScore
from engine.events import Rescored
from engine.frames import Reply, ScoresFound, TraceScores
from storage.session import Session

KEY = "scoring"
"""Of the notice about what came of a wish."""
OTHER_SESSION = mark("Another session was opened meanwhile.")

Answered = Callable[[tuple[TraceScores, ...], str], None]
"""Gets the scores, one entry for each trace, or why there are none, as a sentence."""


@dataclass(eq=False)
class _Wish:
    spec: str
    again: bool = False
    session: Session | None = None
    runs: tuple[int, ...] = ()
    traces: tuple[TraceToScore, ...] = ()
    """Texts of no run, whose scores `answered` gets."""
    policy: str = ""
    answered: Answered | None = None
    count: Count = field(default_factory=Count)
    feed: Feed | None = None
    parcel: deque[Asked] = field(default_factory=deque)
    """What the engine was asked about and has not answered."""
    found: list[TraceScores] = field(default_factory=list)
    scorer: str = ""
    request: int = 0
    given_up: bool = False
    keeping: int = 0
    """Events that the engine has not written yet."""
    end: str | None = None
    """How it ends once they are; None: it goes on."""


class Scoring(QObject):
    """A queue of wishes. `score` writes into the open session; `ask` keeps nothing."""

    changed = Signal()
    """Whether something is being scored, or how far it is."""
    progressed = Signal(int, int)
    """Traces done, and in all as far as anybody knows; of the wish under way."""
    finished = Signal(str)
    """What came of a `score`, as a sentence."""
    notice = Signal(object)
    """Notice: something the user must know."""
    notice_over = Signal(str)

    def __init__(
        self,
        engine: EngineClient,
        shown: ShownRun,
        runs: RunController,
        sessions: SessionController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._shown, self._runs, self._sessions = engine, shown, runs, sessions
        self._wishes: deque[_Wish] = deque()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)
        sessions.changed.connect(self._on_session)

    @property
    def active(self) -> bool:
        """Whether something is being scored."""
        return bool(self._wishes)

    @property
    def spec(self) -> str:
        """The scorer that is being asked; empty if none is."""
        return self._wishes[0].spec if self._wishes else ""

    @property
    def scorer(self) -> str:
        """Its name in scores; empty before it is loaded."""
        return self._wishes[0].scorer if self._wishes else ""

    @property
    def count(self) -> Count:
        """How far the wish under way is."""
        return self._wishes[0].count if self._wishes else Count()

    def why_not(self) -> str:
        """Why no scores can be kept, as a sentence; empty if they can."""
        return self._sessions.why_not_write()

    def score(self, spec: str, runs: Sequence[int], again: bool = False) -> None:
        """Score every step on an ended trace of these runs that this scorer has not been asked about yet; `again`:
        also those that it has. Runs under way are scored as far as they are."""
        if why := self.why_not():
            self.notice.emit(Notice(why, key=KEY))
            return
        self.notice_over.emit(KEY)
        wish = _Wish(spec, again, self._sessions.session, tuple(dict.fromkeys(runs)))
        wish.count.runs = len(wish.runs)
        self._take(wish)

    def ask(self, spec: str, traces: Sequence[TraceToScore], done: Answered, policy: str = "") -> None:
        """Score texts that belong to no run; `done` hears what the scorer says, and nothing is kept. `policy`: whom a
        scorer asks that asks a policy."""
        self._take(_Wish(spec, traces=tuple(traces), policy=policy, answered=done, count=Count(found=len(traces))))

    def cancel(self) -> None:
        """Give up the wish under way and those that wait; what was scored is kept."""
        under_way, waiting = [*self._wishes][:1], [*self._wishes][1:]
        self._wishes = deque(under_way)
        for wish in waiting:
            self._tell(wish, tr("Cancelled."))
        for wish in under_way:
            wish.given_up = True
            if wish.request:
                self._engine.send(CancelScoring(wish.request))
            else:
                self._end(wish, "")
        self.changed.emit()

    # how it goes on

    def _take(self, wish: _Wish) -> None:
        self._wishes.append(wish)
        self._soon.start()
        self.changed.emit()

    def _go_on(self) -> None:
        """The next part of the wish under way, unless the engine has something to do for it."""
        wish = self._wishes[0] if self._wishes else None
        if wish is None or wish.request:
            return
        if wish.answered is not None:
            self._send(wish, wish.policy, wish.traces, partial(self._take_texts, wish))
        elif wish.session is not self._sessions.session or wish.session is None:
            self._end(wish, tr(OTHER_SESSION))
        else:
            wish.feed = wish.feed or feed(wish.session, wish.runs, wish.again, wish.count)
            self._advance(wish, wish.feed, None)

    def _advance(self, wish: _Wish, source: Feed, met: ScoresFound | None) -> None:
        """Let the feed go on; `met` answers what it asked."""
        try:
            wanted = next(source) if met is None else source.send(met)
        except StopIteration:
            self._end(wish, "")
            return
        match wanted:
            case None:
                self._soon.start()
            case Meet(policy):
                self._send(wish, policy, (), partial(self._take_name, wish, source))
            case Parcel(policy, asked):
                wish.parcel = deque(asked)
                self._send(wish, policy, tuple(one.trace for one in asked), partial(self._take_scores, wish))

    def _send(
        self, wish: _Wish, policy: str, traces: tuple[TraceToScore, ...], take: Callable[[ScoresFound, bool], None]
    ) -> None:
        """Ask the engine; `take` gets what it answers, and whether that was all."""

        def heard(reply: Reply) -> None:
            if reply.id != wish.request:
                return
            if reply.final:
                self._engine.reply.disconnect(heard)
                wish.request = 0
            if reply.error:
                self._fail(wish, reply)
            else:
                found = msgspec.convert(reply.data, ScoresFound)
                wish.scorer = found.scorer
                take(found, reply.final)

        self._engine.reply.connect(heard)
        wish.request = self._engine.send(ScoreTraces(wish.spec, policy, traces))

    def _take_name(self, wish: _Wish, source: Feed, found: ScoresFound, final: bool) -> None:
        if wish.given_up:
            self._end(wish, "")
        else:
            self._advance(wish, source, found)

    def _take_scores(self, wish: _Wish, found: ScoresFound, final: bool) -> None:
        asked = [wish.parcel.popleft() for _ in found.traces]
        if wish.session is self._sessions.session and wish.session is not None:
            for run, event in rescored(asked, found, wish.count, wish.spec).items():
                self._keep(wish, wish.session, run, event)
        self._tell_progress(wish)
        if final and wish.given_up:
            self._end(wish, "" if wish.session is self._sessions.session else tr(OTHER_SESSION))
        elif final:
            self._soon.start()

    def _take_texts(self, wish: _Wish, found: ScoresFound, final: bool) -> None:
        wish.found += found.traces
        wish.count.scored = len(wish.found)
        self._tell_progress(wish)
        if final:
            self._end(wish, tr("Cancelled.") if wish.given_up else "")

    def _keep(self, wish: _Wish, session: Session, run: int, event: Rescored) -> None:
        """In the log of the run: the engine writes that of the one under way, and we all others."""

        def keep() -> None:
            if why := keep_event(session, self._shown, run, event):
                wish.count.said.append(why)

        def answered(refused: str) -> None:
            if refused:  # it has just ended
                keep()
            wish.keeping -= 1
            if wish.end is not None:
                self._end(wish, wish.end)

        if run == self._runs.active:
            wish.keeping += 1
            self._runs.edit(KeepScores(run, event), answered)
        else:
            keep()

    def _tell_progress(self, wish: _Wish) -> None:
        self.progressed.emit(wish.count.done, wish.count.total)
        self.changed.emit()

    # how it ends

    def _fail(self, wish: _Wish, reply: Reply) -> None:
        if reply.detail:
            self._engine.log_line.emit(reply.detail)
        wish.parcel.clear()
        if not self._engine.running:  # what waits would start another one, which may die of the same
            for other in [*self._wishes][1:]:
                self._wishes.remove(other)
                self._tell(other, reply.error)
        self._end(wish, reply.error)

    def _end(self, wish: _Wish, error: str) -> None:
        if wish not in self._wishes:
            return  # whoever heard of its progress has ended it
        if wish.keeping:
            wish.end = error
            return
        self._wishes.remove(wish)
        if wish.feed is not None:
            wish.feed.close()
        self._tell(wish, error)
        self._soon.start()
        self.changed.emit()

    def _tell(self, wish: _Wish, error: str) -> None:
        """Say what came of a wish: to whoever asked, or in words."""
        if wish.answered is not None:
            wish.answered(() if error else tuple(wish.found), error)
            return
        words = outcome(wish.count, wish.scorer or wish.spec, wish.given_up, error)
        self.finished.emit(words)
        if error or wish.count.said:
            self.notice.emit(Notice(words, key=KEY))

    def _on_session(self) -> None:
        """Scores have no place any more once their session is closed."""
        if any(wish.session not in (None, self._sessions.session) for wish in self._wishes):
            self.cancel()
