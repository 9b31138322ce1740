"""Lets the run on screen do more than it was asked for at first: what it would cost, and why not. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.banner import Notice
from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from app.words.nothing import why_no_tree
from engine.commands import RunPlan
from engine.events import Cost
from engine.going_on import More, given_more, why_no_count, why_other
from engine.problems import ProblemError
from engine.search import Search, SettingError, make_search
from engine.tree import Tree

UNITS = {"simulations": mark("simulations"), "samples": mark("samples"), "visits": mark("visits")}
"""What searches count."""
FIRST_OFFER = 16
"""How many more are offered where a run has done none."""


class Offer(NamedTuple):
    """What a form needs to know of the run that is to do more."""

    unit: str
    """What it counts, in the window's language; empty where no count can be raised."""
    why_no_count: str
    why_other: str
    """Why more may be other than it would have been at once, as a sentence; empty if it is the same."""
    done: int
    tokens: int
    """What is left of its budget, 0: no limit. What is used up is offered once more."""
    seconds: float
    cost: Cost
    """Of all that is done."""


class GoingOn:
    """Goes on with the run on screen. Whatever is refused is refused in the engine's own words."""

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController) -> None:
        self._shown, self._runs, self._sessions = shown, runs, sessions

    def why_not(self) -> str:
        """Why the run on screen cannot be given more to do now, as a sentence; empty if it can."""
        if self._runs.active is not None:
            return tr("Run {run} is under way: stop it, then go on with this one.").format(run=self._runs.active)
        info = self._sessions.shown_info
        if info is None or not self._shown.total:
            return why_no_tree(self._shown) if self._shown.is_awaited else tr("There is no run to go on with.")
        if why := self._sessions.why_not_write():
            return why
        return _refusal(lambda: _searched(info.plan))

    def offer(self) -> Offer:
        """For the form; `why_not` says nothing."""
        info = self._sessions.shown_info
        assert info is not None, "why_not would say so"
        tree, budget = self._head, info.plan.budget
        search, cost = _searched(info.plan), tree.cost
        return Offer(
            tr(UNITS[search.limit]) if search.limit else "",
            "" if budget.simulations is not None else why_no_count(search),
            why_other(search, tree),
            search.spent(tree),
            _left(budget.tokens, cost.generated),
            _left(budget.seconds, cost.seconds),
            cost,
        )

    def why_not_more(self, more: More) -> str:
        """Why just so much more cannot be done, as a sentence; empty if it can."""
        return self.why_not() or _refusal(lambda: self._plan(more))

    def go(self, more: More) -> None:
        """Go on, and do so much more."""
        session, run = self._sessions.session, self._shown.run
        if session is None or run is None or self.why_not():
            return
        try:
            plan = self._plan(more)
        except (SettingError, ProblemError) as error:
            self._runs.notice.emit(Notice(str(error)))
            return
        self._shown.go_live()
        self._runs.resume(session, run, plan, self._shown.records)

    def _plan(self, more: More) -> RunPlan:
        info = self._sessions.shown_info
        assert info is not None, "why_not would say so"
        return given_more(info.plan, self._head, more)

    @property
    def _head(self) -> Tree:
        """At the end of the log, wherever the cursor is. Whether all of it is explored only a fold knows for sure: the
        engine makes one, and refuses where nothing is left."""
        return self._shown.remarks.tree


def expected(offer: Offer, more: More) -> Cost | None:
    """What so much more is likely to cost, by what one of it has cost so far; None where nothing is known."""
    if not more.count or not offer.done:
        return None
    share = more.count / offer.done
    cost = offer.cost
    return Cost(generated=round(cost.generated * share), seconds=cost.seconds * share)


def _searched(plan: RunPlan) -> Search:
    """Raises SettingError for a search that only reads."""
    search = make_search(plan.search, plan.settings)
    if why := search.refusal(plan.verifiers):
        raise SettingError(why)
    return search


def _left(limit: float | None, used: float) -> int:
    if limit is None:
        return 0
    return max(1, round(limit - used if limit > used else limit))


def _refusal(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (SettingError, ProblemError) as error:
        return str(error)
    return ""
