"""Ways through a tree: the principal path and the steps of the arrow keys."""

from __future__ import annotations

from itertools import pairwise

from app.canvas.walks import best_child, is_below, principal_path, sibling
from engine.events import Expanded, NewNode, Pruned, Score, Scored
from engine.tree import Tree
from tests.app.canvas.trees import Search


def test_the_principal_path_follows_visits_and_stops_before_unvisited_nodes() -> None:
    tree = Search(seed=4).run(25).tree
    path = principal_path(tree)
    assert path[0] == 0
    for parent, child in pairwise(path):
        assert tree.nodes[child].visits == max(node.visits for node in tree.children(parent))
    assert tree.nodes[path[-1]].visits > 0
    assert not any(node.visits for node in tree.children(path[-1]))


def test_the_principal_path_ends_at_the_chosen_answer_once_there_is_one() -> None:
    search = Search(seed=4).run(25).finish()
    assert search.tree.finished is not None
    assert principal_path(search.tree)[-1] == search.tree.finished.chosen


def test_without_values_the_principal_path_follows_the_scores_of_what_is_left() -> None:
    search = Search()
    search.happen(Expanded(1, 0, (NewNode(1, "a\n", 0.5), NewNode(2, "b\n", 0.5))))
    assert principal_path(search.tree) == (0,)
    search.happen(Scored(1, (Score(1, 0.2, "prm", "prm"), Score(2, 0.9, "prm", "prm"))))
    assert principal_path(search.tree) == (0, 2)
    search.happen(Pruned(1, (2,), ("lost",)))
    assert principal_path(search.tree) == (0, 1)


def test_no_tree_has_no_path() -> None:
    assert principal_path(Tree()) == ()


def test_steps_to_children_and_siblings_end_at_the_ends() -> None:
    tree = Search(width=3).run(1).tree
    assert best_child(tree, 0) == 1
    assert best_child(tree, 3) is None
    assert (sibling(tree, 1, -1), sibling(tree, 1, 1), sibling(tree, 3, 1)) == (None, 2, None)
    assert sibling(tree, 0, 1) is None


def test_below_means_properly_below() -> None:
    tree = Search(width=2).run(2).tree
    assert is_below(tree, 1, 0)
    assert not is_below(tree, 0, 0)
    assert not is_below(tree, 0, 1)
