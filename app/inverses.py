"""What takes back an event that a person made, what does it again, what it is called. Pure; knows no list of edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from app.language import tr
from app.plain_text import one_line
from app.words.functions import function_words
from app.words.node import nodes_words
from app.words.rating import rating_words
from engine.commands import (
    AnySaying,
    Bookmark,
    InsertStep,
    JudgeRollout,
    LabelStep,
    MoveBorders,
    NameRun,
    Note,
    Prune,
    RateStep,
    Restore,
    SetPrivacy,
    SetScore,
    UndoTask,
)
from engine.events import (
    ROOT,
    Asked,
    AskEnded,
    Bookmarked,
    BordersMoved,
    Event,
    Expanded,
    Noted,
    PrivacySet,
    Pruned,
    Rescored,
    Restored,
    RolloutJudged,
    RunNamed,
    ScoreSet,
    StepLabelled,
    StepRated,
    TaskUndone,
)

Change: TypeAlias = Prune | Restore | SetScore | UndoTask | AnySaying
"""What takes an edit back, or does it again."""
Wish: TypeAlias = Change | InsertStep
Place: TypeAlias = tuple[type[Event], int, int]
"""What something was said about: the kind of event, the node, and which of several things at it."""
Said: TypeAlias = dict[Place, Event]
"""What was said last about each place: what undo goes back to."""

REMARKS = (Noted, Bookmarked, BordersMoved, StepLabelled, StepRated, RolloutJudged, RunNamed, PrivacySet, Rescored)
KINDS = (Pruned, Restored, Expanded, ScoreSet, Asked, AskEnded, TaskUndone, *REMARKS)
"""Events that an edit may be made of."""
LONGEST_WORDS = 100
"""Characters of what a log says, within the words of an edit."""


def place_of(event: Event) -> Place | None:
    """What the event speaks of, in place of what was said before; None for one that is no remark with a content."""
    match event:
        case Noted(node=node) | BordersMoved(node=node) | StepRated(node=node, by="") | ScoreSet(node=node):
            return type(event), node, 0
        case RunNamed() | PrivacySet():
            return type(event), ROOT, 0
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
        case PrivacySet(private=private):
            return SetPrivacy(run, not private), SetPrivacy(run, private)
        case TaskUndone(task=task, again=again):
            return UndoTask(run, task, not again), UndoTask(run, task, again)
    place = place_of(event)
    if place is None:
        return None
    before = said.get(place)
    return _remark(run, before) if before is not None else _silence(run, event), _remark(run, event)


def _remark(run: int, event: Event) -> Change:
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
        case ScoreSet(_, node, value):
            return SetScore(run, node, value)
        case RunNamed(name):
            return NameRun(run, name)
    raise TypeError(f"{type(event).__name__} is no remark with a content")


def _silence(run: int, event: Event) -> Change:
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
        case ScoreSet(node=node):
            return SetScore(run, node, None)
        case RunNamed():
            return NameRun(run, "")
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
        case ScoreSet(node=node, value=None):
            return tr("removal of the score by hand of node {node}").format(node=node)
        case ScoreSet(node=node, value=value):
            return tr("score {value:.4g} of node {node}").format(value=value, node=node)
        case RunNamed(name=""):
            return tr("removal of the run's name")
        case RunNamed(name=name):
            return tr("name “{name}” of the run").format(name=one_line(name, LONGEST_WORDS))
        case PrivacySet(private=private):
            return tr("keeping the run private") if private else tr("keeping the run private no longer")
        case Rescored():
            return _scores_words(event)
    return _remark_words(event, said)


def task_words(words: str, undone: TaskUndone | None = None) -> str:
    """What a task is called in the list, or its being taken back or done again. `words`: its wish."""
    words = one_line(words, LONGEST_WORDS)
    if undone is None:
        return words
    again, back = tr("{task}, done again"), tr("{task}, taken back")
    return (again if undone.again else back).format(task=words)


def _scores_words(event: Rescored) -> str:
    scorer = one_line(event.scorer, LONGEST_WORDS)
    if event.withdrawn or event.withdrawn_rollouts:
        return tr("removal of later scores by {scorer}").format(scorer=scorer)
    return tr("later scores by {scorer}").format(scorer=scorer)


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
