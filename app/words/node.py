"""What views share in saying of a node: that it is out of the search, or the state of another. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import mark, tr
from app.plain_text import one_line
from engine.events import ROOT, NodeId
from engine.tree import Node, Tree

LONGEST_TWIN = 80
"""Characters."""
EDITED = mark("edited")
"""Of a step that a probe changed before it gave it."""
HIDDEN_TIP = mark("Hidden, inside the model's thinking:")


def pruned_at(tree: Tree, node: NodeId) -> Node | None:
    """The node itself or the nearest one above it that is pruned; None while it is in the search."""
    return next((entry for entry in tree.ascend(node) if entry.pruned), None)


def out_words(tree: Tree, node: NodeId) -> str:
    """`pruned: rank 6 of 12, lost by 0.013`; empty while it is in the search."""
    place = pruned_at(tree, node)
    if place is None:
        return ""
    reason = one_line(place.pruned)
    words = tr("pruned: {reason}") if place.id == node else tr("out: above it, node {node} is pruned: {reason}")
    return words.format(node=place.id, reason=reason)


def twin_words(tree: Tree, node: NodeId) -> str:
    """A node as the twin of another: `step 2, node 17: 4 * 6 = 24`."""
    if node not in tree.nodes:
        return tr("node {node}").format(node=node)
    twin = tree.nodes[node]
    words = tr("step {depth}, node {node}: {step}").format(depth=twin.depth, node=node, step=twin.step)
    return one_line(words, LONGEST_TWIN)


def edit_words(node: Node) -> str:
    """What a probe did to the step: `edited: mistake: 8 for 7`; empty for one as it was."""
    return tr("edited: {edit}").format(edit=one_line(node.edit, LONGEST_TWIN)) if node.edit else ""


def node_tip(tree: Tree, node: Node) -> str:
    """The text of a tool tip, to be made safe: the step, and what is particular about it."""
    text = tree.started.text if node.id == ROOT and tree.started is not None else node.step
    lines = [tr(HIDDEN_TIP) if node.hidden else "", text.rstrip("\n"), edit_words(node), out_words(tree, node.id)]
    if node.twin is not None:
        lines.append(tr("same state as {twin}").format(twin=twin_words(tree, node.twin)))
    if node.virtual:
        lines.append(tr("in flight: {count} below wait for their value").format(count=node.virtual))
    return "\n".join(filter(None, lines))


def verdict(tree: Tree, node: Node) -> bool | None:
    """Whether an answer was checked and is right; None while nobody has said. The check at the end counts most."""
    if tree.finished is not None and tree.finished.chosen == node.id and tree.finished.correct is not None:
        return tree.finished.correct
    score = node.score("rule") if node.terminal else None
    return None if score is None else score.value >= 0.5


def nodes_words(nodes: Sequence[NodeId]) -> str:
    """`node 3`, `nodes 3 and 4`, `5 nodes`."""
    if len(nodes) > 2:
        return tr("{count} nodes").format(count=len(nodes))
    if len(nodes) == 2:
        return tr("nodes {first} and {second}").format(first=nodes[0], second=nodes[1])
    return tr("node {node}").format(node=nodes[0]) if nodes else tr("no node")
