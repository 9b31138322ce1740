"""What `engine.tree.apply` keeps up beside the facts themselves: which nodes are open, what a step is worth.

Called by `apply` alone; who rebuilds a node from a log may use `new_node` and `mark_step`.
"""

from __future__ import annotations

from engine.events import NewNode, NodeId, Score
from engine.nodes import BY_HAND, PRECEDENCE, Node, Tree


def new_node(new: NewNode, parent: NodeId, depth: int) -> Node:
    """A node as it is born."""
    return Node(
        new.node,
        parent,
        new.step,
        depth,
        new.prior,
        new.logprob,
        new.terminal,
        new.hidden,
        new.broken,
        new.samples,
        new.tokens,
        open=0 if new.broken else 1,
        twin=new.twin,
        refused=bool(new.broken),
        mark=(0.0, "policy") if new.broken else None,
        edit=new.edit,
    )


def open_up(node: NodeId, change: int, tree: Tree) -> None:
    """Count `change` open nodes more at or below `node`, and so below all above it, up to one that is pruned."""
    if change == 0:
        return
    for entry in tree.ascend(node):
        entry.open += change
        if entry.pruned:
            break


def mark_step(node: Node, score: Score) -> None:
    """Keep what the step is worth; `score` is its latest. A broken step stays what it is."""
    if node.broken:
        return
    if score.source == "rule":
        node.refused = score.value == 0.0
    if node.refused:
        node.mark = 0.0, "rule"
    elif len(node.scores) == 1:
        node.mark = score.value, score.source
    else:
        mark_anew(node)


def mark_anew(node: Node) -> None:
    """What the step is worth by all its scores. What was said by hand at this program stands before the word of any
    other person."""
    if node.broken or node.refused:
        return
    latest = {entry.source: entry.value for entry in node.scores}
    latest |= {entry.source: entry.value for entry in node.scores if entry.verifier == BY_HAND}
    source = min(latest, key=PRECEDENCE.index, default=None)
    node.mark = None if source is None else (latest[source], source)


def own(node: Node, tree: Tree) -> int:
    """1 if the node itself can still teach something, 0 if only what is below it can: a person inserts below leaves."""
    if not node.children:
        return node.open
    return node.open - sum(child.open for child in tree.children(node.id) if not child.pruned)


def close(node: Node, tree: Tree) -> None:
    """A leaf that is refused, or an answer that has a value, teaches nothing new; a refusal may be taken back. What a
    person said by hand is no value that was credited."""
    if not node.expanded:
        settled = node.refused or (node.terminal and (node.visits > 0 or _is_scored(node)))
        open_up(node.id, (not settled) - own(node, tree), tree)


def _is_scored(node: Node) -> bool:
    return any(score.verifier != BY_HAND for score in node.scores)
