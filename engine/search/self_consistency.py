"""Self-consistency: many chains, one vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.search.sampling import Sampling, needed_verifier
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS
from engine.search.votes import Sample, Verdict, count


@dataclass(frozen=True)
class SelfConsistency(Sampling):
    """Self-consistency (Wang et al. 2022): sample k chains of thought, and return the answer that most of them give.

    Answers are made canonical before they are counted. A chain without an answer has no vote, nor has one that the
    rule checker refuses, where it is asked. Ties go to the answer seen first, and are shown. A weighted vote lets every
    chain weigh as much as its score; a chain that has none has no vote either.
    """

    name: ClassVar[str] = "self-consistency"
    title: ClassVar[str] = "Self-consistency"
    group: ClassVar[str] = "Sampling"
    citation: ClassVar[str] = "Wang, Wei, Schuurmans, Le, Chi, Narang, Chowdhery & Zhou 2022, arXiv:2203.11171"
    formula_text: ClassVar[str] = "answer = argmax_a Σ_i w_i · 1[a_i = a],  w_i = 1, or the score of chain i"

    rule: str = setting(
        "majority",
        "Vote",
        "Every chain weighs 1, or its process score, its outcome score, or how likely the policy found its steps.",
        choices=("majority", "weighted-prm", "weighted-orm", "weighted-logprob"),
    )
    aggregation: str = setting(
        "min",
        "Trace value",
        "How the scores of a chain's steps become one number.",
        choices=AGGREGATIONS,
        when="rule=weighted-prm",
    )
    score: bool = setting(
        True, "Score steps", "Ask the verifiers about every step even if the vote weighs nothing by them."
    )

    def count(self, samples: Sequence[Sample]) -> Verdict:
        return count(samples, self.rule, self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return super().refusal(verifiers) or needed_verifier(self.rule, self.title, verifiers)

    @property
    def scores(self) -> bool:
        return self.score or self.rule in ("weighted-prm", "weighted-orm")
