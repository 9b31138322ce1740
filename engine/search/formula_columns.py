"""A selection formula put to columns of choices: to the last bit what its `terms` and `winner` give one by one.

What a formula makes of N alone goes through its own code (`weight`), once for each N; numpy does the rest, whose
additions, products and square roots are those of Python's floats.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan, log

import numpy as np

from engine.search.choice_columns import Block, Real, Whole
from engine.search.selection import LEAST_RANGE, Column, FirstPlayUrgency, Formula, PUcb, Puct, Uct


def block_terms(formula: Formula, block: Block) -> tuple[Real, Real]:
    """(q, u), each (m): nan for a Q that is missing, inf for a u that puts a child before all others."""
    match formula:
        case Uct():
            return _uct(formula, block)
        case Puct() | PUcb():
            weight = _by_visits(formula.weight, block.visits)
            return _filled(formula.urgency, block), block.p * weight[block.owner] / (1 + block.n)
    return _one_by_one(formula, block)


def block_winners(formula: Formula, block: Block, q: Real, u: Real) -> Whole:
    """(k) The place, among all `m`, of the child that wins each choice."""
    score = scores(q, u)
    best = np.fmax.reduceat(score, block.start)[block.owner]
    wins = score == best
    if formula.prior_breaks_ties:
        prior = np.where(wins, block.p, -np.inf)
        wins &= prior == np.fmax.reduceat(prior, block.start)[block.owner]
    places = np.where(wins, np.arange(len(wins)), len(wins))
    first: Whole = np.minimum.reduceat(places, block.start)
    return np.where(first < len(wins), first, block.start)


def scores(q: Real, u: Real) -> Real:
    """What is compared: q + u, a missing q counting nothing."""
    score: Real = np.where(np.isnan(q), 0.0, q) + u
    return score


def _uct(formula: Uct, block: Block) -> tuple[Real, Real]:
    known = _by_visits(lambda visits: log(max(1, visits)), block.visits)[block.owner]
    seen = block.n > 0
    u = np.full(len(block.n), np.inf)
    u[seen] = formula.c * np.sqrt(known[seen] / block.n[seen])
    return block.q, u


def _by_visits(weight: Callable[[int], float], visits: Whole) -> Real:
    """(k) The weight of each parent: worked out once for each N, by the formula's own code."""
    different, which = np.unique(visits, return_inverse=True)
    found: Real = np.array([weight(int(count)) for count in different], np.float64)[which]
    return found


def _filled(urgency: FirstPlayUrgency, block: Block) -> Real:
    """(m) Q with what stands in for it, on its scale (see `FirstPlayUrgency.fill`)."""
    above = block.value[block.owner]
    match urgency.first_play:
        case "score":
            other = np.where(np.isnan(block.stand_in), above, block.stand_in)
        case "parent":
            other = above
        case "zero":
            other = np.zeros(len(block.n))
        case "lowest":
            other = np.fmin(np.fmin.reduceat(block.q, block.start), block.value)[block.owner]
    q: Real = np.where(np.isnan(block.q), other, block.q)
    return _rescaled(q, block) if urgency.q_scale == "siblings" else q


def _rescaled(q: Real, block: Block) -> Real:
    low = np.fmin(np.fmin.reduceat(q, block.start), block.value)
    high = np.fmax(np.fmax.reduceat(q, block.start), block.value)
    width = np.fmax(high - low, LEAST_RANGE)
    scaled: Real = (q - low[block.owner]) / width[block.owner]
    return scaled


def _one_by_one(formula: Formula, block: Block) -> tuple[Real, Real]:
    """For a formula that has no columns of its own here."""
    terms = [_terms(formula, block.only(at)) for at in range(len(block))]
    q = [entry for column, _ in terms for entry in column]
    u = [inf if entry is None else entry for _, column in terms for entry in column]
    return np.array(q, np.float64), np.array(u, np.float64)


def _terms(formula: Formula, one: Block) -> tuple[Column, Column]:
    visits, (value,) = int(one.visits[0]), optional(one.value)
    return formula.terms(
        visits, value, one.n.tolist(), optional(one.q), one.p.tolist(), optional(one.stand_in).__getitem__
    )


def optional(values: Real) -> tuple[float | None, ...]:
    """As events hold it: None where a number is missing."""
    return tuple(None if isnan(value) else value for value in values.tolist())
