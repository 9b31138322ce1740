"""What the latest phase did, in words and numbers, for somebody who steps through a search. Pure functions; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.panels.facts import SOURCE_WORDS
from app.panels.texts import MISSING, decimal
from app.plain_text import one_line
from engine.events import (
    ROOT,
    AnyEvent,
    Backpropagated,
    Choice,
    Expanded,
    IterationFinished,
    NodeId,
    Record,
    RolledOut,
    Scored,
    Selected,
    phase_of,
)
from engine.tree import Tree

MOST_LINES = 10
LONGEST_STEP = 34
"""Characters of a step within a sentence."""
LONGEST_LINE = 200
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
    phase = phase_of(records[place].event) if place >= 0 else None
    if phase is None:
        return None
    words, lines = _told(records[place].event, tree)
    return PhaseWords(f"Iteration {max(1, tree.iteration)} · {phase}", words, _shortened(lines))


def _told(event: AnyEvent, tree: Tree) -> tuple[str, list[str]]:
    match event:
        case Selected():
            return _selected(event, tree)
        case Expanded():
            return _expanded(event, tree)
        case Scored():
            names = ", ".join(dict.fromkeys(SOURCE_WORDS[score.source] for score in event.scores))
            lines = [f"{decimal(score.value)}  {_step(tree, score.node, LONGEST_LINE)}" for score in event.scores]
            return f"{names}: how likely is it that a trace with this step comes out right?", lines
        case RolledOut():
            answer = MISSING if event.answer is None else _cut(event.answer, LONGEST_STEP)
            words = (
                f"From “{_step(tree, event.node, LONGEST_STEP)}” the policy wrote to an end; the tree does not grow. "
                f"Answer {answer}, worth {decimal(event.value)}."
            )
            return words, [_cut(step, LONGEST_LINE) for step in event.steps]
        case Backpropagated():
            return _backpropagated(event, tree)
    return "", []


def _selected(event: Selected, tree: Tree) -> tuple[str, list[str]]:
    if not event.choices:
        return "There is only the root so far: nothing to choose from.", []
    words = (
        f"From the root down, always to the child with the largest Q + U: to “{_step(tree, event.leaf, LONGEST_STEP)}”."
    )
    return words, [line for choice in event.choices if (line := _choice_line(choice, tree))]


def _choice_line(choice: Choice, tree: Tree) -> str:
    if choice.chosen not in choice.children:
        return ""
    at = choice.children.index(choice.chosen)
    q, u = choice.q[at] or 0.0, choice.u[at]
    terms = (
        "∞, never visited" if u is None else f"{decimal(q, PLACES)} + {decimal(u, PLACES)} = {decimal(q + u, PLACES)}"
    )
    return f"{terms}  {_step(tree, choice.chosen, LONGEST_LINE)}"


def _expanded(event: Expanded, tree: Tree) -> tuple[str, list[str]]:
    where = "the problem" if event.parent == ROOT else f"“{_step(tree, event.parent, LONGEST_STEP)}”"
    if not event.children:
        return f"The policy wrote nothing usable after {where}.", []
    samples, different = sum(new.samples for new in event.children), len(event.children)
    count = "a next step" if samples == 1 else f"{samples} next steps"
    apart = f", {different} different ones" if different < samples else ""
    lines = [f"P {decimal(new.prior)}  {_cut(new.step, LONGEST_LINE)}" for new in event.children]
    return f"The policy wrote {count} after {where}{apart}. P is its share for each.", lines


def _backpropagated(event: Backpropagated, tree: Tree) -> tuple[str, list[str]]:
    path = tree.path(event.leaf) if event.leaf in tree.nodes else []
    again = "This leaf was reached before, its known value counts once more: " if event.revisit else ""
    words = f"{again}{decimal(event.value)} was credited to every step of the trace: N + 1, and Q is the mean."
    lines = [f"N {node.visits:<3} Q {decimal(node.value)}  {_step(tree, node.id, LONGEST_LINE)}" for node in path]
    return words, lines


def _step(tree: Tree, node: NodeId, longest: int) -> str:
    if node == ROOT:
        return "root"
    return _cut(tree.nodes[node].step, longest) if node in tree.nodes else f"node {node}"


def _cut(text: str, longest: int) -> str:
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _shortened(lines: Iterable[str]) -> tuple[str, ...]:
    shown = list(lines)
    if len(shown) <= MOST_LINES:
        return tuple(shown)
    return (*shown[: MOST_LINES - 1], f"… and {len(shown) - MOST_LINES + 1} more")
