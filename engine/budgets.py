"""How much of a run's budget is used, read from its tree. Pure."""

from __future__ import annotations

from engine.events import Budget
from engine.tree import Tree


def used_up(budget: Budget, tree: Tree) -> str | None:
    """The limit that is reached, in words; None while there is none."""
    cost = tree.cost
    if budget.simulations is not None and simulations(tree) >= budget.simulations:
        return f"{budget.simulations} simulations"
    if budget.tokens is not None and cost.generated >= budget.tokens:
        return f"{cost.generated} of {budget.tokens} tokens"
    if budget.seconds is not None and cost.seconds >= budget.seconds:
        return f"{cost.seconds:.1f} of {budget.seconds:g} seconds"
    return None


def shares(budget: Budget, tree: Tree) -> list[float]:
    """The share of each limit that is used; above 1 where the last move went beyond it."""
    pairs = (
        (simulations(tree), budget.simulations),
        (tree.cost.generated, budget.tokens),
        (tree.cost.seconds, budget.seconds),
    )
    return [used / limit for used, limit in pairs if limit]


def simulations(tree: Tree) -> int:
    """Values credited, of which an iteration with several leaves in flight has several; else iterations."""
    return max(tree.iterations_done, tree.root.visits)
