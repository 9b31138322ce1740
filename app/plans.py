"""Plans of runs: the first one of all, the next, seeds that a session has not seen, what can be gone on with. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.commands import RunPlan
from engine.search import SEARCHES
from storage.runs import RunInfo

FIRST_PLAN = RunPlan(problem="game24", text="4 9 10 13", search="mcts", settings={}, seed=0)
"""What a first start searches, without a click."""


def with_unused_seed(plan: RunPlan, others: Iterable[RunPlan]) -> RunPlan:
    """The plan with a seed that none of the others has for it; its own if it is free."""
    same = [other.seed for other in others if replace(other, seed=plan.seed) == plan]
    return replace(plan, seed=max(same) + 1) if plan.seed in same else plan


def next_plan(last: RunPlan | None, search: str = "") -> RunPlan:
    """What was run last, or what a first start runs; with another strategy its settings are the defaults."""
    plan = last if last is not None and last.search in SEARCHES else FIRST_PLAN
    return plan if search in ("", plan.search) else replace(plan, search=search, settings={})


def is_cut_short(info: RunInfo) -> bool:
    """Whether a run was interrupted, or stopped by a person."""
    return info.state == "unfinished" or (info.state == "finished" and info.reason == "stopped")
