"""Run a probe with a scripted thinker, without a process: for tests of probes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from engine.commands import RunPlan
from engine.events import Budget
from engine.policies import Policy
from engine.problems import kind_of
from engine.problems.game24 import Game24
from engine.search.probes import Result, result_of
from engine.tree import Tree, fold
from engine.verifiers import Verifier
from tests.helpers.running import run_log
from tests.helpers.scripted_thinkers import PUZZLE, Puzzle

THOUGHT = "Try 13 - 9 = 4 (left: 4 4 10)\nTry 10 - 4 = 6 (left: 4 6)\nTry 6 * 4 = 24 (left: 24)\n"
"""A thought about PUZZLE, of three steps."""
EXPOSED = Puzzle().show(THOUGHT.splitlines(keepends=True), Random(0)) + "\n"
"""What a thinker shows after it."""
ANSWER = Game24.parse(PUZZLE).canonical(Game24.parse(PUZZLE).read_answer(EXPOSED) or "")


def probe_plan(
    name: str, text: str = PUZZLE, seed: int = 7, budget: Budget | None = None, **settings: object
) -> RunPlan:
    """A probe; without `thought` among its settings the thinker thinks first."""
    return RunPlan(kind_of(text), text, name, settings, seed, budget or Budget(), verifiers=())


def given_plan(name: str, seed: int = 7, budget: Budget | None = None, **settings: object) -> RunPlan:
    """A probe of THOUGHT."""
    return probe_plan(name, PUZZLE, seed, budget, **{"thought": THOUGHT, "exposed": EXPOSED, **settings})


def probed(wish: RunPlan, policy: Policy, verifiers: Sequence[Verifier] = ()) -> tuple[Tree, Result]:
    """The tree of a probe that ran to its end, and what it found."""
    tree = fold(run_log(wish, policy, verifiers))
    found = result_of(tree)
    assert found is not None
    return tree, found
