"""Which runs of a session the desk is about. Knows no log and no widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from app.models.probe_results import probe_named
from engine.search import LabelSteps
from storage.runs import RunInfo

Scope = Literal["run", "problem", "session"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def runs_in(runs: Sequence[RunInfo], shown: RunInfo | None, scope: Scope) -> tuple[RunInfo, ...]:
    """The runs of a scope round the one on screen, oldest first. Probes and label runs tell of traces of others: one
    of them is in the scope only where it is on the screen itself."""
    if scope == "run":
        return () if shown is None else (shown,)
    if scope == "problem" and shown is None:
        return ()
    searches = (info for info in runs if not is_label_run(info) and probe_named(info.plan.search) is None)
    if scope == "session" or shown is None:
        return tuple(searches)
    return tuple(info for info in searches if problem_of(info) == problem_of(shown))


def is_label_run(info: RunInfo) -> bool:
    """Whether it is there for Monte-Carlo labels."""
    return info.plan.search == LabelSteps.name


def problem_of(info: RunInfo) -> tuple[str, str]:
    """Kind and text: runs in which these are the same have one problem."""
    return info.plan.problem, info.plan.text.strip()
