"""The scene: every card, also of text under way and of rollouts, has a place of its own."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.canvas.focus import Interest
from app.canvas.scene import CARD_HEIGHT, CARD_WIDTH, Scene, build_scene
from engine.events import RolledOut
from engine.frames import Branch
from tests.app.canvas.trees import Search

TREE = Search(width=5, seed=3).run(40).tree
ROLLOUT = RolledOut(1, 2, ("a", "b"), "24", 1.0, "rule")


def overlaps(scene: Scene) -> list[tuple[int, int]]:
    def collide(one: int, other: int) -> bool:
        dx, dy = abs(scene.places[one] - scene.places[other])
        return bool(dx < CARD_WIDTH and dy < CARD_HEIGHT)

    return [pair for pair in combinations(range(len(scene.items)), 2) if collide(*pair)]


@given(st.integers(0, len(TREE.nodes) - 1), st.integers(1, 8), st.integers(5, 60))
def test_no_two_cards_overlap(node: int, branches: int, cards: int) -> None:
    writing = [Branch(node, index, "text") for index in range(branches)]
    interest = Interest(node, (node,), cards=cards)
    assert overlaps(build_scene(TREE, interest, writing, {2: ROLLOUT})) == []


def test_text_under_way_stands_below_the_children_of_its_parent() -> None:
    scene = build_scene(TREE, Interest(active=(0,)), [Branch(0, 0, "13 - 9"), Branch(0, 1, "4 *")])
    written = scene.index["writing", 0, 0]
    children = [place for place, item in enumerate(scene.items) if item.parent == 0 and item.node is not None]
    assert scene.items[written].parent == 0
    assert scene.places[written, 0] == scene.places[children[0], 0]
    assert all(scene.places[child, 1] < scene.places[written, 1] for child in children)
    assert scene.index["writing", 0, 1] == written + 1


def test_a_rollout_stands_right_of_its_node() -> None:
    scene = build_scene(TREE, Interest(active=(2,)), (), {2: ROLLOUT})
    rollout, node = scene.index["rollout", 2, 0], scene.of_node(2)
    assert node is not None
    assert scene.items[rollout].parent == node
    assert scene.places[rollout, 0] > scene.places[node, 0] + CARD_WIDTH


def test_folded_children_are_counted_and_not_shown() -> None:
    scene = build_scene(TREE, Interest(folded=frozenset({0})))
    assert [item.node for item in scene.items] == [0]
    assert scene.items[0].hidden == len(TREE.root.children)


def test_hidden_counts_the_children_without_a_card() -> None:
    scene = build_scene(TREE, Interest(cards=12))
    for item in scene.items:
        assert item.node is not None
        shown = sum(TREE.nodes[other.node].parent == item.node for other in scene.items if other.node is not None)
        assert item.hidden == len(TREE.nodes[item.node].children) - shown


def test_bounds_hold_every_card() -> None:
    scene = build_scene(TREE, Interest())
    left, top, right, bottom = scene.bounds()
    for x, y in scene.places:
        assert left <= x <= right - CARD_WIDTH
        assert top <= y <= bottom - CARD_HEIGHT
