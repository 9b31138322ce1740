"""What a preview says of a node: the node itself, and how the search would go on from it. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.canvas.faces import short_number
from app.canvas.walks import is_credited, principal_variation, worth
from app.plain_text import one_line, visible
from app.words.node import node_tip
from engine.events import NodeId
from engine.tree import Node, Tree

MOST_ROWS = 10
"""Steps of the principal variation; the inspector has the others."""
LONGEST_TEXT = 500
LONGEST_ROW = 300


@dataclass(frozen=True)
class Row:
    """One step of the principal variation."""

    node: NodeId
    text: str
    numbers: str
    """N and Q, or the step's score in a search that credits no values."""


@dataclass(frozen=True)
class Preview:
    """Plain text, safe to be drawn."""

    text: str
    """The node's step, and what is particular about it; lines are separated by line feeds."""
    rows: tuple[Row, ...]
    """What follows it, nearest first."""


def preview(tree: Tree, node: NodeId) -> Preview:
    """Work is bounded by the length of the principal variation and the families along it."""
    credited = is_credited(tree)
    below = principal_variation(tree, node)[1 : MOST_ROWS + 1]
    steps = [tree.nodes[step] for step in below]
    rows = tuple(Row(step.id, one_line(step.step, LONGEST_ROW), _numbers(step, credited)) for step in steps)
    text = node_tip(tree, tree.nodes[node])
    return Preview(visible(text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()}…"), rows)


def _numbers(node: Node, credited: bool) -> str:
    value = short_number(worth(node, credited))
    return f"N {node.visits}  Q {value}" if credited else value
