"""Sessions with scored traces made by hand: every step and every score is known. No process, no model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Budget,
    Expanded,
    NewNode,
    Record,
    RolledOut,
    RunFinished,
    RunStarted,
    Score,
    Scored,
)
from engine.search import make_search
from storage.session import Session

Trace = tuple[Sequence[str], Sequence[float | None]]
"""Texts of the steps, and a score for each; None for a step that nobody has scored."""

PLAN = RunPlan("game24", "4 9 10 13", "best-of-n", {"samples": 4}, verifiers=("prm",))
GOOD: Trace = (
    ("13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n", "4 * 6 = 24 (left: 24)\n",
     "Answer: 4 * (10 - (13 - 9)) = 24\n"),
    (0.9, 0.8, 0.95, 0.99),
)  # fmt: skip
BAD: Trace = (
    ("4 + 9 = 13 (left: 10 13 13)\n", "13 - 13 = 0 (left: 0 10)\n", "10 + 0 = 10 (left: 10)\n",
     "Answer: 10 + (13 - (4 + 9)) = 24\n"),
    (0.6, 0.4, 0.7, 0.1),
)  # fmt: skip
SCORER = "scripted-prm"


def scored_log(
    run: int, traces: Sequence[Trace] = (GOOD, BAD), plan: RunPlan = PLAN, scorer: str = SCORER,
    channels: tuple[tuple[str, float], ...] = (), finished: bool = True, rollout: Sequence[str] = (),
) -> tuple[Record, ...]:  # fmt: skip
    """A run whose traces branch off at the root, one after the other; nodes are numbered from 1 along them. `rollout`:
    steps that were played on from the first step of the first trace."""
    settings = make_search(plan.search, plan.settings).settings()
    start = RunStarted(
        plan.problem, plan.text, "Make 24.", plan.search, settings, 0, Budget(), "scripted", plan.verifiers
    )
    events: list[AnyEvent] = [start]
    node = 0
    for number, (steps, scores) in enumerate(traces, 1):
        parent, said = 0, []
        for step, score in zip(steps, scores, strict=True):
            node += 1
            ends = step.startswith(("Answer", "####"))
            events.append(Expanded(number, parent, (NewNode(node, step, 1.0, terminal=ends),), generator="sample"))
            if score is not None:
                said.append(Score(node, score, "prm", scorer, channels=channels))
            parent = node
        if said:
            events.append(Scored(number, tuple(said)))
    if rollout:
        events.append(RolledOut(len(traces), 1, tuple(rollout), "24", 1.0, "rule", "rule"))
    if finished:
        events.append(RunFinished("finished", "All samples are drawn.", None, None, None, "no answer"))
    return tuple(Record(run, seq, 1_700_000_000.0 + seq, event) for seq, event in enumerate(events, 1))


def scored_session(path: Path, runs: int = 1, plan: RunPlan = PLAN, **log: object) -> None:
    """A session file with so many equal runs."""
    with Session.create(path) as session:
        for _ in range(runs):
            run = session.new_run(plan)
            session.append(scored_log(run, plan=plan, **log))  # type: ignore[arg-type] # as scored_log takes them
