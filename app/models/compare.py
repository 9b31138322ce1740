"""Two traces side by side: how far they go together, where they part, and with which probabilities. Knows no widget.

Traces of one run go together as long as they are the same nodes; traces of two runs, as long as their texts are equal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from math import exp
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from engine.events import NodeId
from engine.tokens import Token, TokenRowError, unpack
from engine.tree import Node, Tree

MOST_WORDS = 600
"""Of one step that are compared word by word: the time it takes may grow with their square."""

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, eq=False)
class Trace:
    """The steps from below the root to a node, in its tree."""

    tree: Tree
    node: NodeId

    @property
    def steps(self) -> tuple[Node, ...]:
        return tuple(self.tree.path(self.node)[1:])


@dataclass(frozen=True, slots=True)
class PartingToken:
    """The first token of a step that is not the other step's."""

    place: int
    """In the step, from 0."""
    text: str
    """Empty where the step ends before the other one."""
    probability: float | None
    """In its own step, in [0, 1]; None where the step has ended."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one trace does where the two part."""

    node: NodeId
    step: str
    prior: float
    logprob: float | None
    """Of the whole step, in nats; None where the policy gives none."""
    token: PartingToken | None
    """None where one of the steps has no token row, or the rows do not part."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where two traces part."""

    depth: int
    """Of the first step that is not common, from 1."""
    left: Side | None
    """None where that trace has ended."""
    right: Side | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The steps of two traces at one depth."""

    depth: int
    left: Node | None
    right: Node | None
    common: bool


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two traces, laid side by side."""

    left: Trace
    right: Trace
    pairs: tuple[Pair, ...]
    divergence: Divergence | None
    """None where they are the same to the end of both."""

    @property
    def one_run(self) -> bool:
        return self.left.tree is self.right.tree


def compare(left: Trace, right: Trace) -> Comparison:
    """Lay two traces side by side."""
    one_run = left.tree is right.tree
    pairs, together = [], True
    for depth, (one, other) in enumerate(zip_longest(left.steps, right.steps), 1):
        together = together and one is not None and other is not None and _same(one, other, one_run)
        pairs.append(Pair(depth, one, other, together))
    first = next((pair for pair in pairs if not pair.common), None)
    return Comparison(left, right, tuple(pairs), None if first is None else _divergence(first))


def _same(one: Node, other: Node, one_run: bool) -> bool:
    return one.id == other.id if one_run else one.step.strip() == other.step.strip()


def _divergence(pair: Pair) -> Divergence:
    left, right = _parting(_tokens(pair.left), _tokens(pair.right))
    return Divergence(pair.depth, _side(pair.left, left), _side(pair.right, right))


def _side(node: Node | None, token: PartingToken | None) -> Side | None:
    return None if node is None else Side(node.id, node.step, node.prior, node.logprob, token)


def _tokens(node: Node | None) -> tuple[Token, ...]:
    """The token row of a step; empty if it has none that can be read."""
    try:
        return () if node is None else unpack(node.tokens)
    except TokenRowError:
        return ()


def _parting(left: Sequence[Token], right: Sequence[Token]) -> tuple[PartingToken | None, PartingToken | None]:
    """The first tokens whose texts differ; (None, None) if there are none, or if a row is missing."""
    if not left or not right:
        return None, None
    for place, (one, other) in enumerate(zip_longest(left, right)):
        if one is None or other is None or one.text != other.text:
            return _parting_token(place, one), _parting_token(place, other)
    return None, None


def _parting_token(place: int, token: Token | None) -> PartingToken:
    return PartingToken(place, "", None) if token is None else PartingToken(place, token.text, exp(token.logprob))


# -- words


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text."""

    text: str
    differs: bool
    """Whether the other text has something else, or nothing, in its place."""


def word_difference(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, word by word; the pieces of each joined are the text. Very long ones differ as a whole."""
    one, other = _WORDS.findall(left), _WORDS.findall(right)
    if max(len(one), len(other)) > MOST_WORDS:
        differs = left != right
        return (Piece(left, differs),), (Piece(right, differs),)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    lefts = [Piece("".join(one[a:b]), tag != "equal") for tag, a, b, _, _ in blocks if a < b]
    rights = [Piece("".join(other[a:b]), tag != "equal") for tag, _, _, a, b in blocks if a < b]
    return tuple(lefts), tuple(rights)


# -- cursors

Link = Literal["none", "iteration", "share", "event"]


def linked_cursor(cursor: int, here: npt.NDArray[Any], there: npt.NDArray[Any], link: Link) -> int | None:
    """Where another run's cursor belongs while this one's is at `cursor`; None if they are not linked.

    `here` and `there` hold the iteration of every event of either log, which never falls. Within an iteration it is
    the same share of its events. A run that has no such iteration is shown at its end; and at the end of one run the
    other is shown at its end, too, so that their results stand side by side.
    """
    if link == "none":
        return None
    if cursor >= len(here):
        return len(there)
    if link == "event":
        return min(cursor, len(there))
    if link == "share":
        return round(cursor * len(there) / len(here))
    if cursor == 0:
        return 0
    iteration = here[cursor - 1]
    first, end = np.searchsorted(here, [iteration, iteration + 1]).tolist()
    other_first, other_end = np.searchsorted(there, [iteration, iteration + 1]).tolist()
    return int(other_first + round((cursor - first) / max(1, end - first) * (other_end - other_first)))
