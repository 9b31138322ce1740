"""How a run ends: why, and with which answer. Pure."""

from __future__ import annotations

from engine import budgets
from engine.commands import RunPlan
from engine.events import Reason, RunFinished
from engine.problems import Problem
from engine.search.search import Answer, Search
from engine.tree import Tree

LEFT_OFF = "The run is not over: go on with it (resume) once the server works."
"""What is said after a fault that passes."""


def ending(plan: RunPlan, search: Search, tree: Tree) -> tuple[Reason, str] | None:
    """Why the run ends instead of beginning an iteration, as a word and as a sentence; None if it does not."""
    found = search.done(tree)
    if found is not None:
        return found[0], f"Finished: {found[1]}."
    over = budgets.used_up(plan.budget, tree)
    return ("budget", f"The budget is used up: {over}.") if over else None


def finished(problem: Problem, tree: Tree, reason: Reason, why: str, chosen: Answer | None) -> RunFinished:
    """The last event, with the exact check of the single answer, which nothing before has seen."""
    if chosen is None:
        return RunFinished(reason, why, None, None, None, "There is no answer.")
    played = () if chosen.rollout is None else tree.nodes[chosen.node].rollouts[chosen.rollout].steps
    completion = "".join(tree.steps(chosen.node) + played)
    checked = problem.check_answer(completion)
    answer = problem.read_answer(completion)
    return RunFinished(reason, why, chosen.node, answer, checked.correct, checked.reason, chosen.rollout)


def progress(plan: RunPlan, search: Search, tree: Tree) -> float | None:
    """Share of the work or of the scarcest budget that is used, in [0, 1]."""
    shares = [search.progress(tree), *budgets.shares(plan.budget, tree)]
    known = [share for share in shares if share is not None]
    return min(1.0, max(known)) if known else None
