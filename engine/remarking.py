"""What is said of a run that no search reads: notes, labels, ratings, names, later scores. Makes the event, or refuses;
pure. What changes a tree: engine.editing.
"""

from __future__ import annotations

from typing import TypeAlias, get_args

from engine.commands import (
    AnySaying,
    Bookmark,
    JudgeRollout,
    KeepScores,
    LabelStep,
    MoveBorders,
    NameRun,
    Note,
    RateStep,
    SetPrivacy,
)
from engine.editing import EditError, known
from engine.events import (
    ROOT,
    Admission,
    Bookmarked,
    BordersMoved,
    NodeId,
    Noted,
    PrivacySet,
    Rescored,
    RolloutJudged,
    RunNamed,
    StepLabelled,
    StepRated,
)
from engine.traces.functions import FUNCTIONS
from engine.tree import Tree

LONGEST_NOTE = 20_000
"""Characters of what a person writes about a node."""
LONGEST_NAME = 120
"""Characters of the name of a run."""

Said: TypeAlias = (
    Noted | Bookmarked | BordersMoved | StepLabelled | StepRated | RolloutJudged | RunNamed | PrivacySet | Rescored
)
"""What comes of it."""


def said(tree: Tree, wish: AnySaying) -> Said:
    """What is said of a run, as an event. Raises EditError."""
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
        case NameRun(_, name):
            return named(tree, name)
        case SetPrivacy(_, private):
            return privacy_set(tree, private)
        case KeepScores(_, scores):
            return rescored(tree, scores)


def named(tree: Tree, name: str) -> RunNamed:
    """Give the run a name; an empty one takes it away. Raises EditError."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise EditError(f"The name has {len(name):,} characters; at most {LONGEST_NAME} are allowed.")
    if not name.isprintable():
        raise EditError("The name holds a character that cannot be printed: write plain text.")
    if name == tree.name:
        raise EditError("The run has this name already." if name else "The run has no name.")
    return RunNamed(name)


def privacy_set(tree: Tree, private: bool) -> PrivacySet:
    """Keep the run private, or no longer. Raises EditError."""
    if private == tree.private:
        raise EditError("The run is private already." if private else "The run is not private.")
    return PrivacySet(private)


def noted(tree: Tree, node: NodeId, text: str) -> Noted:
    """Write about a node, in place of what was written before; an empty text takes it away. Raises EditError."""
    known(tree, [node])
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
    known(tree, [node])
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
    known(tree, [node])
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
    (entry,) = known(tree, [node])
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
    about = (*scores.ends, *played, *unscored, *scores.withdrawn, *(score.node for score in scores.scores))
    known(tree, about or (ROOT,))  # one that takes back what was said of rollouts alone names no node
    for node, rollout in (*((one.node, one.rollout) for one in scores.rollouts), *scores.withdrawn_rollouts):
        (entry,) = known(tree, [node])
        if not 0 <= rollout < len(entry.rollouts):
            raise EditError(f"Node {node} has no rollout {rollout + 1}: it has {len(entry.rollouts)}.")
    return scores


def _length(tree: Tree, node: NodeId) -> int:
    """Characters of the trace that ends at a node. Raises EditError."""
    known(tree, [node])
    return sum(map(len, tree.steps(node)))
