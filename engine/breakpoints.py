"""Breakpoints: when a run is to be paused, as pure functions of an event and the tree after it. Knows no run, no model.

What a person did by hand hits none. No pattern can hang: a wildcard is a list of parts that are found one after the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from engine.events import (
    Backpropagated,
    Event,
    Expanded,
    IterationFinished,
    NodeId,
    RolledOut,
    Scored,
)
from engine.tree import Node, Tree


class Condition(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """When to pause."""


class AnswerFound(Condition, frozen=True):
    """A trace or a rollout came to an answer."""

    least: float = 0.0
    """Only if a verifier gives it at least so much, in [0, 1]; a rule's proof is 1. 0: any answer."""


class ValueDropped(Condition, frozen=True):
    """A step is scored far below the step before it, or the Q of a node falls by one credit."""

    by: float
    """By more than this, in [0, 1]."""


class TextMatched(Condition, frozen=True):
    """A new step holds these words, whatever their case. A * stands for anything."""

    pattern: str


class DepthPassed(Condition, frozen=True):
    """A new step lies deeper than this."""

    depth: int


class IterationReached(Condition, frozen=True):
    """The iteration with this number is done."""

    number: int


class ScoredBelow(Condition, frozen=True):
    """A verifier scores a step below this."""

    value: float


Breakpoint: TypeAlias = AnswerFound | ValueDropped | TextMatched | DepthPassed | IterationReached | ScoredBelow


class Hit(msgspec.Struct, frozen=True):
    """A breakpoint was hit."""

    words: str
    """Which one and where, as a sentence."""
    node: NodeId | None
    """Where; None where it is about the run as a whole."""


def hit(breakpoints: Sequence[Breakpoint], event: Event, tree: Tree) -> Hit | None:
    """The first of these that the event hits; `tree` is the one after it."""
    return next((found for entry in breakpoints for found in _hits(entry, event, tree)), None)


def matches(pattern: str, text: str) -> bool:
    """Whether the parts between the stars stand in the text in this order, whatever their case; in linear time."""
    text, place = text.casefold(), 0
    for part in pattern.casefold().split("*"):
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(pattern.strip("* "))


def _hits(entry: Breakpoint, event: Event, tree: Tree) -> Iterator[Hit]:
    if isinstance(event, Expanded) and event.generator == "person":
        return
    match entry:
        case AnswerFound(least):
            yield from _answers(least, event, tree)
        case ValueDropped(by):
            yield from _drops(by, event, tree)
        case TextMatched(pattern):
            for node in _born(event, tree):
                if matches(pattern, node.step):
                    yield Hit(f"Node {node.id} matches “{pattern}”.", node.id)
        case DepthPassed(depth):
            for node in _born(event, tree):
                if node.depth > depth:
                    yield Hit(f"Node {node.id} lies {node.depth} steps deep, more than {depth}.", node.id)
        case IterationReached(number):
            if isinstance(event, IterationFinished) and event.iteration == number:
                yield Hit(f"Iteration {number} is done.", None)
        case ScoredBelow(value):
            for score in event.scores if isinstance(event, Scored) else ():
                if score.value < value:
                    words = f"Node {score.node} was scored {score.value:.2f} by {score.verifier}, below {value:g}."
                    yield Hit(words, score.node)


def _born(event: Event, tree: Tree) -> list[Node]:
    return [tree.nodes[child.node] for child in event.children] if isinstance(event, Expanded) else []


def _answers(least: float, event: Event, tree: Tree) -> Iterator[Hit]:
    if least <= 0:
        for node in _born(event, tree):
            if node.terminal and not node.broken:
                yield Hit(f"An answer was found: node {node.id}.", node.id)
        if isinstance(event, RolledOut) and event.answer is not None:
            yield Hit(f"A rollout from node {event.node} came to an answer.", event.node)
    elif isinstance(event, RolledOut):
        if event.answer is not None and event.value is not None and event.value >= least:
            yield Hit(f"A rollout from node {event.node} came to an answer worth {event.value:.2f}.", event.node)
    elif isinstance(event, Scored):
        for score in event.scores:
            node = tree.nodes[score.node]
            if node.terminal and not node.refused and score.value >= least:
                words = f"An answer was found: node {node.id}, {score.value:.2f} by {score.verifier}."
                yield Hit(words, node.id)


def _drops(by: float, event: Event, tree: Tree) -> Iterator[Hit]:
    if isinstance(event, Scored):
        for score in event.scores:
            node = tree.nodes[score.node]
            above = None if node.parent is None else tree.nodes[node.parent].mark
            if node.mark is not None and above is not None and above[0] - node.mark[0] > by:
                words = f"The score falls from {above[0]:.2f} to {node.mark[0]:.2f} at node {node.id}."
                yield Hit(words, node.id)
    elif isinstance(event, Backpropagated):
        for node in tree.ascend(event.leaf):
            before = None if node.visits < 2 else (node.value_sum - event.value) / (node.visits - 1)
            if before is not None and node.value is not None and before - node.value > by:
                yield Hit(f"Q of node {node.id} fell from {before:.2f} to {node.value:.2f}.", node.id)
