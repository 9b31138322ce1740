"""The latest phase as it is drawn over the cards, and the clock that plays it once. Knows no widget.

An effect depends on the log and the cursor alone, so scrubbing shows the same as the live run did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.events import (
    PHASES,
    AnyEvent,
    Backpropagated,
    Credited,
    Expanded,
    IterationFinished,
    NodeId,
    Phase,
    PriorsNoised,
    Pruned,
    Record,
    RolledOut,
    Scored,
    Selected,
    VirtualLossChanged,
    Voted,
    phase_of,
)
from engine.tree import Node, Tree

PLAY = 0.3
"""Seconds in which a phase is played."""
TOO_FAST = 0.15
"""Phases that follow each other within this many seconds are shown at their end at once."""
LOOK_BACK = 64
"""Events of the current iteration that are searched for rollouts."""


@dataclass(frozen=True)
class Credit:
    """What backpropagation did to one node: N grew by one, and Q changed."""

    before: float | None
    """Q; None for a node that had no visit."""
    after: float


@dataclass(frozen=True)
class Effect:
    """What the latest phase did, as it is drawn over the cards."""

    phase: Phase
    path: tuple[NodeId, ...] = ()
    """From the root to the leaf; empty for phases that do not walk."""
    nodes: tuple[NodeId, ...] = ()
    value: float | None = None
    credits: Mapping[NodeId, Credit] = field(default_factory=dict)
    """Of backpropagation, by node."""

    @property
    def number(self) -> int:
        """0..3, the place of its colour in the theme."""
        return PHASES.index(self.phase)


def effect_of(event: AnyEvent, tree: Tree) -> Effect | None:
    """The effect of one event; None for events that are no phase or do not fit the tree."""
    match event:
        case Selected():
            return Effect("selection", event.path, (event.leaf,))
        case Expanded():
            return Effect("expansion", (), tuple(new.node for new in event.children) or (event.parent,))
        case Scored():
            return Effect("simulation", (), tuple(score.node for score in event.scores))
        case RolledOut():
            return Effect("simulation", (), (event.node,), event.value)
        case Backpropagated() if event.leaf in tree.nodes:
            trace = tree.path(event.leaf)
            credits = {node.id: _credit(node, event.value) for node in trace if node.visits}
            return Effect("backpropagation", tuple(node.id for node in trace), (), event.value, credits)
        case VirtualLossChanged() if event.leaf in tree.nodes:
            phase: Phase = "selection" if event.change > 0 else "backpropagation"
            return Effect(phase, tuple(node.id for node in tree.path(event.leaf)), (event.leaf,))
        case Credited() if set(event.visits) == {1}:
            values = zip(event.nodes, event.values, strict=True)
            credits = {node: _credit(tree.nodes[node], value) for node, value in values if tree.nodes[node].visits}
            return Effect("backpropagation", event.nodes, (), None, credits)
        case PriorsNoised():
            return Effect("selection", (), event.children)
        case Pruned():
            return Effect("selection", (), event.nodes)
        case Voted():
            return Effect("backpropagation", (), tuple(tally.first for tally in event.tallies))
    return None


def _credit(node: Node, value: float) -> Credit:
    """The last visit of a node taken back again: the tree has it already."""
    before = (node.value_sum - value) / (node.visits - 1) if node.visits > 1 else None
    return Credit(before, node.value_sum / node.visits)


def latest_effect(records: Sequence[Record], cursor: int, tree: Tree) -> tuple[int, Effect | None]:
    """Number of the latest phase event before the cursor, and its effect. Nothing once the run has ended."""
    place = cursor - 1
    while place >= 0 and isinstance(records[place].event, IterationFinished):
        place -= 1
    if place < 0 or phase_of(records[place].event) is None:
        return place, None
    return place, effect_of(records[place].event, tree)


def rollouts_under_way(records: Sequence[Record], cursor: int) -> dict[NodeId, RolledOut]:
    """Rollouts of the iteration at the cursor, which have a card until the next selection."""
    found: dict[NodeId, RolledOut] = {}
    for record in reversed(records[max(0, cursor - LOOK_BACK) : cursor]):
        match record.event:
            case Selected():
                break
            case RolledOut() as rollout:
                found.setdefault(rollout.node, rollout)
    return found


class Playback:
    """The clock of the latest effect: from 0 when it begins to 1 when it is done, where it stays."""

    def __init__(self) -> None:
        self.effect: Effect | None = None
        self._event: int | None = None
        self._changed = self._began = float("-inf")

    def show(self, event: int, effect: Effect | None, now: float, animated: bool = True) -> None:
        """Play the effect of event number `event`, unless it is the one that plays already; still, if not animated."""
        if not animated:
            self._began = float("-inf")
        if event == self._event and effect == self.effect:
            return
        too_fast = now - self._changed < TOO_FAST
        self._event, self.effect, self._changed = event, effect, now
        self._began = now if animated and not too_fast else float("-inf")

    def progress(self, now: float) -> float:
        return min(1.0, max(0.0, (now - self._began) / PLAY))

    def playing(self, now: float) -> bool:
        return self.effect is not None and self.progress(now) < 1.0
