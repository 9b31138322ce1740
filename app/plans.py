"""Plans of runs: the first one of all, and seeds that a session has not seen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.commands import RunPlan
from storage.runs import RunInfo

FIRST_PLAN = RunPlan(problem="game24", text="4 9 10 13", search="mcts", settings={}, seed=0)
"""What a first start searches, without a click."""


def with_unused_seed(plan: RunPlan, runs: Iterable[RunInfo]) -> RunPlan:
    """The plan with a seed that none of the runs has had for it; its own if it is free."""
    same = [info.plan.seed for info in runs if replace(info.plan, seed=plan.seed) == plan]
    return replace(plan, seed=max(same) + 1) if plan.seed in same else plan
