"""Degree of interest: what gets a card in a large tree, and what stays folded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.canvas.focus import FAMILY, MOST_CARDS, Interest, focus
from app.canvas.walks import principal_path, rank
from engine.events import Backpropagated, Expanded, NewNode
from engine.tree import Tree
from tests.app.canvas.trees import Search

LARGE = Search(width=8, seed=1, deepest=7).run(400).tree


def assert_connected(tree: Tree, shown: set[int]) -> None:
    for node in shown:
        assert all(above.id in shown for above in tree.ascend(node))


@given(st.integers(0, len(LARGE.nodes) - 1), st.integers(1, 120))
def test_cards_are_connected_and_few_and_hold_the_selection_and_the_principal_path(selected: int, cards: int) -> None:
    shown = focus(LARGE, Interest(selected, cards=cards))
    assert_connected(LARGE, shown)
    assert {selected, *principal_path(LARGE)} <= shown
    assert set(LARGE.nodes[selected].children) <= shown
    assert len(shown) <= cards + LARGE.nodes[selected].depth + len(principal_path(LARGE)) + 2 * FAMILY


def test_room_goes_to_the_most_visited_nodes() -> None:
    shown = focus(LARGE, Interest(cards=20))
    hidden_visits = [node.visits for node in LARGE.nodes.values() if node.id not in shown]
    extras = shown - set(principal_path(LARGE))
    assert min(LARGE.nodes[node].visits for node in extras) >= max(hidden_visits)


def test_a_long_principal_path_leaves_room_for_what_lies_beside_it() -> None:
    search = Search()
    for depth in range(30):
        first = 2 * depth + 1
        search.happen(Expanded(depth + 1, max(0, first - 2), (NewNode(first, "x", 0.5), NewNode(first + 1, "y", 0.5))))
        search.happen(Backpropagated(depth + 1, first, 0.5, "prm"))
    path = set(principal_path(search.tree))
    assert len(path) == 31
    assert len(focus(search.tree, Interest(cards=30)) - path) == 10


def test_a_small_tree_is_shown_whole() -> None:
    tree = Search(width=3).run(2).tree
    assert focus(tree, Interest(cards=40)) == set(tree.nodes)


def test_asking_for_more_children_brings_out_the_best_ones() -> None:
    parent = max(LARGE.nodes.values(), key=lambda node: node.id if node.visits > 1 else 0).id
    shown = focus(LARGE, Interest(parent, opened={parent: 3}, cards=1))
    best = sorted(LARGE.children(parent), key=rank)[:3]
    assert {node.id for node in best} <= shown


def test_nodes_at_work_are_shown_with_their_children_even_unvisited() -> None:
    leaf = min(node.id for node in LARGE.nodes.values() if node.visits == 1 and node.children)
    shown = focus(LARGE, Interest(active=(leaf,), cards=1))
    assert {leaf, *LARGE.nodes[leaf].children} <= shown


def test_a_wide_family_does_not_fill_the_canvas() -> None:
    search = Search()
    search.happen(Expanded(1, 0, tuple(NewNode(node, "x", 0.001) for node in range(1, 1001))))
    assert len(focus(search.tree, Interest(cards=5000))) == MOST_CARDS


def test_an_empty_tree_has_no_cards() -> None:
    assert focus(Tree(), Interest(selected=3)) == set()


NODES = st.integers(0, len(LARGE.nodes) - 1)


@given(NODES, NODES, st.lists(NODES, max_size=60), st.lists(NODES, max_size=6), st.integers(1, 60))
def test_hoisted_pinned_and_found_nodes_keep_the_cards_connected_and_bounded(
    top: int, selected: int, wanted: list[int], active: list[int], cards: int
) -> None:
    shown = focus(LARGE, Interest(selected, tuple(active), cards=cards, top=top, wanted=tuple(wanted)))
    below = {node for node in LARGE.nodes if top in {above.id for above in LARGE.ascend(node)}}
    assert top in shown
    assert shown <= below
    assert all(LARGE.nodes[node].parent in shown for node in shown - {top})
    assert len(shown) <= MOST_CARDS + 2 * FAMILY
    assert {node for node in (selected, *active) if node in below} <= shown
    if len(shown) < MOST_CARDS:
        assert set(wanted) & below <= shown


def test_more_wanted_nodes_than_there_is_room_for_are_left_out_whole() -> None:
    shown = focus(LARGE, Interest(cards=1, wanted=tuple(LARGE.nodes)))
    assert_connected(LARGE, shown)
    assert MOST_CARDS - 10 <= len(shown) <= MOST_CARDS
