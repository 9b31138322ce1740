"""The slot layout: batches of any shape give what one batch gives, and intervals stay intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.canvas.slots import LEVEL, SlotLayout, any_above, sum_above, sum_below


def by_hand(parents: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """left, leaves and depth, node by node."""
    children: list[list[int]] = [[] for _ in parents]
    for node, parent in enumerate(parents[1:], 1):
        children[parent].append(node)
    leaves, left, depth = [0] * len(parents), [0] * len(parents), [0] * len(parents)
    for node in reversed(range(len(parents))):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    for node in range(len(parents)):
        at = left[node]
        for child in children[node]:
            left[child], depth[child] = at, depth[node] + 1
            at += leaves[child]
    return left, leaves, depth


@st.composite
def growths(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Parents of a tree of some shape, and where it is cut into batches."""
    count = draw(st.integers(1, 40))
    shape = draw(st.sampled_from(("any", "chain", "star", "late")))
    reach = {
        "any": lambda node: st.integers(0, node - 1),
        "chain": lambda node: st.integers(max(0, node - 3), node - 1),
        "star": lambda node: st.sampled_from((0, min(1, node - 1))),
        "late": lambda node: st.integers(0, min(node - 1, 4)),
    }[shape]
    parents = [-1, *(draw(reach(node)) for node in range(1, count))]
    return parents, sorted(draw(st.lists(st.integers(0, count), max_size=6)))


@settings(max_examples=400)
@given(growths())
def test_batches_of_any_shape_give_the_same_as_one(growth: tuple[list[int], list[int]]) -> None:
    parents, cuts = growth
    layout, done = SlotLayout(), 0
    for end in [*cuts, len(parents)]:
        layout.insert(np.array(parents[done:end], np.int32))
        done = max(done, end)
        left, leaves, depth = by_hand(parents[:done])
        assert (layout.left.tolist(), layout.leaves.tolist(), layout.depth.tolist()) == (left, leaves, depth)
        assert layout.order.tolist() == sorted(range(done), key=lambda node: (depth[node], left[node]))


@given(growths())
def test_intervals_of_a_level_are_disjoint_and_children_stand_in_order_of_birth(
    growth: tuple[list[int], list[int]],
) -> None:
    layout = SlotLayout()
    layout.insert(np.array(growth[0], np.int32))
    tops, ends = layout.keys(layout.left), layout.keys(layout.left + layout.leaves)
    assert (tops[1:] >= np.where(tops[1:] // LEVEL == tops[:-1] // LEVEL, ends[:-1], 0)).all()
    for node in range(1, layout.count):
        parent = layout.parent[node]
        assert layout.left[parent] <= layout.left[node]
        assert layout.left[node] + layout.leaves[node] <= layout.left[parent] + layout.leaves[parent]
        younger = [other for other in range(node + 1, layout.count) if layout.parent[other] == parent]
        assert all(layout.left[node] < layout.left[other] for other in younger)


def test_rollouts_into_a_large_tree_and_a_long_chain_in_one_batch() -> None:
    random = np.random.default_rng(0)
    parents = [-1, *(int(node * random.random() ** 0.4) for node in range(1, 3000))]
    deep: list[int] = []
    for _ in range(30):
        deep += [int(random.integers(0, 3000)), *range(3000 + len(deep), 3000 + len(deep) + 29)]
    chain = range(3000 + len(deep) - 1, 3000 + len(deep) + 1999)
    layout = SlotLayout()
    for batch in (parents, deep, chain):
        layout.insert(np.array(batch, np.int32))
    left, leaves, depth = by_hand([*parents, *deep, *chain])
    assert (layout.left.tolist(), layout.leaves.tolist(), layout.depth.tolist()) == (left, leaves, depth)
    assert (layout.rows, layout.levels) == (leaves[0], max(depth) + 1)


def test_sums_along_a_tree() -> None:
    parents, ones = np.array([-1, 0, 0, 1, 3], np.int32), np.ones(5, np.int32)
    assert sum_below(parents, ones).tolist() == [5, 3, 1, 2, 1]
    assert sum_above(parents, ones).tolist() == [1, 2, 2, 3, 4]
    assert any_above(parents, np.array([False, True, False, False, False])).tolist() == [False, True, False, True, True]
