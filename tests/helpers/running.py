"""Run a plan to its end without a process, without a model: for tests of searches and runner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from engine.commands import RunPlan
from engine.events import Budget, Record
from engine.policies import Policy
from engine.run import Run
from engine.runner import Live, Runner
from engine.verifiers import Verifier
from engine.verifiers.rule import RuleVerifier
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier

VERIFIERS = ("rule", "prm", "orm", "value", "scale", "check")
"""So that no search lacks what it needs, nor has what it refuses (a vote goes with Tree of Thoughts alone)."""


def plan(
    search: str = "mcts",
    seed: int = 0,
    budget: Budget | None = None,
    text: str = "4 9 10 13",
    verifiers: tuple[str, ...] = ("prm",),
    **settings: object,
) -> RunPlan:
    """A Game of 24 plan; `settings` go to the search."""
    return RunPlan("game24", text, search, settings, seed, budget or Budget(), verifiers=verifiers)


def scripted_verifiers(names: Sequence[str]) -> list[Verifier]:
    """A verifier for each name in a plan: the real rules, and a scripted one for every model."""
    return [_scripted_verifier(name) for name in names]


def _scripted_verifier(name: str) -> Verifier:
    match name:
        case "rule":
            return RuleVerifier()
        case "prm":
            return ScriptedVerifier()
        case "orm":
            return ScriptedVerifier("scripted-orm", "orm")
    return ScriptedVerifier(name, "self-evaluation")


def make_run(wish: RunPlan, log: list[Record], number: int = 1, *, paused: bool = False) -> Run:
    """A run whose records go to `log` and whose clock counts events."""
    ticks = count(1)
    return Run(number, wish, log.append, lambda: float(next(ticks)), paused=paused)


def run_log(
    wish: RunPlan, policy: Policy | None = None, verifiers: Sequence[Verifier] | None = None, number: int = 1
) -> tuple[Record, ...]:
    """The whole log of a plan."""
    log: list[Record] = []
    run = make_run(wish, log, number)
    who = scripted_verifiers(wish.verifiers) if verifiers is None else verifiers
    live = Live(run, policy or ScriptedPolicy(), tuple(who))
    run.start(live.policy.name, [verifier.name for verifier in live.verifiers])
    go(live)
    return tuple(log)


def resume_log(
    wish: RunPlan, prefix: Sequence[Record], policy: Policy | None = None, verifiers: Sequence[Verifier] | None = None
) -> tuple[Record, ...]:
    """The log of a run that goes on after `prefix`, which it begins with."""
    log: list[Record] = list(prefix)
    run = make_run(wish, log)
    run.resume(prefix, "test")
    who = scripted_verifiers(wish.verifiers) if verifiers is None else verifiers
    go(Live(run, policy or ScriptedPolicy(), tuple(who)))
    return tuple(log)


def go(*live: Live) -> None:
    """Perform moves until nothing may go on."""
    runner = Runner(lambda: 0.0)
    while runner.turn(live):
        pass
