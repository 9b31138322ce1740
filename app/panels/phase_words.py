"""What the latest phase did, in words and numbers, for somebody who steps through a search. Pure functions; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.language import mark, tr
from app.panels.event_words import (
    LONGEST_LINE,
    LONGEST_STEP,
    Told,
    cut,
    noised_words,
    pruned_words,
    quoted,
    restored_words,
    scored_words,
    step_words,
    virtual_loss_words,
    voted_words,
)
from app.panels.texts import MISSING, decimal
from app.words.node import nodes_words
from engine.events import (
    ROOT,
    AnyEvent,
    Asked,
    AskEnded,
    Backpropagated,
    Choice,
    Credited,
    Expanded,
    IterationFinished,
    Phase,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    Scored,
    ScoreSet,
    Selected,
    TaskUndone,
    TraceRead,
    VirtualLossChanged,
    Voted,
    phase_of,
)
from engine.remarks import REMARKS
from engine.tree import Tree

PHASE_NAMES: dict[Phase, str] = {
    "selection": mark("selection"),
    "expansion": mark("expansion"),
    "simulation": mark("simulation"),
    "backpropagation": mark("backpropagation"),
}
MOST_LINES = 10
PLACES = 3


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """One phase."""

    title: str
    words: str
    lines: tuple[str, ...] = ()
    """Numbers first, so that they stand in columns."""


_BETWEEN = (IterationFinished, TraceRead, Asked, AskEnded, *REMARKS)
"""Events that are in no phase, and change no tree: the phase before them is still the latest."""


def phase_words(records: Sequence[Record], cursor: int, tree: Tree) -> PhaseWords | None:
    """The phase that was done last before the cursor; None if there was none, or if its nodes are not in the tree."""
    place = cursor - 1
    while place >= 0 and isinstance(records[place].event, _BETWEEN):
        place -= 1
    event = records[place].event if place >= 0 else None
    if event is None:
        return None
    by_hand = isinstance(event, Restored | Pruned | Expanded | ScoreSet | TaskUndone)
    phase = phase_of(event)
    if phase is None and not by_hand:
        return None
    title = tr("Iteration {number} · {phase}").format(
        number=max(1, tree.iteration), phase=tr(PHASE_NAMES[phase]) if phase else tr("by hand")
    )
    words, lines = _told(event, tree)
    return PhaseWords(title, words, _shortened(lines))


def _told(event: AnyEvent, tree: Tree) -> Told:
    match event:
        case Selected():
            return _selected(event, tree)
        case Expanded():
            return _expanded(event, tree)
        case Scored():
            return scored_words(event, tree)
        case RolledOut():
            answer = MISSING if event.answer is None else cut(event.answer, LONGEST_STEP)
            words = tr(
                "From {step} the policy wrote to an end; the tree does not grow. Answer {answer}, worth {value}."
            ).format(step=quoted(tree, event.node), answer=answer, value=decimal(event.value))
            return words, [cut(step, LONGEST_LINE) for step in event.steps]
        case Backpropagated():
            return _backpropagated(event, tree)
    return _told_of_some(event, tree)


def _told_of_some(event: AnyEvent, tree: Tree) -> Told:
    """What only some strategies do."""
    match event:
        case Credited(nodes=nodes):
            words = tr("Visits and values of {nodes} were read from the file.")
            return words.format(nodes=nodes_words(nodes)), []
        case PriorsNoised():
            return noised_words(event, tree)
        case VirtualLossChanged():
            return virtual_loss_words(event, tree)
        case Pruned():
            return pruned_words(event, tree)
        case Restored():
            return restored_words(event, tree)
        case ScoreSet():
            return _score_set(event, tree)
        case TaskUndone():
            return _undone(event, tree)
        case Voted():
            return voted_words(event)
    return "", []


def _score_set(event: ScoreSet, tree: Tree) -> Told:
    step = quoted(tree, event.node)
    if event.value is None:
        return tr("You took your score of {step} away: the verifiers' word stands again.").format(step=step), []
    words = tr("You said that {step} is worth {value}. It stands before what verifiers say, and the search reads it.")
    return words.format(step=step, value=decimal(event.value)), []


def _undone(event: TaskUndone, tree: Tree) -> Told:
    back = tr("You took back what a task had done: the search goes on as if it had not been.")
    again = tr("You had done again what a task had done: the search goes on as if it had not been taken back.")
    out, restored = tr("out"), tr("back in")
    lines = [f"{out}  {step_words(tree, node)}" for node in event.out]
    return again if event.again else back, lines + [f"{restored}  {step_words(tree, node)}" for node in event.back]


def _selected(event: Selected, tree: Tree) -> Told:
    leaf = quoted(tree, event.leaf)
    if not event.choices:
        only = event.leaf == ROOT
        if only:
            return tr("There is only the root so far: nothing to choose from."), []
        return tr("To {step}.").format(step=leaf), []
    words = tr("From the root down, always to the child with the largest Q + U: to {step}.").format(step=leaf)
    return words, [line for choice in event.choices if (line := _choice_line(choice, tree))]


def _choice_line(choice: Choice, tree: Tree) -> str:
    if choice.chosen not in choice.children:
        return ""
    at = choice.children.index(choice.chosen)
    q, u = choice.q[at] or 0.0, choice.u[at]
    terms = (
        tr("∞, never visited")
        if u is None
        else f"{decimal(q, PLACES)} + {decimal(u, PLACES)} = {decimal(q + u, PLACES)}"
    )
    return f"{terms}  {step_words(tree, choice.chosen, LONGEST_LINE)}"


def _expanded(event: Expanded, tree: Tree) -> Told:
    where = quoted(tree, event.parent)
    if not event.children:
        return tr("The policy wrote nothing usable after {step}.").format(step=where), []
    lines = [
        f"P {decimal(new.prior)}  {cut(new.step, LONGEST_LINE)}"
        + (f"  ({cut(new.edit, LONGEST_STEP)})" if new.edit else "")
        + ("" if new.twin is None else "  " + tr("(= node {node})").format(node=new.twin))
        for new in event.children
    ]
    return _how(event, where) + _known(event), lines


def _how(event: Expanded, where: str) -> str:
    """How the children came about."""
    samples, different = sum(new.samples for new in event.children), len(event.children)
    values = {"step": where, "count": samples, "different": different}
    match event.generator:
        case "propose" if different == 1:
            words = tr("Asked once for a list, the policy proposed a possible next step after {step}. P is even.")
        case "propose":
            words = tr(
                "Asked once for a list, the policy proposed {different} possible next steps after {step}. P is even."
            )
        case "given":
            words = tr("A step of a trace was given after {step}: nobody sampled it.")
        case "person":
            words = (
                tr("You wrote a step after {step}.")
                if different == 1
                else tr("You wrote {different} steps after {step}.")
            )
        case _ if samples == 1:
            words = tr("The policy wrote a next step after {step}. P is its share for each.")
        case _ if different == samples:
            words = tr("The policy wrote {count} next steps after {step}. P is its share for each.")
        case _ if different == 1:
            words = tr("The policy wrote {count} next steps after {step}, all the same. P is its share for each.")
        case _:
            words = tr(
                "The policy wrote {count} next steps after {step}, {different} different ones. P is its share for each."
            )
    return words.format(**values)


def _known(event: Expanded) -> str:
    known = sum(new.twin is not None for new in event.children)
    if not known:
        return ""
    if known == 1:
        return " " + tr("1 of them leads to a state that was known before (a transposition).")
    return " " + tr("{count} of them lead to a state that was known before (a transposition).").format(count=known)


def _backpropagated(event: Backpropagated, tree: Tree) -> Told:
    path = tree.path(event.leaf) if event.leaf in tree.nodes else []
    if event.revisit:
        words = tr(
            "This leaf was reached before, its known value counts once more: {value} was credited to every step of the "
            "trace: N + 1, and Q is the mean."
        ).format(value=decimal(event.value))
    else:
        words = tr("{value} was credited to every step of the trace: N + 1, and Q is the mean.").format(
            value=decimal(event.value)
        )
    lines = [f"N {node.visits:<3} Q {decimal(node.value)}  {step_words(tree, node.id, LONGEST_LINE)}" for node in path]
    return words, lines


def _shortened(lines: Iterable[str]) -> tuple[str, ...]:
    shown = list(lines)
    if len(shown) <= MOST_LINES:
        return tuple(shown)
    return (*shown[: MOST_LINES - 1], tr("… and {count} more").format(count=len(shown) - MOST_LINES + 1))
