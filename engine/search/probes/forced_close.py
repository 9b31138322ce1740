"""Budget forcing: a thought that is closed early, or made to go on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from engine.events import RolledOut
from engine.rewording import WAIT
from engine.search.probes.intervals import Share, difference
from engine.search.probes.places import Place, closed, drawn, node_at
from engine.search.probes.probe import Probe, answers, reference_of, share
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine
from engine.search.settings import setting
from engine.tree import Tree

MOST_ROWS = 20
"""Answers that are listed, the commonest first."""
NO_ANSWER = "(no answer)"
NOT_FORCED = "The place is the end of the thought: nothing was forced. Name an earlier step, or a smaller share."


@dataclass(frozen=True)
class ForcedClose(Probe):
    """Budget forcing (Muennighoff et al. 2025, s1): the thought is closed at one place, or not let end.

    Closed, the samples answer with what was thought so far. Made to wait, the tag that ends the thought is left out,
    `Wait,` stands in its place, and they think on. The control is the whole thought with its own end.
    """

    name: ClassVar[str] = "forced-close"
    title: ClassVar[str] = "Forced close"
    question: ClassVar[str] = "What does it answer if the thought ends here, or must go on?"
    unit: ClassVar[str] = "share of samples"
    citation: ClassVar[str] = "Muennighoff et al. 2025, arXiv:2501.19393"

    how: str = setting(
        "close", "Force", "End the thought early, or make it go on at its end.", choices=("close", "wait")
    )
    step: int = setting(
        0,
        "After step",
        "Number of the last hidden step that is kept; 0: as the share says.",
        minimum=0,
        when="how=close",
        least="as the share says",
    )
    at: float = setting(
        0.5,
        "Share",
        "How much of the thought's text is kept, where no step is named.",
        minimum=0.0,
        maximum=1.0,
        when="how=close",
    )

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        return self._free(spine), self._forced(spine)

    def reading(self, tree: Tree, spine: Spine) -> Result:
        free, forced = drawn(tree, self._free(spine)), drawn(tree, self._forced(spine))
        reference = reference_of(tree, spine, free)
        kept, control = share(tree, forced, reference), share(tree, free, reference)
        words = "the trace's answer"
        numbers = (("tokens of a sample", _length(forced)), ("tokens of a sample of the control", _length(free)))
        figure = Row(
            words, kept.estimate, node_at(tree, self._forced(spine)), control=control.estimate, numbers=numbers
        )
        return Result(
            self.unit,
            self._rows(tree, spine, free, forced),
            figure if forced else None,
            Row(f"{words}, not forced", control.estimate) if free else None,
            self._verdict(kept, control, reference) if self._forced(spine) != self._free(spine) else NOT_FORCED,
            self.counters(tree),
            reference,
        )

    def _free(self, spine: Spine) -> Place:
        return closed(spine, len(spine.hidden), self.each)

    def _forced(self, spine: Spine) -> Place:
        whole = len(spine.hidden)
        if self.how == "wait":
            step = WAIT if spine.hidden[-1].step.endswith("\n") else f"\n{WAIT}"
            return Place(spine.after(whole), self.each, (step,), (f"told to wait after {whole} of {whole}",))
        return closed(spine, self._kept(spine), self.each)

    def _kept(self, spine: Spine) -> int:
        """After how many hidden steps it is closed: the place by share is the last step that ends before it."""
        if self.step:
            return min(self.step, len(spine.hidden))
        return sum(end <= self.at + 1e-9 for end in spine.positions())

    def _rows(
        self, tree: Tree, spine: Spine, free: tuple[RolledOut, ...], forced: tuple[RolledOut, ...]
    ) -> tuple[Row, ...]:
        """One for each answer, those of the forced samples first."""
        ours, theirs = Counter(answers(tree, forced)), Counter(answers(tree, free))
        order = sorted({**ours, **theirs}, key=lambda answer: (-ours[answer], -theirs[answer]))
        where = node_at(tree, self._forced(spine))
        return tuple(
            Row(
                NO_ANSWER if answer is None else answer,
                Share(ours[answer], len(forced)).estimate,
                where,
                control=Share(theirs[answer], len(free)).estimate,
            )
            for answer in order[:MOST_ROWS]
        )

    def _verdict(self, kept: Share, control: Share, reference: str | None) -> str:
        if kept.value is None or control.value is None:
            return "The samples are not all drawn yet."
        if reference is None:
            return "Neither the trace nor a sample of the whole thought gives an answer: nothing can be compared."
        gap = difference(kept, control)
        said = f"{kept.value:.0%} of the forced samples come to the trace's answer, {control.value:.0%} of the others. "
        if not gap.settled:
            return said + f"The difference, {gap}, may be chance."
        forced = "Closing the thought here" if self.how == "close" else "Waiting"
        return said + f"{forced} makes that answer {'more' if gap.low > 0 else 'less'} likely, by {gap}."


def _length(samples: tuple[RolledOut, ...]) -> float:
    """Mean number of tokens that were written."""
    return sum(sample.cost.generated for sample in samples) / len(samples) if samples else 0.0
