"""Selections of somebody else's search, made again with a formula of ours: are they the same? Knows no format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.events import Choice, NodeId
from engine.search.selection import Formula, winner

MOST_TERMS = 500_000
"""Children that may be weighed in all selections of one tree; beyond it nobody waits for the arithmetic."""


class Arm(NamedTuple):
    """A child as the formula sees it, at the time of the selection."""

    node: NodeId
    n: int
    q: float | None
    """None while it is unvisited."""
    p: float


def weighed(
    formula: Formula, parent: NodeId, visits: int, value: float | None, arms: Sequence[Arm], chosen: NodeId
) -> tuple[Choice, bool]:
    """One level of a selection with its arithmetic, and whether the formula takes the child that was taken."""
    nodes, n, q, p = (tuple(column) for column in zip(*arms, strict=True))
    filled, u = formula.terms(visits, value, n, q, p, lambda _: None)
    choice = Choice(parent, chosen, visits, nodes, n, tuple(filled), p, tuple(u), tuple(count > 0 for count in n))
    return choice, nodes[winner(filled, u, p, formula.prior_breaks_ties)] == chosen
