"""Going on with a run: what more it may be given to do, and what may not be changed, since it is past. Pure.

Only counts and limits may be raised: every other setting has decided what was done so far. What a search draws hangs
on its seed and its tree alone, so 30 simulations, and 20 more tomorrow, are the tree of 50 at once.

The exception is a last batch that was smaller because no more was wanted. Leaves in flight are chosen before the first
of them is credited, so those of a smaller batch taught the search sooner, and what follows is another tree: see
`why_other`. That is so if, and only if, the 50 at once would not have ended an iteration after those 30; nothing that
comes later can mend it. Chains that are drawn together are the same ones in batches of any size, under other numbers.

A search that draws or keeps a number from its first step on (beams, chains side by side) has no count that could be
raised; only the limits of its budget can. To keep more of what it had dropped would be another search: a person may
restore steps, and let it go on below one.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from engine import budgets, ends
from engine.commands import RunPlan
from engine.events import Budget, RunResumed, RunStarted
from engine.problems import Problem
from engine.refusals import checked
from engine.search import Search, SettingError, make_search
from engine.tree import Tree


class More(msgspec.Struct, frozen=True):
    """What is to be done beyond what is done; None leaves a limit where it is, 0 lifts it."""

    count: int | None = None
    """Of what the search counts: simulations, samples or visits."""
    tokens: int | None = None
    seconds: float | None = None


def given_more(plan: RunPlan, tree: Tree, more: More, problem: Problem | None = None) -> RunPlan:
    """The plan with which the run of `tree` does so much more. Raises SettingError with the reason why it cannot."""
    problem, search = checked(plan, problem)
    settings, budget = dict(search.settings()), plan.budget
    if more.count is not None:
        settings, budget = _counted(search, tree, more.count, budget)
    budget = replace(
        budget,
        tokens=_raised(budget.tokens, tree.cost.generated, more.tokens),
        seconds=_raised(budget.seconds, tree.cost.seconds, more.seconds),
    )
    found = replace(plan, settings=settings, budget=budget)
    _, search = checked(found, problem)
    if why := _why_nothing_is_left(found, search, tree):
        raise SettingError(f"The run would end at once. {why}")
    return found


def why_no_count(search: Search) -> str:
    """Why it cannot be given a count of more, as a sentence; empty if it can."""
    if search.limit:
        return ""
    return (
        f"{search.title} has no count that could be raised: its settings decide from the first step on what is drawn "
        "and kept. Start a new run with other settings, or search harder below a step of your choice."
    )


def why_other(search: Search, tree: Tree) -> str:
    """Why more may be other than it would have been at once, as a sentence; empty if it is the same."""
    if not search.cut_by_limit(tree):
        return ""
    return (
        f"What comes may differ from what would have come at once: the last batch of {search.title} was smaller, as no "
        "more was wanted, and so taught it sooner. The random numbers are the same."
    )


def resumed(plan: RunPlan, search: Search, tree: Tree, why: str) -> RunResumed:
    """The event with which the run of `tree` goes on by this plan. Raises SettingError if it would change the past, or
    if nothing is left to be done with what it gives."""
    started = tree.started
    assert started is not None, "the log has folded, and it begins so"
    _check_past(plan, search, started)
    settings, budget = search.settings(), plan.budget
    new = RunResumed(
        why, None if settings == _settings(started) else settings, None if budget == started.budget else budget
    )
    if (new.settings or new.budget) and (nothing := _why_nothing_is_left(plan, search, tree)):
        raise SettingError(f"The run would end at once. {nothing}")
    return new


def _check_past(plan: RunPlan, search: Search, started: RunStarted) -> None:
    for name in ("problem", "text", "search", "seed"):
        if getattr(plan, name) != getattr(started, name):
            raise SettingError(f"A run goes on with the {name} that it was begun with.")
    before = _settings(started)
    changed = [name for name, value in search.settings().items() if before.get(name) != value and name != search.limit]
    if changed:
        raise SettingError(
            f"A run goes on with the settings that it was begun with; other ones ({', '.join(changed)}) would have "
            "led elsewhere. Start a new run with them."
        )


def _settings(started: RunStarted) -> dict[str, Any]:
    """Every field, also those that the version which began it did not know."""
    return make_search(started.search, started.settings).settings()


def _why_nothing_is_left(plan: RunPlan, search: Search, tree: Tree) -> str:
    """Why the run would end instead of doing anything, as a sentence; empty if it would not."""
    if tree.finished is not None and tree.finished.reason == "exhausted":
        return tree.finished.why
    over = ends.ending(plan, search, tree)
    return over[1] if over else ""


def _counted(search: Search, tree: Tree, count: int, budget: Budget) -> tuple[dict[str, Any], Budget]:
    """Settings and budget that allow so much more. Raises SettingError."""
    if count < 1:
        raise SettingError(f"More must be at least 1, not {count}.")
    if not search.limit and budget.simulations is None:
        raise SettingError(why_no_count(search))
    settings = dict(search.settings())
    if search.limit:
        settings[search.limit] = search.spent(tree) + count
    if budget.simulations is not None:
        budget = replace(budget, simulations=budgets.simulations(tree) + count)
    return settings, budget


def _raised(limit: float | None, used: float, more: float | None) -> Any:
    if more is None:
        return limit
    return used + more if more > 0 else None
