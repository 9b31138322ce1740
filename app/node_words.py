"""What views share in saying of a node: that it is out of the search, or the state of another. Knows no widget."""

from __future__ import annotations

from app.plain_text import one_line
from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

LONGEST_TWIN = 80
"""Characters."""
HIDDEN_TIP = "Hidden, inside the model's thinking:"


def pruned_at(tree: Tree, node: NodeId) -> Node | None:
    """The node itself or the nearest one above it that is pruned; None while it is in the search."""
    return next((entry for entry in tree.ascend(node) if entry.pruned), None)


def out_words(tree: Tree, node: NodeId) -> str:
    """`pruned: rank 6 of 12, lost by 0.013`; empty while it is in the search."""
    place = pruned_at(tree, node)
    if place is None:
        return ""
    reason = one_line(place.pruned)
    return f"pruned: {reason}" if place.id == node else f"out: above it, node {place.id} is pruned: {reason}"


def twin_words(tree: Tree, node: NodeId) -> str:
    """A node as the twin of another: `step 2, node 17: 4 * 6 = 24`."""
    if node not in tree.nodes:
        return f"node {node}"
    twin = tree.nodes[node]
    return one_line(f"step {twin.depth}, node {node}: {twin.step}", LONGEST_TWIN)


def node_tip(tree: Tree, node: Node) -> str:
    """The text of a tool tip, to be made safe: the step, and what is particular about it."""
    text = tree.started.text if node.id == ROOT and tree.started is not None else node.step
    lines = [HIDDEN_TIP if node.hidden else "", text.rstrip("\n"), out_words(tree, node.id)]
    if node.twin is not None:
        lines.append(f"same state as {twin_words(tree, node.twin)}")
    if node.virtual:
        lines.append(f"in flight: {node.virtual} below wait for their value")
    return "\n".join(filter(None, lines))
