"""Resampling importance: which steps of the thought its answer hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, TypeAlias

from engine.events import RolledOut
from engine.search.probes.intervals import Estimate, Share, difference
from engine.search.probes.places import Place, drawn
from engine.search.probes.probe import Probe, answers, reference_of, share
from engine.search.probes.resampled import divergence, overdeterminedness, similarity
from engine.search.probes.results import Result, Row
from engine.search.probes.spine import Spine
from engine.search.settings import setting
from engine.tree import Node, Tree

Hits: TypeAlias = Callable[[Sequence[RolledOut]], Share]
"""How many of some samples are hits."""

PROVERS = frozenset({"rule", "gold"})
"""Verifiers that can say that an answer is right."""


@dataclass(frozen=True)
class ResamplingImportance(Probe):
    """Resampling importance (Bogdan et al. 2025, thought anchors): what a step changes in where the thought leads.

    Samples think on from behind the step (kept) and from before it (free, where it is written anew); the difference of
    their shares of hits is the step's importance. The samples after one step are those before the next. Few are drawn
    at first; where the interval of a step's difference includes 0, its two places get more, up to the last round.

    Besides: counterfactual importance, which takes of the free samples only those that wrote another step (kept - free,
    so with the other sign than in the authors' code); how often the same step is written again; how far the answers'
    distributions are apart.
    """

    name: ClassVar[str] = "importance"
    title: ClassVar[str] = "Resampling importance"
    question: ClassVar[str] = "Which steps does the answer hang on?"
    unit: ClassVar[str] = "share of hits with the step - share without it"
    citation: ClassVar[str] = "Bogdan, Macar, Nanda & Conmy 2025, arXiv:2506.19143"
    formula_text: ClassVar[str] = "Δ_i = share(samples from s_1 … s_i) - share(samples from s_1 … s_(i-1))"

    samples: int = setting(10, "Second round", "Samples of a place that is not clear yet.", minimum=1, maximum=1000)
    first: int = setting(3, "First round", "Samples of every place.", minimum=1, maximum=1000)
    most: int = setting(30, "Last round", "Samples of a place at most.", minimum=1, maximum=1000)
    counts: str = setting(
        "same answer",
        "Hit",
        "A sample with the trace's answer, or one whose answer a verifier proves right.",
        choices=("same answer", "right answer"),
    )
    similar: float = setting(
        0.8, "Similar from", "Jaccard index from which a step written anew is the same.", minimum=0.0, maximum=1.0
    )

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.counts == "right answer" and not PROVERS & set(verifiers):
            return (
                f"{self.title} by right answers needs a verifier that can prove one: add rule for number puzzles, or "
                "gold for a word problem with a known answer."
            )
        return super().refusal(verifiers)

    @property
    def tiers(self) -> tuple[int, ...]:
        """Samples of a place after each round, ascending."""
        return tuple(sorted({self.first, self.samples, self.most})) if self.temperature else (1,)

    def places(self, tree: Tree, spine: Spine) -> tuple[Place, ...]:
        """Behind every step, and before the first. A round looks at no sample beyond those that it asked for, so that
        the next one follows from the tree however it came about."""
        nodes = [spine.after(count) for count in range(len(spine.hidden) + 1)]
        wanted = [self.tiers[0]] * len(nodes)
        for _, more in pairwise(self.tiers):
            places = list(map(Place, nodes, wanted))
            samples = [drawn(tree, place) for place in places]
            hits = self._hits(tree, spine, samples[-1])
            under_way = any(len(found) < place.samples for found, place in zip(samples, places, strict=True))
            if under_way or not any(hits(found).n for found in samples):
                break  # or there is nothing to compare with, and more samples would not help
            for step, (free, kept) in enumerate(pairwise(map(hits, samples)), 1):
                if not difference(kept, free).settled:
                    wanted[step - 1] = wanted[step] = more
        return tuple(map(Place, nodes, wanted))

    def in_all(self, places: Sequence[Place]) -> int:
        """All places to their last round: so progress never goes back, and may end before its time."""
        return len(places) * self.tiers[-1]

    def reading(self, tree: Tree, spine: Spine) -> Result:
        samples = [drawn(tree, place) for place in self.places(tree, spine)]
        hits = self._hits(tree, spine, samples[-1])
        steps = zip(spine.hidden, spine.positions(), samples[:-1], samples[1:], strict=True)
        rows = tuple(
            self._row(tree, number, step, position, free, kept, hits)
            for number, (step, position, free, kept) in enumerate(steps, 1)
            if hits(free).n and hits(kept).n
        )
        control = _halves([sample for found in samples for sample in _paired(found)], hits)
        figure = max(rows, key=lambda row: (row.estimate.settled, abs(row.estimate.value or 0)), default=None)
        unjudged = sum(len(found) - hits(found).n for found in samples)
        return Result(
            self.unit,
            rows,
            figure,
            Row("samples of the same places, split in half", control) if control.n else None,
            self._verdict(rows, figure, control, unjudged, len(spine.hidden)),
            self.counters(tree),
            reference_of(tree, spine, samples[-1]) if self.counts == "same answer" else None,
            signed=True,
        )

    def _hits(self, tree: Tree, spine: Spine, whole: Sequence[RolledOut]) -> Hits:
        """How samples are counted; those that nobody can judge are left out."""
        if self.counts == "same answer":
            reference = reference_of(tree, spine, whole)
            return lambda samples: share(tree, samples if reference is not None else (), reference)
        return _proven

    def _row(
        self,
        tree: Tree,
        number: int,
        step: Node,
        position: float,
        free: Sequence[RolledOut],
        kept: Sequence[RolledOut],
        hits: Hits,
    ) -> Row:
        anew = [sample.steps[0] if sample.steps else "" for sample in free]
        other = [sample for sample, text in zip(free, anew, strict=True) if similarity(text, step.step) < self.similar]
        counterfactual = difference(hits(kept), hits(other))
        numbers = (
            ("written otherwise", len(other) / len(free)),
            ("overdetermined", overdeterminedness(anew)),
            ("KL, nats", divergence(answers(tree, kept), answers(tree, free))),
        )
        return Row(
            step.step.strip(),
            difference(hits(kept), hits(free)),
            step.id,
            number,
            position,
            _halves(_paired(kept), hits),
            f"counterfactual {counterfactual}: {len(other)} of {len(free)} samples wrote another step",
            numbers if counterfactual.value is None else (("counterfactual", counterfactual.value), *numbers),
        )

    def _verdict(self, rows: tuple[Row, ...], figure: Row | None, control: Estimate, unjudged: int, steps: int) -> str:
        if figure is None:
            return "No step has samples on both sides yet that can be judged."
        said = "" if len(rows) == steps else f"{len(rows)} of {steps} steps have samples so far. "
        if unjudged:
            said += f"Nobody can say whether {unjudged} of the samples are right; they are left out. "
        clear = sum(row.estimate.settled for row in rows)
        if not clear:
            return said + "No step's interval excludes 0: none can be told from chance with so few samples."
        by_chance = 0.05 * len(rows)
        said += (
            f"The intervals of {clear} of {len(rows)} steps exclude 0, where chance alone gives about {by_chance:.1f}"
        )
        said += ", and more since each was looked at in every round" if len(self.tiers) > 1 else ""
        said += ": they may all be chance" if clear <= by_chance else ""
        said += f". The largest is step {figure.step}: {figure.estimate}."
        return said + (f" The control is not near 0: {control}." if control.settled else "")


def _proven(samples: Sequence[RolledOut]) -> Share:
    """A sample without an answer is not right. One that is no verifier's business is neither."""
    judged = [sample for sample in samples if sample.answer is None or sample.source in PROVERS]
    return Share(sum(sample.answer is not None and sample.value == 1.0 for sample in judged), len(judged))


def _paired(samples: Sequence[RolledOut]) -> Sequence[RolledOut]:
    """As many as make two halves."""
    return samples[: len(samples) // 2 * 2]


def _halves(samples: Sequence[RolledOut], hits: Hits) -> Estimate:
    """The difference that nobody made: every other sample against the rest."""
    return difference(hits(samples[::2]), hits(samples[1::2]))
