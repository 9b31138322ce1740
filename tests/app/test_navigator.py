"""Finding one's way through a tree: every walk of the menu Go, with and without values, and in a hoisted subtree."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.canvas.walks import large_drops, principal_path
from app.models.shown_run import ShownRun
from app.navigator import Navigator
from engine.events import Backpropagated, Expanded, NewNode, Score, Scored
from tests.app.canvas.trees import Search

LARGE = Search(width=3, seed=5, deepest=6).run(60)

# Below the root 1 2; below 1: 3 4; below 3: 5; below 5: 6 7. Most visits lead to 1 3 5 6, the best value is at 2.
SHAPE = {0: (1, 2), 1: (3, 4), 3: (5,), 5: (6, 7)}
CREDITS = ((6, 0.3),) * 5 + ((7, 0.2), (4, 0.9), (4, 0.8), (2, 0.95))


@pytest.fixture
def shown() -> ShownRun:
    return ShownRun()


@pytest.fixture
def navigator(shown: ShownRun) -> Navigator:
    made = Navigator(shown)
    shown.show(1, known_search().records)
    return made


def known_search() -> Search:
    search = Search()
    for parent, children in SHAPE.items():
        search.happen(Expanded(1, parent, tuple(NewNode(child, f"step {child}", 0.5) for child in children)))
    for leaf, value in CREDITS:
        search.happen(Backpropagated(1, leaf, value, "prm"))
    return search


def test_most_visits_and_best_value_are_two_ways(shown: ShownRun, navigator: Navigator) -> None:
    shown.select(0)
    navigator.child()
    assert shown.selected == 1
    shown.select(0)
    navigator.best_by_value()
    assert shown.selected == 2


def test_the_end_follows_the_variation_from_where_one_is(shown: ShownRun, navigator: Navigator) -> None:
    navigator.end_of_variation()
    assert shown.selected == 6
    shown.select(4)
    navigator.end_of_variation()
    assert shown.selected == 4


def test_branchings(shown: ShownRun, navigator: Navigator) -> None:
    shown.select(6)
    seen = []
    for _ in range(4):
        navigator.previous_branching()
        seen.append(shown.selected)
    assert seen == [5, 1, 0, 0]  # 3 has one child
    navigator.next_branching()
    assert shown.selected == 1
    navigator.next_branching()
    assert shown.selected == 5


def test_large_drops_along_the_line(shown: ShownRun, navigator: Navigator) -> None:
    """Q along the principal path: root .44 (9 visits), 1 .43 (8), 3 .28 (6), 5 .28, 6 .30."""
    assert large_drops(shown.tree, principal_path(shown.tree)) == [3]
    shown.select(0)
    navigator.next_drop()
    assert shown.selected == 3
    navigator.next_drop()
    assert shown.selected == 3
    shown.select(6)
    navigator.previous_drop()
    assert shown.selected == 3
    navigator.previous_drop()
    assert shown.selected == 3


def test_back_and_forward(shown: ShownRun, navigator: Navigator) -> None:
    assert not navigator.can_go_back()
    for node in (1, 3, 6):
        shown.select(node)
    navigator.back()
    navigator.back()
    assert shown.selected == 1
    assert not navigator.can_go_back()
    navigator.forward()
    assert shown.selected == 3
    shown.select(2)
    assert not navigator.can_go_forward()


def test_walks_stay_in_the_hoisted_subtree(shown: ShownRun, navigator: Navigator) -> None:
    shown.select(1)
    navigator.hoist()
    navigator.parent()
    navigator.next_sibling()
    navigator.previous_branching()
    assert shown.selected == 1
    assert navigator.is_hoisted()
    shown.select(6)
    navigator.root()
    assert shown.selected == 1
    navigator.unhoist()
    navigator.parent()
    assert shown.selected == 0


def test_a_pin_belongs_to_the_selected_step(shown: ShownRun, navigator: Navigator) -> None:
    navigator.pin()
    assert shown.attention.pinned == ()
    shown.select(4)
    navigator.pin()
    assert navigator.is_pinned()
    shown.select(2)
    assert not navigator.is_pinned()


WALKS = (
    "parent", "child", "best_by_value", "previous_sibling", "next_sibling", "root", "end_of_variation", "twin",
    "nothing", "previous_branching", "next_branching", "next_drop", "previous_drop", "back", "forward", "hoist",
    "unhoist", "pin",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(WALKS), st.integers(0, len(LARGE.records))), max_size=40))
@example(["end_of_variation", "hoist", 1, "parent", 42])
def test_no_walk_leads_out_of_the_tree_or_out_of_sight(deeds: list[str | int]) -> None:
    """At any cursor, also before the first event and without a run."""
    shown = ShownRun()
    navigator = Navigator(shown)
    for walk in WALKS:
        getattr(navigator, walk)()
    shown.show(1, LARGE.records)
    for deed in deeds:
        if isinstance(deed, int):
            shown.seek(deed)
        else:
            getattr(navigator, deed)()
        tree, selected = shown.tree, shown.selected
        assert selected is None or selected in tree.nodes
        if selected is not None:
            assert shown.attention.hoisted(tree) in {node.id for node in tree.ascend(selected)}


def test_a_search_without_values_goes_by_scores() -> None:
    search = Search()
    search.happen(Expanded(1, 0, (NewNode(1, "a", 0.5), NewNode(2, "b", 0.5))))
    search.happen(Scored(1, (Score(1, 0.9, "prm", "p"), Score(2, 0.4, "prm", "p"))))
    search.happen(Expanded(1, 1, (NewNode(3, "c", 0.5),)))
    search.happen(Scored(1, (Score(3, 0.7, "prm", "p"),)))
    shown = ShownRun()
    navigator = Navigator(shown)
    shown.show(1, search.records)
    shown.select(0)
    navigator.best_by_value()
    assert shown.selected == 1
    navigator.next_drop()
    assert shown.selected == 3
