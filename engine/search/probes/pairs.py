"""What a change to a thought does: samples with it against samples without it, place by place. Knows no model."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.events import RolledOut
from engine.search.probes.intervals import Estimate, Share, difference
from engine.search.probes.places import Place, drawn, node_at
from engine.search.probes.probe import Probe, reference_of, share
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine
from engine.tree import Tree

UNDER_WAY = "The samples that can be compared are not drawn yet."
NO_ANSWER = "Neither the trace nor a sample of it gives an answer: nothing can be compared."


@dataclass(frozen=True, slots=True)
class Pair:
    """A place with the change and the same place without it."""

    changed: Place
    plain: Place
    words: str
    """Which place, as a row says it."""
    detail: str = ""
    """What was done there."""
    step: int | None = None
    """Number of the hidden step, from 1."""
    position: float | None = None
    """See Row."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """All pairs of a probe, read."""

    rows: tuple[Row, ...]
    whole: Row | None
    """All places together; None while nothing can be compared."""
    control: Row | None
    """One half of the samples without the change against the other half."""


@dataclass(frozen=True)
class PairedProbe(Probe):
    """A probe that changes the thought at some places, and draws as many samples at each without the change."""

    change: ClassVar[str]
    """What was done everywhere: `a mistake at one step`."""

    @abstractmethod
    def pairs(self, tree: Tree, spine: Spine) -> tuple[Pair, ...]:
        """The places, in the order of the thought; a pure function of the spine, the settings and the seed."""

    @abstractmethod
    def verdict(self, spine: Spine, pairs: Sequence[Pair], found: Contrast, reference: str | None) -> str:
        """What the samples so far mean, see Result.verdict; there may be no pairs."""

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        return tuple(place for pair in self.pairs(tree, spine) for place in (pair.plain, pair.changed))

    def reading(self, tree: Tree, spine: Spine) -> Result:
        pairs = self.pairs(tree, spine)
        plain = [sample for pair in pairs for sample in drawn(tree, pair.plain)]
        reference = reference_of(tree, spine, plain)
        found = contrast(tree, pairs, reference, self.change)
        verdict = self.verdict(spine, pairs, found, reference)
        return Result(
            self.unit, found.rows, found.whole, found.control, verdict, self.counters(tree), reference, signed=True
        )


def contrast(tree: Tree, pairs: Sequence[Pair], reference: str | None, words: str) -> Contrast:
    """The share of samples with the `reference` answer, changed minus plain. `words`: what was done everywhere."""
    changed, plain, first, second = (Share(0, 0) for _ in range(4))
    rows = []
    for pair in pairs:
        with_it, without = drawn(tree, pair.changed), drawn(tree, pair.plain)
        one, other = halves(tree, without, reference)
        mine, theirs = share(tree, with_it, reference), share(tree, without, reference)
        if with_it and without:  # a place with one side only would weigh on it alone
            changed, plain, first, second = changed + mine, plain + theirs, first + one, second + other
        at = node_at(tree, pair.changed)
        effect, chance = difference(mine, theirs), difference(one, other)
        rows.append(Row(pair.words, effect, at, pair.step, pair.position, chance, pair.detail))
    if not changed.n:
        return Contrast(tuple(rows), None, None)
    control = Row("without it, one half of the samples against the other", difference(first, second))
    return Contrast(tuple(rows), Row(words, difference(changed, plain), control=control.estimate), control)


def halves(tree: Tree, samples: Sequence[RolledOut], reference: str | None) -> tuple[Share, Share]:
    """The shares with `reference` in the two halves of samples that were drawn alike."""
    middle = len(samples) // 2
    return share(tree, samples[:middle], reference), share(tree, samples[middle:], reference)


def room(estimate: Estimate) -> str:
    """How large a change an interval that holds 0 leaves room for."""
    return f"{max(-estimate.low, estimate.high):.2f}"


def doubt(control: Row | None) -> str:
    """What is to be said where samples differ although nothing was done to them."""
    if control is None or not control.estimate.settled:
        return ""
    return " The control differs, too: this may be chance."
