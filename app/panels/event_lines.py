"""What happened, in a few words, from the event alone: for tool tips and lists. Pure functions; knows no tree."""

from __future__ import annotations

from app.language import mark, tr
from app.panels.texts import decimal
from app.plain_text import one_line
from app.words.functions import function_words
from app.words.node import nodes_words
from app.words.rating import rating_words
from app.words.verifier import SOURCE_WORDS
from engine.events import (
    Admission,
    Asked,
    AskEnded,
    Backpropagated,
    Bookmarked,
    BordersMoved,
    Credited,
    Event,
    Expanded,
    IterationFinished,
    NewNode,
    NodeId,
    Noted,
    PriorsNoised,
    PrivacySet,
    Pruned,
    Rescored,
    Restored,
    RolledOut,
    RolloutJudged,
    RunFinished,
    RunNamed,
    RunResumed,
    RunStarted,
    Scored,
    ScoreSet,
    Selected,
    StepLabelled,
    StepRated,
    TaskUndone,
    TraceRead,
    VirtualLossChanged,
    Voted,
)

LONGEST = 60
"""Characters of a text that somebody wrote."""

FIXED = {
    RunStarted: mark("the run began"),
    RunResumed: mark("the run was gone on with"),
    PriorsNoised: mark("noise was mixed into the priors"),
    IterationFinished: mark("the iteration was finished"),
    AskEnded: mark("what was asked for is done"),
}
"""Events that need no more words."""
VERDICTS: dict[Admission, str] = {
    "admits": mark("its thought admits what moved it"),
    "silent": mark("its thought is silent about what moved it"),
    "": mark("as the rules judge it"),
}
"""What a person says of a sample."""


def happened(event: Event) -> str:
    """One event; an event of a kind that is not told here gets its name."""
    if type(event) in FIXED:
        return tr(FIXED[type(event)])
    return _in_the_search(event) or _by_a_person(event) or _at_the_end(event) or type(event).__name__


def _in_the_search(event: Event) -> str:
    match event:
        case Selected(leaf=leaf):
            return tr("node {node} was selected").format(node=leaf)
        case Expanded(generator="person"):
            return tr("a step was inserted below node {node}").format(node=event.parent)
        case Expanded(parent=parent, children=children, generator="given"):
            return _given(parent, children)
        case Expanded(parent=parent, children=children):
            one = len(children) == 1
            words = tr("{count} step below node {node}") if one else tr("{count} steps below node {node}")
            return words.format(count=len(children), node=parent)
        case Scored(scores=scores):
            sources = ", ".join(dict.fromkeys(tr(SOURCE_WORDS[score.source]) for score in scores))
            if not scores:
                return tr("no verdict came back")
            words = tr("{count} score: {sources}") if len(scores) == 1 else tr("{count} scores: {sources}")
            return words.format(count=len(scores), sources=sources)
        case RolledOut(node=node, value=value):
            return tr("played on from node {node}: {value}").format(node=node, value=decimal(value))
        case Backpropagated(leaf=leaf, value=value):
            return tr("{value} was credited from node {node} up").format(value=decimal(value), node=leaf)
        case Credited(nodes=nodes):
            return tr("visits and values of {nodes} were read").format(nodes=nodes_words(nodes))
        case VirtualLossChanged(leaf=leaf, change=change):
            words = tr("node {node} went into flight") if change > 0 else tr("node {node} came back")
            return words.format(node=leaf)
    return ""


def _given(parent: NodeId, children: tuple[NewNode, ...]) -> str:
    edits = ", ".join(one_line(new.edit, LONGEST) for new in children if new.edit)
    if edits:
        return tr("a step was given below node {node}, edited: {edit}").format(node=parent, edit=edits)
    return tr("a step was given below node {node}").format(node=parent)


def _by_a_person(event: Event) -> str:
    match event:
        case Pruned(nodes=nodes):
            return tr("{nodes} pruned").format(nodes=nodes_words(nodes))
        case Restored(nodes=nodes):
            return tr("{nodes} restored").format(nodes=nodes_words(nodes))
        case Noted(node=node, text=text):
            words = tr("node {node} noted: {text}") if text else tr("note of node {node} removed")
            return words.format(node=node, text=one_line(text, LONGEST))
        case Bookmarked(node=node, on=on):
            words = tr("node {node} bookmarked") if on else tr("bookmark of node {node} removed")
            return words.format(node=node)
        case BordersMoved(node=node, borders=borders):
            moved = tr("hidden and exposed were divided anew, trace to node {node}")
            return (moved if borders else tr("borders back, trace to node {node}")).format(node=node)
        case StepLabelled(node=node, label=label):
            words = tr("a step was labelled {label}, trace to node {node}")
            words = words if label else tr("a label was removed, trace to node {node}")
            return words.format(label=function_words(label), node=node)
        case StepRated(node=node, rating=rating):
            words = tr("node {node} rated {rating}") if rating is not None else tr("rating of node {node} removed")
            return words.format(node=node, rating=rating_words(rating))
        case RolloutJudged(node=node, rollout=rollout, verdict=verdict):
            return tr("sample {number} of node {node}: {verdict}").format(
                number=rollout + 1, node=node, verdict=tr(VERDICTS[verdict])
            )
        case RunNamed(name=name):
            words = tr("the run was named {name}") if name else tr("the run's name was removed")
            return words.format(name=one_line(name, LONGEST))
        case PrivacySet(private=private):
            return tr("the run was made private") if private else tr("the run is not private any more")
        case ScoreSet(node=node, value=None):
            return tr("the score by hand of node {node} was removed").format(node=node)
        case ScoreSet(node=node, value=value):
            return tr("node {node} was scored {value} by hand").format(node=node, value=decimal(value))
        case TaskUndone(task=task, again=again):
            words = tr("task {task} was done again") if again else tr("task {task} was taken back")
            return words.format(task=task)
        case Asked(words=wish):
            return tr("asked for: {wish}").format(wish=one_line(wish, LONGEST))
    return ""


def _at_the_end(event: Event) -> str:
    match event:
        case Rescored(scorer=scorer) if event.withdrawn or event.withdrawn_rollouts:
            return tr("later scores of {scorer} were taken back").format(scorer=one_line(scorer))
        case Rescored(scores=scores, scorer=scorer):
            one = len(scores) == 1
            words = tr("{scorer} scored 1 step afterwards") if one else tr("{scorer} scored {count} steps afterwards")
            return words.format(scorer=one_line(scorer), count=len(scores))
        case TraceRead(name=name):
            return tr("a trace was read: {name}").format(name=one_line(name, LONGEST))
        case Voted(tallies=tallies, samples=samples):
            best = one_line(tallies[0].answer, LONGEST) if tallies else "–"
            return tr("votes of {samples} samples: {answer} leads").format(samples=samples, answer=best)
        case RunFinished(why=why):
            return tr("the run ended: {why}").format(why=one_line(why, LONGEST))
    return ""
