"""The value ramp: stretched to where the values are, and honest about it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from app.canvas.values import FEW, GRAIN, NARROWEST, ValueRange
from engine.events import Backpropagated, Expanded, NewNode
from engine.tree import Tree, apply, fold
from tests.app.canvas.trees import Search


def flat_tree(values: list[float]) -> Tree:
    """One child of the root for every value, visited once."""
    search = Search()
    search.happen(Expanded(1, 0, tuple(NewNode(node, "x", 0.1) for node in range(1, len(values) + 1))))
    for node, value in enumerate(values, 1):
        search.happen(Backpropagated(1, node, value, "prm"))
    return search.tree


def fold_touched(search: Search, seen: int) -> Iterator[int]:
    """What the events after the first `seen` touched, as the shown run reports it."""
    tree = fold(search.records[:seen])
    for record in search.records[seen:]:
        apply(record.event, tree)
        yield from tree.changed


def test_the_ramp_spans_the_5th_to_the_95th_percentile() -> None:
    numbers = list(np.linspace(0.2, 0.6, 200))
    ramp = ValueRange()
    ramp.update(flat_tree(numbers), None)
    assert (ramp.low, ramp.high) == pytest.approx((0.22, 0.58), abs=GRAIN)
    assert (ramp.place(ramp.low), ramp.place(ramp.high), ramp.place(0.0), ramp.place(1.0)) == (0.0, 1.0, 0.0, 1.0)


def test_few_values_are_not_stretched() -> None:
    ramp = ValueRange()
    ramp.update(flat_tree([0.5] * (FEW - 2)), None)
    assert (ramp.low, ramp.high) == (0.0, 1.0)


def test_equal_values_are_not_blown_up() -> None:
    ramp = ValueRange()
    ramp.update(flat_tree([0.5] * 50), None)
    assert NARROWEST <= ramp.high - ramp.low <= NARROWEST + 2 * GRAIN
    assert 0.3 < ramp.place(0.5) < 0.7


def test_reading_touched_nodes_gives_the_same_as_reading_all() -> None:
    search, live = Search(seed=7), ValueRange()
    for _ in range(60):
        seen = len(search.records)
        search.iteration()
        touched = set(fold_touched(search, seen))
        live.update(search.tree, touched)
    whole = ValueRange()
    whole.update(search.tree, None)
    assert (live.low, live.high) == (whole.low, whole.high)


def test_nodes_that_a_seek_took_away_count_no_more() -> None:
    ramp = ValueRange()
    ramp.update(flat_tree([0.9] * 100), None)
    ramp.update(flat_tree([0.2] * 20), None)
    assert ramp.high < 0.5
