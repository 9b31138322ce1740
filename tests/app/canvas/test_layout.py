"""The tidy layout: nothing overlaps, order is kept, parents stand in the middle."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.canvas.layout import COUSIN, SIBLING, tidy_rows


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Parents of a random tree, each before its children."""
    size = draw(st.integers(1, 60))
    return [-1, *(draw(st.integers(0, item - 1)) for item in range(1, size))]


def depths(parents: list[int]) -> list[int]:
    found = [0]
    for parent in parents[1:]:
        found.append(found[parent] + 1)
    return found


def in_drawing_order(parents: list[int]) -> list[int]:
    """Items depth first, children in order."""
    children = defaultdict(list)
    for item, parent in enumerate(parents):
        children[parent].append(item)
    order, waiting = [], [0]
    while waiting:
        item = waiting.pop()
        order.append(item)
        waiting.extend(reversed(children[item]))
    return order


@given(trees())
def test_items_of_a_level_keep_their_order_and_their_distance(parents: list[int]) -> None:
    rows, levels = tidy_rows(parents), defaultdict(list)
    for item in in_drawing_order(parents):
        levels[depths(parents)[item]].append(item)
    for level in levels.values():
        for upper, lower in pairwise(level):
            wanted = SIBLING if parents[upper] == parents[lower] else COUSIN
            assert rows[lower] - rows[upper] >= wanted - 1e-9


@given(trees())
def test_a_parent_stands_in_the_middle_of_its_children(parents: list[int]) -> None:
    rows, children = tidy_rows(parents), defaultdict(list)
    for item, parent in enumerate(parents[1:], 1):
        children[parent].append(rows[item])
    for parent, family in children.items():
        assert rows[parent] == pytest.approx((family[0] + family[-1]) / 2)


def test_a_chain_is_a_straight_line_however_long() -> None:
    assert tidy_rows([-1, *range(2000)]) == [0.0] * 2001


def test_a_family_is_packed() -> None:
    assert tidy_rows([-1, 0, 0, 0]) == [0.0, -1.0, 0.0, 1.0]


def test_cousins_stand_a_little_further_apart() -> None:
    rows = tidy_rows([-1, 0, 0, 1, 2])
    assert rows[4] - rows[3] == COUSIN


def test_nothing_is_laid_out_as_nothing() -> None:
    assert tidy_rows([]) == []
