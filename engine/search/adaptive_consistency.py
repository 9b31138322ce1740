"""Adaptive-Consistency: self-consistency that stops once the vote is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace

from engine.events import Voted
from engine.search.sampling import Sampling, drawn, is_counted
from engine.search.search import Ending
from engine.search.settings import setting
from engine.search.stopping import STOPPING_RULES, confidence
from engine.search.votes import Sample, Verdict, count, samples_of
from engine.tree import Tree


@dataclass(frozen=True)
class AdaptiveConsistency(Sampling):
    """Adaptive-Consistency (Aggarwal et al. 2023): sample chains one by one until the majority is clear enough.

    After each batch the rule of stopping says how sure it is that the first answer is the mode; at the threshold
    sampling stops. 0.95 is not "95 % sure to be right": it is about the mode, and every further look at the votes
    makes an error likelier. In the Game of 24 the votes are for expressions, not for values: there are many, so it
    stops late or not at all.
    """

    name: ClassVar[str] = "adaptive-consistency"
    title: ClassVar[str] = "Adaptive-Consistency"
    group: ClassVar[str] = "Sampling"
    citation: ClassVar[str] = "Aggarwal, Madaan, Yang & Mausam 2023, arXiv:2305.11860"
    formula_text: ClassVar[str] = (
        "Beta: P(p > ½) = 2^-(a+b+1) · Σ_{k=0..a} C(a+b+1, k), a ≥ b the two largest counts; stop at ≥ 0.95\n"
        "Dirichlet: P(p_1 is the largest), p ~ Dir(counts + 1), five largest counts; stop at ≥ 0.95\n"
        "Entropy: 1 - H / log m; stop at ≥ 0.25 (H / log m ≤ 0.75)\n"
        "Majority: share of the first answer; stop at ≥ 0.8"
    )

    samples: int = setting(40, "Most samples", "Chains after which it ends in any case.", minimum=1, maximum=4096)
    batch: int = setting(1, "Batch", "Samples drawn between two looks at the votes.", minimum=1, maximum=4096)
    rule: str = setting("beta", "Stop by", "How sure one is of the mode.", choices=tuple(STOPPING_RULES))
    threshold: float = setting(
        0.0, "Threshold", "Confidence at which sampling stops; 0: that of the rule's authors.", minimum=0.0, maximum=1.0
    )
    score: bool = setting(False, "Score steps", "Ask the verifiers about every step.")

    def count(self, samples: Sequence[Sample]) -> Verdict:
        return count(samples)

    def voted(self, tree: Tree) -> Voted:
        plain = super().voted(tree)
        answers = [sample.answer for sample in samples_of(tree) if not sample.refused]
        rule = f"{plain.rule}, stop by {self.rule}"
        return replace(plain, rule=rule, confidence=confidence(answers, self.rule), threshold=self.least)

    def done(self, tree: Tree) -> Ending | None:
        if is_counted(tree):
            vote = tree.votes[-1]
            if vote.confidence is not None and vote.confidence >= self.least:
                return "finished", f"the vote is clear after {vote.samples} of {self.samples} samples"
        return super().done(tree)

    def cut_by_limit(self, tree: Tree) -> bool:
        """The chains are the same, but the votes are looked at after other numbers of them."""
        return drawn(tree) >= self.samples and bool(drawn(tree) % self.batch)

    @property
    def least(self) -> float:
        """The confidence at which sampling stops."""
        return self.threshold or STOPPING_RULES[self.rule][1]

    @property
    def scores(self) -> bool:
        return self.score
