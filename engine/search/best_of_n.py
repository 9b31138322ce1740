"""Best of N: many chains, and the verifier's choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.search.sampling import Sampling, needed_verifier
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS
from engine.search.votes import Sample, Verdict, count

RULE_OF = {
    "prm": "best-prm",
    "orm": "best-orm",
    "weighted-prm": "weighted-prm",
    "weighted-orm": "weighted-orm",
    "logprob": "best-logprob",
    "majority": "majority",
}
"""What a choice is called among the rules of `engine.search.votes`."""


@dataclass(frozen=True)
class BestOfN(Sampling):
    """Best of N (Cobbe et al. 2021; by a PRM: Lightman et al. 2023): sample N chains, return the one that scores best.

    Every chain is scored once, each step by the PRM and the answer by the outcome reward model where they are asked;
    all choices read the same samples, so another can be tried without a model call. The weighted choices sum the scores
    of equal answers. What the rule checker refuses, where it is asked, cannot win.
    """

    name: ClassVar[str] = "best-of-n"
    title: ClassVar[str] = "Best of N"
    group: ClassVar[str] = "Sampling"
    citation: ClassVar[str] = "Cobbe et al. 2021, arXiv:2110.14168; Lightman et al. 2023, arXiv:2305.20050"
    formula_text: ClassVar[str] = (
        "best: answer = a_j, j = argmax_i s_i\nweighted: answer = argmax_a Σ_i s_i · 1[a_i = a]\n"
        "s_i = aggregate of the steps' PRM scores, the ORM score, or exp(mean log p(step))"
    )

    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    by: str = setting(
        "prm",
        "Choose by",
        "The best single chain by PRM, by ORM or by likelihood; equal answers together, weighted; or a plain majority.",
        choices=tuple(RULE_OF),
    )
    aggregation: str = setting(
        "min", "Trace value", "How the PRM scores of a chain's steps become one number.", choices=AGGREGATIONS
    )

    def count(self, samples: Sequence[Sample]) -> Verdict:
        return count(samples, RULE_OF[self.by], self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return super().refusal(verifiers) or needed_verifier(RULE_OF[self.by], self.title, verifiers)

    @property
    def scores(self) -> bool:
        return True
