"""What takes back an event that a person made, what does it again, what it is called. Pure; knows no list of edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from app.language import tr
from app.words.functions import function_words
from app.words.node import nodes_words
from app.words.rating import rating_words
from engine.commands import (
    AnyRemark,
    Bookmark,
    InsertStep,
    JudgeRollout,
    LabelStep,
    MoveBorders,
    Note,
    Prune,
    RateStep,
    Restore,
)
from engine.events import (
    Bookmarked,
    BordersMoved,
    Event,
    Expanded,
    Noted,
    Pruned,
    Restored,
    RolloutJudged,
    StepLabelled,
    StepRated,
)

Change: TypeAlias = Prune | Restore | AnyRemark
"""What takes an edit back, or does it again."""
Wish: TypeAlias = Change | InsertStep
Place: TypeAlias = tuple[type[Event], int, int]
"""What something was said about: the kind of event, the node, and which of several things at it."""
Said: TypeAlias = dict[Place, Event]
"""What was said last about each place: what undo goes back to."""

KINDS = (Pruned, Restored, Expanded, Noted, Bookmarked, BordersMoved, StepLabelled, StepRated, RolloutJudged)


def place_of(event: Event) -> Place | None:
    """What the event speaks of, in place of what was said before; None for one that is no remark with a content."""
    match event:
        case Noted(node=node) | BordersMoved(node=node) | StepRated(node=node, by=""):
            return type(event), node, 0
        case StepLabelled(node=node, start=start):
            return type(event), node, start
        case RolloutJudged(node=node, rollout=rollout):
            return type(event), node, rollout
    return None


def changes(run: int, event: Event, said: Mapping[Place, Event]) -> tuple[Change, Change] | None:
    """What takes an event back, and what does it again; None for what no person did."""
    match event:
        case Pruned(nodes=nodes, by="person"):
            return Restore(run, nodes), Prune(run, nodes)
        case Restored(nodes=nodes, by="person"):
            return Prune(run, nodes), Restore(run, nodes)
        case Expanded(children=children, generator="person"):
            born = tuple(new.node for new in children)
            return Prune(run, born), Restore(run, born)
        case Bookmarked(node=node, on=on):
            return Bookmark(run, node, not on), Bookmark(run, node, on)
    place = place_of(event)
    if place is None:
        return None
    before = said.get(place)
    return _remark(run, before) if before is not None else _silence(run, event), _remark(run, event)


def _remark(run: int, event: Event) -> AnyRemark:
    """The wish that an event fulfilled."""
    match event:
        case Noted(node, text):
            return Note(run, node, text)
        case BordersMoved(node, borders):
            return MoveBorders(run, node, borders)
        case StepLabelled(node, start, end, label):
            return LabelStep(run, node, start, end, label)
        case StepRated(node, rating):
            return RateStep(run, node, rating)
        case RolloutJudged(node, rollout, verdict):
            return JudgeRollout(run, node, rollout, verdict)
    raise TypeError(f"{type(event).__name__} is no remark with a content")


def _silence(run: int, event: Event) -> AnyRemark:
    """The wish that nothing had been said there."""
    match event:
        case Noted(node=node):
            return Note(run, node, "")
        case BordersMoved(node=node):
            return MoveBorders(run, node, ())
        case StepLabelled(node=node, start=start, end=end):
            return LabelStep(run, node, start, end, "")
        case StepRated(node=node):
            return RateStep(run, node, None)
        case RolloutJudged(node=node, rollout=rollout):
            return JudgeRollout(run, node, rollout, "")
    raise TypeError(f"{type(event).__name__} is no remark with a content")


def edit_words(event: Event, said: Mapping[Place, Event]) -> str:
    """What an edit is, in the language of the window, so that `Undo` can stand before it."""
    match event:
        case Pruned(nodes=nodes):
            return tr("prune of {nodes}").format(nodes=nodes_words(nodes))
        case Restored(nodes=nodes):
            return tr("restoring of {nodes}").format(nodes=nodes_words(nodes))
        case Expanded(children=children):
            return tr("insertion of {nodes}").format(nodes=nodes_words(tuple(new.node for new in children)))
        case Bookmarked(node=node, on=on):
            words = tr("bookmark of node {node}") if on else tr("removal of the bookmark of node {node}")
            return words.format(node=node)
    return _remark_words(event, said)


def _remark_words(event: Event, said: Mapping[Place, Event]) -> str:
    match event:
        case Noted(node=node, text=""):
            return tr("removal of the note of node {node}").format(node=node)
        case Noted(node=node):
            before = said.get((Noted, node, 0))
            is_change = isinstance(before, Noted) and bool(before.text)
            words = tr("change of the note of node {node}") if is_change else tr("note of node {node}")
            return words.format(node=node)
        case BordersMoved(node=node, borders=borders):
            moved = tr("boundary between hidden and exposed, trace to node {node}")
            back = tr("boundary as it was found, trace to node {node}")
            return (moved if borders else back).format(node=node)
        case StepLabelled(node=node, label=label):
            given = tr("label “{label}” of a step, trace to node {node}")
            taken = tr("removal of the label of a step, trace to node {node}")
            return (given if label else taken).format(label=function_words(label), node=node)
        case StepRated(node=node, rating=rating):
            given = tr("rating “{rating}” of node {node}")
            taken = tr("removal of the rating of node {node}")
            return (taken if rating is None else given).format(rating=rating_words(rating), node=node)
        case RolloutJudged(node=node, rollout=rollout, verdict=verdict):
            given = tr("verdict on sample {number} of node {node}")
            taken = tr("removal of the verdict on sample {number} of node {node}")
            return (given if verdict else taken).format(number=rollout + 1, node=node)
    return ""
