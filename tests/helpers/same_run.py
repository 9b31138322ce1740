"""What must be the same in a tree that was exported and imported again. Knows no format and no Qt."""

from __future__ import annotations

import pytest

from engine.tree import Tree

NODE_FIELDS = (
    "prior", "id", "parent", "step", "depth", "logprob", "terminal", "hidden", "broken", "samples", "visits",
    "value_sum", "twin", "edit", "refused", "mark", "pruned", "children", "scores",
)  # fmt: skip
"""Of Node: what no document says is left out (which selection was the last, whether the policy was asked). The root
has no prior."""
TREE_FIELDS = (
    "votes", "read", "borders", "labels", "ratings", "rescored", "rescored_rollouts", "unscored", "scorer_specs",
    "verdicts", "name", "private", "duplicates", "gold", "answer_ids",
)  # fmt: skip


def assert_same_nodes(made: Tree, tree: Tree) -> None:
    """The nodes with their numbers, scores, notes and bookmarks: all that a table of nodes can say."""
    assert list(made.nodes) == list(tree.nodes)
    for number, node in tree.nodes.items():
        for name in NODE_FIELDS if node.parent is not None else NODE_FIELDS[1:]:
            assert getattr(made.nodes[number], name) == getattr(node, name), (number, name)
    assert (made.notes, made.bookmarks) == (tree.notes, tree.bookmarks)


def assert_same_run(made: Tree, tree: Tree) -> None:
    """The same, and what was said of the run as a whole: votes, traces, ratings, cost, outcome."""
    assert_same_nodes(made, tree)
    assert [node.rollouts for node in made.nodes.values()] == [node.rollouts for node in tree.nodes.values()]
    for name in TREE_FIELDS:
        assert getattr(made, name) == getattr(tree, name), name
    assert made.iterations_done == tree.iterations_done
    for name in tree.cost.__struct_fields__:
        assert getattr(made.cost, name) == pytest.approx(getattr(tree.cost, name)), name
    assert tree.finished is None or made.finished == tree.finished
    assert made.started is not None
    assert tree.started is not None
    assert (made.started.prompt, made.started.scale) == (tree.started.prompt, tree.started.scale)
