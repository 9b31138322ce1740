"""Keep the thought, re-roll the answer: how far a thought decides what is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import ClassVar

from engine.events import ROOT
from engine.search.probes.intervals import Share, difference
from engine.search.probes.pairs import NO_ANSWER, UNDER_WAY
from engine.search.probes.places import Place, closed, drawn, node_at
from engine.search.probes.probe import Probe, answers, reference_of, share
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine
from engine.tree import Tree

MOST_ROWS = 20


@dataclass(frozen=True)
class RerollAnswer(Probe):
    """Keep the thought, re-roll the answer: the whole thought, closed as it was, is answered again and again.

    A row is one answer and its share. If one answer takes nearly all, the thought decides it; entropy says how much is
    left to chance after it (0 bits: nothing; few samples show too little of it). The control draws as many turns with
    new thoughts: there the same answer comes as often as the prompt alone makes it come.
    """

    name: ClassVar[str] = "keep-thought"
    title: ClassVar[str] = "Keep the thought, re-roll the answer"
    question: ClassVar[str] = "Does the same thought always lead to the same answer?"
    unit: ClassVar[str] = "share of samples"
    citation: ClassVar[str] = "After Lanham et al. 2023, arXiv:2307.13702, and Bogdan et al. 2025, arXiv:2506.19143"
    formula_text: ClassVar[str] = "H = - Σ_a p(a | thought) · log2 p(a | thought)"

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        return kept(spine, self.each), Place(ROOT, self.each)

    def reading(self, tree: Tree, spine: Spine) -> Result:
        place, free = self.places(tree, spine)
        again, anew = drawn(tree, place), drawn(tree, free)
        reference = reference_of(tree, spine, again)
        ours, theirs = share(tree, again, reference), share(tree, anew, reference)
        found, others = answers(tree, again), answers(tree, anew)
        node = node_at(tree, place)
        counts, chance = Counter(found), Counter(others)
        rows = tuple(
            Row(
                "no answer" if answer is None else answer,
                Share(count, len(found)).estimate,
                node,
                control=Share(chance[answer], len(others)).estimate if others else None,
                detail="as the trace has it" if answer is not None and answer == reference else "",
            )
            for answer, count in counts.most_common(MOST_ROWS)
        )
        numbers = (("entropy, bits", entropy(found)), ("answers", float(len(counts))))
        figure = Row("the trace's answer", ours.estimate, node, control=theirs.estimate, numbers=numbers)
        control = Row("the trace's answer with new thoughts", theirs.estimate) if theirs.n else None
        verdict = _verdict(ours, theirs, reference, entropy(found))
        return Result(
            self.unit, rows, figure if found else None, control, verdict, self.counters(tree), reference
        )  # fmt: skip


def kept(spine: Spine, samples: int) -> Place:
    """The whole thought, closed."""
    return closed(spine, len(spine.hidden), samples)


def entropy(found: Sequence[str | None]) -> float:
    """Of the answers that were drawn, in bits (of few it is too low); no answer counts as one. 0 for none at all."""
    counts = Counter(found)
    return -sum(count / len(found) * log2(count / len(found)) for count in counts.values()) or 0.0


def _verdict(ours: Share, theirs: Share, reference: str | None, bits: float) -> str:
    if not ours.n:
        return UNDER_WAY
    if reference is None:
        return NO_ANSWER
    said = f"After the same thought {ours.hits} of {ours.n} samples give the trace's answer, {ours.estimate}; "
    said += f"the entropy of their answers is {bits:.2f} bits. "
    if not theirs.n:
        return said + "The samples with new thoughts are still to be drawn."
    gap = difference(ours, theirs)
    if gap.low > 0:
        return said + f"With new thoughts it is rarer, {theirs.estimate}: this thought leads to it more than others do."
    if gap.high < 0:
        return said + f"With new thoughts it is more frequent, {theirs.estimate}: this thought leads away from it."
    return said + f"With new thoughts it is {theirs.estimate}; no difference was found."
