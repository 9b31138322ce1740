"""The PUCT of mctx, replayed: our formula makes every choice of its golden tree (Apache-2.0, google-deepmind/mctx)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from engine.search import make_search
from engine.search.mcts import Mcts
from engine.search.selection import Selection, winner
from tests.helpers.shared_data import shared_data

GAMMA = "discount"


@dataclass
class Replayed:
    """A node of the golden tree, with N and V as the replay finds them."""

    stored: dict[str, Any]
    reward: float = 0.0
    n: int = 0
    v: float = 0.0
    children: list[Replayed] = field(default_factory=list)


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(shared_data("mctx", "muzero_qtransform_tree.json").read_text())
    return read


def selection(golden: dict[str, Any]) -> Selection:
    """Ours, with the settings of the golden tree: those that a user would give to MCTS."""
    config = golden["algorithm_config"]
    settings = {
        "formula": "puct",
        "c_init": config["pb_c_init"],
        "c_base": config["pb_c_base"],
        "first_play": "lowest",
        "q_scale": "siblings",
    }
    search = make_search("mcts", settings)
    assert isinstance(search, Mcts)
    return search.selection


def choose(node: Replayed, rule: Selection, discount: float) -> Replayed:
    """The child that our formula takes; Q of a child is reward + discount * V, which only a game has."""
    q = [child.reward + discount * child.v if child.n else None for child in node.children]
    p = [child.stored["prior"] for child in node.children]
    n = [child.n for child in node.children]
    filled, u = rule.formula.terms(node.n, node.v, n, q, p, lambda _: None)
    return node.children[winner(filled, u, p, rule.formula.prior_breaks_ties)]


def visit(node: Replayed) -> None:
    """What mctx does at an expansion: N = 1, V = the network's value."""
    node.n, node.v = 1, node.stored["raw_value_view"]
    node.reward = node.stored.get("reward", 0.0)
    node.children = [Replayed(child) for child in node.stored["child_stats"]]


def replay(golden: dict[str, Any]) -> tuple[Replayed, int]:
    """The tree after all simulations, and how many of them reached the leaf that mctx reached."""
    rule, discount = selection(golden), golden["env_config"][GAMMA]
    root = Replayed(golden["tree"])
    visit(root)
    right = 0
    for number in range(1, golden["tree"]["visit"]):
        path = [root]
        while path[-1].n:
            path.append(choose(path[-1], rule, discount))
        leaf = path[-1]
        right += leaf.stored.get("evaluation_index") == number
        if "visit" not in leaf.stored:
            break
        visit(leaf)
        back_up(path, discount)
    return root, right


def back_up(path: list[Replayed], discount: float) -> None:
    value = path[-1].v
    for child, node in zip(reversed(path), reversed(path[:-1]), strict=False):
        value = child.reward + discount * value
        node.v = (node.v * node.n + value) / (node.n + 1)
        node.n += 1


def walked(node: Replayed) -> Iterator[Replayed]:
    yield node
    for child in node.children:
        yield from walked(child)


def test_all_selections_visits_and_values_of_mctx_are_reproduced(golden: dict[str, Any]) -> None:
    root, right = replay(golden)
    assert right == 50
    expanded = [node for node in walked(root) if node.n]
    assert len(expanded) == 51
    for node in walked(root):
        assert node.n == node.stored.get("visit", 0)
    for node in expanded:
        assert node.v == pytest.approx(node.stored["value_view"], abs=1e-6)


def test_another_first_play_does_not_reproduce_them(golden: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The replay tells variants apart: with V of the parent for unvisited children it goes elsewhere."""
    other = make_search("mcts", {"first_play": "parent", "q_scale": "siblings"})
    assert isinstance(other, Mcts)
    monkeypatch.setattr("tests.engine.test_mctx.selection", lambda _: other.selection)
    assert replay(golden)[1] < 50


def test_the_golden_tree_is_sound(golden: dict[str, Any]) -> None:
    """N = 1 + visits of the children, and V is their mean with the network's own value."""
    discount, found = golden["env_config"][GAMMA], 0
    waiting = [golden["tree"]]
    while waiting:
        node = waiting.pop()
        waiting += node["child_stats"]
        if "visit" not in node:
            continue
        found += 1
        below = [child for child in node["child_stats"] if "visit" in child]
        assert node["visit"] == 1 + sum(child["visit"] for child in below)
        total = sum(child["visit"] * (child["reward"] + discount * child["value_view"]) for child in below)
        assert node["value_view"] == pytest.approx((node["raw_value_view"] + total) / node["visit"], abs=1e-6)
    assert found == 51
