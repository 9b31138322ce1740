"""Priors as they were before noise was mixed in: the tree keeps only what came of it. Reads the log; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import tr
from app.panels.texts import decimal
from engine.events import NodeId, PriorsNoised, Record
from engine.tree import Node


@dataclass(frozen=True, slots=True)
class NoisedPrior:
    """One child's part of a PriorsNoised."""

    before: float | None
    """P as the policy gave it; None where noise took its place whole."""
    noise: float
    fraction: float

    @property
    def words(self) -> str:
        words = tr("P {before}, of the noise {noise} (share {share:g})")
        return words.format(before=decimal(self.before), noise=decimal(self.noise), share=self.fraction)


class NoiseIndex:
    """Where in the log noise was mixed in. Reads what the log has grown by, never the whole again."""

    def __init__(self) -> None:
        self._read = 0
        self._found: dict[NodeId, tuple[int, PriorsNoised]] = {}

    def of(self, records: Sequence[Record], cursor: int, node: Node) -> NoisedPrior | None:
        """What was mixed into the prior of `node` before the cursor; None for nothing."""
        self._read_on(records)
        found = None if node.parent is None else self._found.get(node.parent)
        if found is None or found[0] >= cursor or node.id not in found[1].children:
            return None
        event = found[1]
        number, kept = event.children.index(node.id), 1 - event.fraction
        noise = event.noise[number]
        before = (event.priors[number] - event.fraction * noise) / kept if kept else None
        return NoisedPrior(before, noise, event.fraction)

    def _read_on(self, records: Sequence[Record]) -> None:
        for at in range(self._read, len(records)):
            event = records[at].event
            if isinstance(event, PriorsNoised):
                self._found[event.parent] = at, event
        self._read = len(records)
