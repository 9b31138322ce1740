"""What a person may do to a run's tree, and say about it. Makes the event, or refuses; pure.

Undo is the inverse event: restore what was pruned, prune what was inserted. Knows no model and no strategy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, get_args

from msgspec.structs import replace

from engine.commands import AnyRemark, Bookmark, JudgeRollout, LabelStep, MoveBorders, Note, RateStep
from engine.events import (
    ROOT,
    Admission,
    Bookmarked,
    BordersMoved,
    Expanded,
    NodeId,
    Noted,
    Pruned,
    Rescored,
    Restored,
    RolloutJudged,
    StepLabelled,
    StepRated,
)
from engine.growth import in_thought, new_children
from engine.policies import Ended, Sample
from engine.problems import Problem
from engine.traces.functions import FUNCTIONS
from engine.tree import Node, Tree

LONGEST_STEP = 2_000
"""Characters of a step that a person writes."""
LONGEST_NOTE = 20_000
"""Characters of what a person writes about a node."""
WHY = "pruned by a person"


Said: TypeAlias = Noted | Bookmarked | BordersMoved | StepLabelled | StepRated | RolloutJudged
"""What comes of a remark."""


class EditError(ValueError):
    """The tree cannot be changed so; the message is a sentence for the user."""


def pruned(tree: Tree, nodes: Sequence[NodeId]) -> Pruned:
    """Take these nodes, with all below them, out of the search. Raises EditError."""
    for node in _known(tree, nodes):
        if node.id == ROOT:
            raise EditError("The root cannot be pruned: it is the problem itself.")
        if node.pruned:
            raise EditError(f"Node {node.id} is pruned already.")
    chosen = tuple(dict.fromkeys(nodes))
    return Pruned(tree.iteration, chosen, (WHY,) * len(chosen), by="person")


def restored(tree: Tree, nodes: Sequence[NodeId]) -> Restored:
    """Bring pruned nodes back, whoever pruned them. Raises EditError."""
    for node in _known(tree, nodes):
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


def remarked(tree: Tree, wish: AnyRemark) -> Said:
    """What a person says about a node, as an event. Raises EditError."""
    match wish:
        case Note(_, node, text):
            return noted(tree, node, text)
        case Bookmark(_, node, on):
            return bookmarked(tree, node, on)
        case MoveBorders(_, node, borders):
            return borders_moved(tree, node, borders)
        case LabelStep(_, node, start, end, label):
            return step_labelled(tree, node, start, end, label)
        case RateStep(_, node, rating):
            return step_rated(tree, node, rating)
        case JudgeRollout(_, node, rollout, verdict):
            return rollout_judged(tree, node, rollout, verdict)


def noted(tree: Tree, node: NodeId, text: str) -> Noted:
    """Write about a node, in place of what was written before; an empty text takes it away. Raises EditError."""
    _known(tree, [node])
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise EditError(f"The note has {len(text):,} characters; at most {LONGEST_NOTE:,} are allowed.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EditError("The note holds a character that is no proper Unicode.") from error
    if text == tree.notes.get(node, ""):
        raise EditError(f"Node {node} has this note already." if text else f"Node {node} has no note.")
    return Noted(node, text)


def bookmarked(tree: Tree, node: NodeId, on: bool) -> Bookmarked:
    """Put a bookmark at a node, or take it away. Raises EditError."""
    _known(tree, [node])
    if on == (node in tree.bookmarks):
        raise EditError(f"Node {node} has {'a bookmark already' if on else 'no bookmark'}.")
    return Bookmarked(node, on)


def borders_moved(tree: Tree, node: NodeId, borders: tuple[int, ...]) -> BordersMoved:
    """Say where the trace that ends at a node turns from hidden to exposed; none: as it was found. Raises EditError."""
    length = _length(tree, node)
    if list(borders) != sorted(set(borders)):
        raise EditError("Borders between hidden and exposed text must ascend.")
    if borders and not 0 <= borders[0] <= borders[-1] <= length:
        raise EditError(f"A border lies outside of the trace, which has {length:,} characters.")
    if borders == tree.borders.get(node, ()):
        said = "are there already" if borders else "are where they were found"
        raise EditError(f"The borders of the trace to node {node} {said}.")
    return BordersMoved(node, borders)


def step_labelled(tree: Tree, node: NodeId, start: int, end: int, label: str) -> StepLabelled:
    """Say what a piece of the trace that ends at a node does; an empty label: as the rules say. Raises EditError."""
    length = _length(tree, node)
    if not 0 <= start < end <= length:
        raise EditError(f"There is no text from {start:,} to {end:,} in the trace, which has {length:,} characters.")
    if label and label not in FUNCTIONS:
        raise EditError(f"There is no function called {label[:40]!r}; there are: {', '.join(FUNCTIONS)}.")
    said = tree.labels.get(node, {}).get(start)
    if (said.label if said else "", said.end if said and label else end) == (label, end):
        raise EditError(f"The step has the label {label} already." if label else "The step has no label by hand.")
    return StepLabelled(node, start, end, label)


def step_rated(tree: Tree, node: NodeId, rating: int | None) -> StepRated:
    """Rate a step: 1 good, 0 neutral, -1 bad; None: not any more. Raises EditError."""
    _known(tree, [node])
    if node == ROOT:
        raise EditError("The root cannot be rated: it is the problem itself.")
    if rating not in (None, 1, 0, -1):
        raise EditError(f"A step is rated 1 (good), 0 (neutral) or -1 (bad), not {rating}.")
    before = tree.ratings.get(node, {}).get("")
    if rating == before:
        raise EditError(f"Node {node} is not rated." if rating is None else f"Node {node} is rated so already.")
    return StepRated(node, rating)


def rollout_judged(tree: Tree, node: NodeId, rollout: int, verdict: Admission) -> RolloutJudged:
    """Say whether the thought of a rollout admits what moved it; empty: as the rules say. Raises EditError."""
    (entry,) = _known(tree, [node])
    if not 0 <= rollout < len(entry.rollouts):
        raise EditError(f"Node {node} has no rollout {rollout + 1}: it has {len(entry.rollouts)}.")
    if verdict not in get_args(Admission):
        raise EditError(f"A rollout is said to admit or to be silent, not {verdict[:40]!r}.")
    if verdict == tree.verdicts.get((node, rollout), ""):
        raise EditError("This is said of the rollout already." if verdict else "Nothing was said of the rollout.")
    return RolloutJudged(node, rollout, verdict)


def rescored(tree: Tree, scores: Rescored) -> Rescored:
    """What a scorer said after the fact, if all of it is about nodes of the tree. Raises EditError."""
    played = [one.node for one in scores.rollouts]
    unscored = [one.node for one in scores.unscored]
    _known(tree, [*scores.ends, *played, *unscored, *(score.node for score in scores.scores)])
    for one in scores.rollouts:
        count = len(tree.nodes[one.node].rollouts)
        if not 0 <= one.rollout < count:
            raise EditError(f"Node {one.node} has no rollout {one.rollout + 1}: it has {count}.")
    return scores


def _length(tree: Tree, node: NodeId) -> int:
    """Characters of the trace that ends at a node. Raises EditError."""
    _known(tree, [node])
    return sum(map(len, tree.steps(node)))


def check_parent(tree: Tree, parent: NodeId) -> None:
    """Whether any step at all may be inserted below `parent`. Raises EditError."""
    (node,) = _known(tree, [parent])
    if node.broken:
        raise EditError(f"Nothing can follow node {parent}: {node.broken}.")
    if node.terminal:
        raise EditError(f"Node {parent} is an answer: no step can follow it.")
    if tree.is_out(parent):
        raise EditError(f"Node {parent} is out of the search: restore it first.")


def _known(tree: Tree, nodes: Sequence[NodeId]) -> list[Node]:
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
