"""What a person may do to a run's tree. Makes the event, or refuses; pure. What is only said of it: engine.remarking.

Undo is the inverse event: restore what was pruned, prune what was inserted. Knows no model and no strategy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from engine.events import ROOT, Expanded, NodeId, Pruned, Restored, ScoreSet
from engine.growth import in_thought, new_children
from engine.nodes import BY_HAND
from engine.parts import UNIT
from engine.policies import Ended, Sample
from engine.problems import Problem
from engine.tree import Node, Tree

LONGEST_STEP = 2_000
"""Characters of a step that a person writes."""
WHY = "pruned by a person"


class EditError(ValueError):
    """The tree cannot be changed so; the message is a sentence for the user."""


def pruned(tree: Tree, nodes: Sequence[NodeId]) -> Pruned:
    """Take these nodes, with all below them, out of the search. Raises EditError."""
    for node in known(tree, nodes):
        if node.id == ROOT:
            raise EditError("The root cannot be pruned: it is the problem itself.")
        if node.pruned:
            raise EditError(f"Node {node.id} is pruned already.")
    chosen = tuple(dict.fromkeys(nodes))
    return Pruned(tree.iteration, chosen, (WHY,) * len(chosen), by="person")


def restored(tree: Tree, nodes: Sequence[NodeId]) -> Restored:
    """Bring pruned nodes back, whoever pruned them. Raises EditError."""
    for node in known(tree, nodes):
        if not node.pruned:
            raise EditError(_not_pruned(tree, node))
    return Restored(tree.iteration, tuple(dict.fromkeys(nodes)), by="person")


def inserted(
    tree: Tree, problem: Problem, thinking: bool, known: Mapping[str, NodeId], parent: NodeId, step: str
) -> Expanded:
    """Let a step that a person wrote become a child of `parent`. Raises EditError.

    `known` gives the first node of every state. The new prior is an equal share (see NewNode.prior), the others stay.
    """
    check_parent(tree, parent)
    above = tree.nodes[parent]
    before = tree.steps(parent)
    hidden = in_thought(before, thinking)
    text = completed(step, problem, hidden)
    for child in tree.children(parent):
        if child.step == text:
            raise EditError(f"Node {parent} has this step already: it is node {child.id}{_out(child)}.")
    ended: Ended = "end" if not hidden and problem.is_answer(text) else "step"
    sample = Sample(text, None, 0, ended)
    (child_born,) = new_children(problem, before, thinking, [sample], len(tree.nodes), known=dict(known))
    if child_born.broken:
        raise EditError(f"The step cannot be inserted there: {child_born.broken}.")
    child_born = replace(child_born, prior=1 / (len(above.children) + 1), samples=0)
    return Expanded(tree.iteration, parent, (child_born,), generator="person")


def score_set(tree: Tree, node: NodeId, value: float | None) -> ScoreSet:
    """Say what a step is worth, in place of what was said by hand before; None: nothing any more. Raises EditError."""
    entry = check_scored(tree, node)
    scale = UNIT if tree.started is None else tree.started.scale
    if value is not None and not scale.low <= value <= scale.high:
        raise EditError(f"A score lies between {scale.low:g} and {scale.high:g}, not at {value:g}.")
    before = next((score.value for score in entry.scores if score.verifier == BY_HAND), None)
    if value == before:
        lacks, has = f"Node {node} has no score by hand.", f"Node {node} has this score already."
        raise EditError(lacks if value is None else has)
    return ScoreSet(tree.iteration, node, value)


def check_scored(tree: Tree, node: NodeId) -> Node:
    """Whether any score at all may be set at `node`, which it gives. Raises EditError."""
    (entry,) = known(tree, [node])
    if node == ROOT:
        raise EditError("The root cannot be scored: it is the problem itself.")
    if entry.broken:
        raise EditError(f"Node {node} is no proper step, which is worth nothing: {entry.broken}.")
    return entry


def check_parent(tree: Tree, parent: NodeId) -> None:
    """Whether any step at all may be inserted below `parent`. Raises EditError."""
    (node,) = known(tree, [parent])
    if node.broken:
        raise EditError(f"Nothing can follow node {parent}: {node.broken}.")
    if node.terminal:
        raise EditError(f"Node {parent} is an answer: no step can follow it.")
    if tree.is_out(parent):
        raise EditError(f"Node {parent} is out of the search: restore it first.")


def known(tree: Tree, nodes: Sequence[NodeId]) -> list[Node]:
    """The nodes with these numbers. Raises EditError."""
    if not nodes:
        raise EditError("No node was named.")
    for number in nodes:
        if number not in tree.nodes:
            raise EditError(f"There is no node {number}: the tree has nodes 0 to {len(tree.nodes) - 1}.")
    return [tree.nodes[number] for number in nodes]


def _not_pruned(tree: Tree, node: Node) -> str:
    above = next((entry for entry in tree.ascend(node.id) if entry.pruned), None)
    if above is None:
        return f"Node {node.id} is not pruned."
    return f"Node {node.id} is not pruned itself: node {above.id} above it is. Restore that one."


def _out(child: Node) -> str:
    return ", which is pruned: restore it" if child.pruned else ""


def completed(step: str, problem: Problem, hidden: bool) -> str:
    """The step as the policy would have written it, with its line end. Raises EditError if it is no single step."""
    text = step.strip()
    if not text:
        raise EditError("The step is empty: write one line of reasoning, or an answer.")
    if len(text.splitlines()) > 1:
        raise EditError("A step is one line: insert the others below it, one by one.")
    text = " ".join(text.split())
    if len(text) > LONGEST_STEP:
        raise EditError(f"The step has {len(text):,} characters; at most {LONGEST_STEP:,} are allowed.")
    if not text.isprintable():
        raise EditError("The step holds a character that cannot be printed: write plain text.")
    if not hidden and problem.is_answer(text):
        return text  # nothing follows an answer, so its line has no end
    return _with_end(text, ("\n",) if hidden else problem.step_ends)


def _with_end(text: str, ends: Sequence[str]) -> str:
    """The text with what it lacks of the step end that it comes nearest to."""
    lacking = [end[_overlap(text, end) :] for end in ends]
    return text + min(lacking, key=len)


def _overlap(text: str, end: str) -> int:
    """How many characters of `end` the text ends with already."""
    return next(count for count in range(len(end), -1, -1) if text.endswith(end[:count]))
