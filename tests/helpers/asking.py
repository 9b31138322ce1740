"""Ask a run for a verb, without a process and without a model: for tests of verbs, tasks and breakpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.commands import RunPlan
from engine.events import NodeId, Record
from engine.runner import Live, Runner
from engine.tasks import Task
from engine.verbs import make_verb
from tests.helpers.running import go, make_run, scripted_verifiers
from tests.helpers.scripted import ScriptedPolicy


def begun(wish: RunPlan, log: list[Record], iterations: int = 2) -> Live:
    """A run in pause after some iterations. Its policy tells tokens."""
    live = Live(make_run(wish, log), ScriptedPolicy(tells_tokens=True), tuple(scripted_verifiers(wish.verifiers)))
    live.run.start("scripted", wish.verifiers)
    for _ in range(iterations):
        live.run.pace.step("iteration")
        go(live)
    live.run.pace.pause()
    live.run.pending()
    return live


def ask(live: Live, verb: str, node: NodeId, **settings: object) -> Task:
    """Ask for something and let it be performed to its end. Raises EditError."""
    ended: list[Task] = []
    task = live.run.ask(make_verb(verb, settings), node, ended.append)
    go(live)
    assert ended == [task]
    return task


def turns(live: Live, count: int) -> None:
    """Perform so many moves."""
    runner = Runner(lambda: 0.0)
    for _ in range(count):
        runner.turn([live])


def events(log: Sequence[Record], start: int = 0) -> list[Any]:
    return [record.event for record in log[start:]]


def asked_log(wish: RunPlan, verb: str, node: NodeId, **settings: object) -> tuple[Record, ...]:
    """A run of two iterations, a wish, and the run's own rest."""
    log: list[Record] = []
    live = begun(wish, log)
    ask(live, verb, node, **settings)
    live.run.pace.go_on()
    go(live)
    return tuple(log)
