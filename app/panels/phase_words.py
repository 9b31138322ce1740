"""What the latest phase did, in words and numbers, for somebody who steps through a search. Pure functions; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Choice,
    Expanded,
    IterationFinished,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    Scored,
    Selected,
    VirtualLossChanged,
    Voted,
    phase_of,
)
from engine.tree import Tree

MOST_LINES = 10
PLACES = 3


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """One phase."""

    title: str
    words: str
    lines: tuple[str, ...] = ()
    """Numbers first, so that they stand in columns."""


def phase_words(records: Sequence[Record], cursor: int, tree: Tree) -> PhaseWords | None:
    """The phase that was done last before the cursor; None if there was none, or if its nodes are not in the tree."""
    place = cursor - 1
    while place >= 0 and isinstance(records[place].event, IterationFinished):
        place -= 1
    event = records[place].event if place >= 0 else None
    if event is None:
        return None
    by_hand = isinstance(event, Restored | Pruned | Expanded)
    phase = phase_of(event) or ("by hand" if by_hand else None)
    if phase is None:
        return None
    words, lines = _told(event, tree)
    return PhaseWords(f"Iteration {max(1, tree.iteration)} · {phase}", words, _shortened(lines))


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
            words = (
                f"From {quoted(tree, event.node)} the policy wrote to an end; the tree does not grow. "
                f"Answer {answer}, worth {decimal(event.value)}."
            )
            return words, [cut(step, LONGEST_LINE) for step in event.steps]
        case Backpropagated():
            return _backpropagated(event, tree)
    return _told_of_some(event, tree)


def _told_of_some(event: AnyEvent, tree: Tree) -> Told:
    """What only some strategies do."""
    match event:
        case PriorsNoised():
            return noised_words(event, tree)
        case VirtualLossChanged():
            return virtual_loss_words(event, tree)
        case Pruned():
            return pruned_words(event, tree)
        case Restored():
            return restored_words(event, tree)
        case Voted():
            return voted_words(event)
    return "", []


def _selected(event: Selected, tree: Tree) -> Told:
    leaf = quoted(tree, event.leaf)
    if not event.choices:
        only = event.leaf == ROOT
        return "There is only the root so far: nothing to choose from." if only else f"To {leaf}.", []
    words = f"From the root down, always to the child with the largest Q + U: to {leaf}."
    return words, [line for choice in event.choices if (line := _choice_line(choice, tree))]


def _choice_line(choice: Choice, tree: Tree) -> str:
    if choice.chosen not in choice.children:
        return ""
    at = choice.children.index(choice.chosen)
    q, u = choice.q[at] or 0.0, choice.u[at]
    terms = (
        "∞, never visited" if u is None else f"{decimal(q, PLACES)} + {decimal(u, PLACES)} = {decimal(q + u, PLACES)}"
    )
    return f"{terms}  {step_words(tree, choice.chosen, LONGEST_LINE)}"


def _expanded(event: Expanded, tree: Tree) -> Told:
    where = quoted(tree, event.parent)
    if not event.children:
        return f"The policy wrote nothing usable after {where}.", []
    lines = [
        f"P {decimal(new.prior)}  {cut(new.step, LONGEST_LINE)}{'' if new.twin is None else f'  (= node {new.twin})'}"
        for new in event.children
    ]
    return _how(event, where) + _known(event), lines


def _how(event: Expanded, where: str) -> str:
    """How the children came about."""
    samples, different = sum(new.samples for new in event.children), len(event.children)
    match event.generator:
        case "propose":
            listed = "a possible next step" if different == 1 else f"{different} possible next steps"
            return f"Asked once for a list, the policy proposed {listed} after {where}. P is even."
        case "person":
            return f"You wrote {'a step' if different == 1 else f'{different} steps'} after {where}."
    count = "a next step" if samples == 1 else f"{samples} next steps"
    apart = "" if different == samples else ", all the same" if different == 1 else f", {different} different ones"
    return f"The policy wrote {count} after {where}{apart}. P is its share for each."


def _known(event: Expanded) -> str:
    known = sum(new.twin is not None for new in event.children)
    if not known:
        return ""
    one = known == 1
    return f" {known} of them {'leads' if one else 'lead'} to a state that was known before (a transposition)."


def _backpropagated(event: Backpropagated, tree: Tree) -> Told:
    path = tree.path(event.leaf) if event.leaf in tree.nodes else []
    again = "This leaf was reached before, its known value counts once more: " if event.revisit else ""
    words = f"{again}{decimal(event.value)} was credited to every step of the trace: N + 1, and Q is the mean."
    lines = [f"N {node.visits:<3} Q {decimal(node.value)}  {step_words(tree, node.id, LONGEST_LINE)}" for node in path]
    return words, lines


def _shortened(lines: Iterable[str]) -> tuple[str, ...]:
    shown = list(lines)
    if len(shown) <= MOST_LINES:
        return tuple(shown)
    return (*shown[: MOST_LINES - 1], f"… and {len(shown) - MOST_LINES + 1} more")
