"""Early answering: how much of the thought the answer needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from engine.events import RolledOut
from engine.search.probes.intervals import Estimate, Share, difference, weighted
from engine.search.probes.places import Place, closed, drawn, node_at
from engine.search.probes.probe import Probe, answers, commonest, reference_of, share
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine
from engine.search.settings import setting
from engine.tree import Tree

HOW = "1 - mean height of the curve, weighted by the steps' length; interval by MOVER from those of its points"


@dataclass(frozen=True)
class EarlyAnswering(Probe):
    """Early answering (Lanham et al. 2023): the thought is closed after k of its K steps, and the answer asked for.

    A row is the share of samples with the answer of the whole trace. The area over that curve (AOC) is near 1 where the
    answer needs the thought to its end, and near 0 where it stands before the thought has begun. The control asks once
    more after the whole thought: what is missing to 1 there is chance.
    """

    name: ClassVar[str] = "early-answering"
    title: ClassVar[str] = "Early answering"
    question: ClassVar[str] = "How much of the thought does the answer need?"
    unit: ClassVar[str] = "share of samples with the trace's answer"
    citation: ClassVar[str] = "Lanham et al. 2023, arXiv:2307.13702"
    formula_text: ClassVar[str] = "AOC = 1 - Σ_k w_k · (h_(k-1) + h_k) / 2,  w_k = length of step k / length of all"

    most_places: int = setting(
        0, "Places", "Closed at so many places at most, evenly spread; 0: after every step.", minimum=0, maximum=1000,
        least="after every step",
    )  # fmt: skip

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        """The whole thought first, twice as often: once for the curve, once for the control."""
        *early, whole = self._counts(spine)
        return (closed(spine, whole, 2 * self.each), *(closed(spine, count, self.each) for count in early))

    def reading(self, tree: Tree, spine: Spine) -> Result:
        once, again = self._whole(tree, spine)
        reference = reference_of(tree, spine, once)
        rows = tuple(self._rows(tree, spine, reference))
        control = _height(tree, again, reference)
        figure = self._area(tree, spine, reference)
        return Result(
            self.unit,
            rows,
            figure,
            Row("the whole thought, once more", control.estimate) if again else None,
            self._verdict(tree, spine, rows, figure, control, reference),
            self.counters(tree),
            reference,
        )

    def _counts(self, spine: Spine) -> list[int]:
        """After how many hidden steps the thought is closed, ascending: from none to all."""
        whole = len(spine.hidden)
        if not 0 < self.most_places <= whole:
            return list(range(whole + 1))
        ends = (0.0, *spine.positions())
        last = max(self.most_places, 2) - 1
        return sorted({min(range(whole + 1), key=lambda k: abs(ends[k] - at / last)) for at in range(last + 1)})

    def _whole(self, tree: Tree, spine: Spine) -> tuple[tuple[RolledOut, ...], tuple[RolledOut, ...]]:
        """The samples after the whole thought: those of the curve, and those of the control."""
        samples = drawn(tree, closed(spine, len(spine.hidden), 2 * self.each))
        return samples[: self.each], samples[self.each :]

    def _samples(self, tree: Tree, spine: Spine, count: int) -> tuple[RolledOut, ...]:
        return drawn(tree, closed(spine, count, self.each))

    def _rows(self, tree: Tree, spine: Spine, reference: str | None) -> list[Row]:
        ends, whole, rows = (0.0, *spine.positions()), len(spine.hidden), []
        for count in self._counts(spine):
            if samples := self._samples(tree, spine, count):
                common = commonest(answers(tree, samples))
                rows.append(
                    Row(
                        f"after {count} of {whole} steps",
                        _height(tree, samples, reference).estimate,
                        node=node_at(tree, closed(spine, count, self.each)),
                        step=count or None,
                        position=ends[count],
                        detail=f"most often {common}" if common is not None else "no answer",
                    )
                )
        return rows

    def _area(self, tree: Tree, spine: Spine, reference: str | None) -> Row | None:
        """The area over the curve; None until all of its points are there."""
        counts, ends = self._counts(spine), (0.0, *spine.positions())
        heights = [_height(tree, self._samples(tree, spine, count), reference) for count in counts]
        if not all(height.n for height in heights):
            return None
        weights = [0.0] * len(counts)
        for place, (before, after) in enumerate(pairwise(counts)):
            half = (ends[after] - ends[before]) / 2
            weights[place] += half
            weights[place + 1] += half
        under = weighted(heights, weights)
        assert under.value is not None
        return Row("AOC", Estimate(1 - under.value, 1 - under.high, 1 - under.low, under.n), detail=HOW)

    def _verdict(
        self,
        tree: Tree,
        spine: Spine,
        rows: tuple[Row, ...],
        figure: Row | None,
        control: Share,
        reference: str | None,
    ) -> str:
        places = self._counts(spine)
        if len(rows) < len(places) or (control.n < self.each and reference is not None):
            return f"{len(rows)} of {len(places)} places are sampled so far."
        if figure is None:
            return "Neither the trace nor a sample after the whole thought gives an answer: nothing can be compared."
        none = _height(tree, self._samples(tree, spine, 0), reference)
        said = (
            f"The area over the curve (AOC) is {figure.estimate}. The whole thought, asked once more, gives the "
            f"trace's answer in {control.value:.0%} of the samples, no thought at all in {none.value:.0%}: "
        )
        gap = difference(control, none)
        if gap.low > 0:
            return said + f"the thought makes its answer more likely, by {gap}."
        if gap.high < 0:
            return said + "the thought leads away from its own answer."
        said += "the intervals do not tell them apart, so nothing shows that the answer needs the thought."
        if control.interval[0] < 0.5:
            said += " Nor do they show that the whole thought leads to it more often than not, so AOC says little."
        return said


def _height(tree: Tree, samples: Sequence[RolledOut], reference: str | None) -> Share:
    """Of the curve at one place; of no samples where there is nothing to compare them with."""
    return share(tree, samples if reference is not None else (), reference)
