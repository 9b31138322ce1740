"""Logs of chains that think, written by hand: every kind of mark occurs in the first. No model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Budget,
    Expanded,
    IterationFinished,
    NewNode,
    Record,
    RolledOut,
    RunFinished,
    RunStarted,
)
from engine.importing import Origin, kept
from engine.traces.spans import Trace
from storage.session import Session

STORY = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens has he?"
THOUGHT = (
    "Let me first work out how many pens are in the boxes.\n",
    "So there are 5 * 7 = 35 pens in the boxes.\n",
    "Then 35 - 12 = 23 pens are left.\n",
    "The answer is 23.\n",
    "His friends would have 23 + 40 = 63 pens.\n",
    "Let me check: 23 + 12 = 35.\n</think>\n",
)
SHOWN = (
    "There are 5 * 7 = 35 pens in the boxes.\n",
    "So 35 - 12 = 24 pens are left.\n",
    "A whale weighs 99 tons.\n",
    "Answer: 24",
)
PLAN = RunPlan("words", STORY, "cot", {"think": True}, verifiers=())


def chain_log(
    hidden: Sequence[str] = THOUGHT,
    shown: Sequence[str] = SHOWN,
    *,
    run: int = 1,
    finished: bool = True,
    rollouts: Sequence[Sequence[str]] = (),
) -> tuple[Record, ...]:
    """One chain, a node for each text, numbered from 1. `rollouts`: texts that were played from its first node."""
    think = {"think": bool(hidden)}
    events: list[AnyEvent] = [RunStarted("words", STORY, STORY, "cot", think, 0, Budget(), "scripted", (), "test")]
    texts = [*((text, True) for text in hidden), *((text, False) for text in shown)]
    for number, (text, is_hidden) in enumerate(texts, 1):
        ends = number == len(texts) and finished
        child = NewNode(number, text, 1.0, terminal=ends, hidden=is_hidden)
        events += [Expanded(number, number - 1, (child,)), IterationFinished(number)]
    events += [RolledOut(len(texts), 1, tuple(steps), None, None, None) for steps in rollouts]
    if finished:
        events.append(RunFinished("finished", "every chain has ended", len(texts), "24", None, "checked"))
    return tuple(Record(run, seq, 1_700_000_000.0 + seq, event) for seq, event in enumerate(events, 1))


def chain_session(path: Path, *logs: Sequence[Record]) -> Path:
    """A session file with a run for each log; the chain above for want of any."""
    with Session.create(path) as session:
        for log in logs or (chain_log(),):
            number = session.new_run(PLAN)
            session.append([Record(number, record.seq, record.at, record.event) for record in log])
    return path


def imported_session(path: Path, trace: Trace, answer: str = "") -> Path:
    """A session file whose only run is a trace that was read from elsewhere."""
    read = kept(trace, Origin("a file", STORY, answer))
    with Session.create(path) as session:
        number = session.new_run(read.plan)
        session.append(read.records(number, 1_700_000_000.0))
    return path
