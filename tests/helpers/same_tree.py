"""Trees that must be equal: told field by field, node by node. Knows no Qt."""

from __future__ import annotations

from dataclasses import fields

from engine.tree import Node, Tree

NODE_FIELDS = [name for name in Node.__struct_fields__ if name != "open"]
"""What a tree of a past cursor has: `open` is for searches alone, see `app.models.past_tree`."""


def assert_same_tree(tree: Tree, expected: Tree) -> None:
    """All but `Node.open`, and what two equal trees may differ in."""
    for field in fields(Tree):
        if field.compare and field.name != "nodes":
            assert getattr(tree, field.name) == getattr(expected, field.name), field.name
    assert list(tree.nodes) == list(expected.nodes)
    for number, node in expected.nodes.items():
        made = tree.nodes[number]
        for name in NODE_FIELDS:
            assert getattr(made, name) == getattr(node, name), (number, name)
