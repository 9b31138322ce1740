"""Beam search that draws its beams by the policy's own evaluation of its steps."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import exp, fsum, log
from typing import ClassVar

from engine.events import ROOT, NodeId
from engine.search.evaluators import absent, answers_left, best_answer, likelihood, mark, rank_key
from engine.search.frontier import ByDepth, expand, newborn
from engine.search.search import Answer, Expand, Iteration, Prune
from engine.search.settings import setting
from engine.search.values import proven
from engine.seeds import seed_for
from engine.tree import Node, Tree

COLD = 0.005
"""Temperatures below this draw nothing: the best are kept (as in the authors' code)."""


@dataclass(frozen=True)
class GuidedBeam(ByDepth):
    """Self-evaluation guided beam search (Xie et al. 2023).

    One iteration: each of the k beams grows by n samples, the policy says of each step whether it is right (the
    verifier `check`), and k of all candidates are drawn without replacement, likelier where the score is higher. A
    beam that has its answer keeps its place only if it is drawn again. The run's answer has the highest score of
    those that stay.

    The probability of a step is that of its average word, so that long steps do not lose by their length. Where P or
    C of a step is missing the other one stands alone; a trace of which nothing is known is drawn last. Equal steps of
    one beam are one candidate. The defaults are those of the authors' script for GSM8K; its rejection of candidates
    and its `unbiased` weights are left out.
    """

    name: ClassVar[str] = "guided-beam"
    title: ClassVar[str] = "Self-evaluation guided beam search"
    group: ClassVar[str] = "Step by step search"
    citation: ClassVar[str] = "Xie, Kawaguchi, Zhao, Zhao, Kan, He, Xie 2023, 2305.00633"
    formula_text: ClassVar[str] = (
        "E(s_1..s_T) = (Π_t P(s_t)^λ · C(s_t)^(1-λ))^(1/T)\n"
        "P = exp(log-probability / length), C = how sure the policy is that the step is right\n"
        "k candidates are drawn from softmax(E / τ_T), τ_T = τ · α^(T-1)"
    )

    beams: int = setting(5, "Beams k", "How many candidates are drawn.", minimum=1, maximum=1024)
    samples: int = setting(16, "Samples n", "Candidates of each beam.", minimum=1, maximum=1024)
    temperature: float = setting(1.0, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    balance: float = setting(0.5, "Balance λ", "Weight of P; the rest is the weight of C.", minimum=0.0, maximum=1.0)
    tau: float = setting(
        0.5, "Draw temperature τ", "Small: nearly always the best; below 0.005: always.", minimum=0.0, maximum=100.0
    )
    decay: float = setting(1.0, "Decay α", "What τ is multiplied with after each step.", minimum=0.0, maximum=1.0)

    def expand_at(self, node: NodeId) -> Expand:
        return Expand((node,), self.samples, self.temperature, "text")

    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        samples = self.samples * (self.beams if parents[0].id == ROOT else 1)  # k equal beams stand at the root
        yield from expand(parents, (samples,) * len(parents), self.temperature, "text")

    def keep(self, tree: Tree, depth: int) -> Iteration:
        pool = newborn(tree, depth) + [answer for answer in answers_left(tree) if answer.depth < depth]
        if len(pool) <= self.beams:
            return
        scores = [self.score(tree, node) for node in pool]
        drawn = self.draw(tree, depth, scores)
        order = sorted(range(len(pool)), key=lambda index: rank_key(pool[index], scores[index]))
        losers = [index for index in order if index not in drawn]
        reasons = (
            f"not drawn: rank {order.index(index) + 1} of {len(pool)}, {_score_words(scores[index])}"
            for index in losers
        )
        yield Prune(tuple(pool[index].id for index in losers), tuple(reasons))

    def draw(self, tree: Tree, depth: int, scores: list[float | None]) -> set[int]:
        """Places of k candidates, without replacement: the k largest of score/τ + Gumbel noise (Gumbel top-k)."""
        assert tree.started is not None
        rng = random.Random(seed_for(tree.started.seed, ROOT, depth, "select"))
        tau = self.tau * self.decay ** (depth - 1)
        keys = []
        for score in scores:
            noise = -log(max(rng.expovariate(1.0), 1e-300))
            keys.append((score is not None, (score or 0.0) if tau < COLD else (score or 0.0) / tau + noise))
        return set(sorted(range(len(keys)), key=lambda index: keys[index], reverse=True)[: self.beams])

    def score(self, tree: Tree, node: Node) -> float | None:
        """E, in [0, 1]; None if nothing is known of any step. 1 for what a rule proves."""
        if proven(node):
            return 1.0
        steps = [self._step_score(entry) for entry in tree.path(node.id)[1:]]
        known = [score for score in steps if score is not None]
        if not known or min(known) == 0.0:
            return 0.0 if known else None
        return exp(fsum(map(log, known)) / len(known))

    def _step_score(self, node: Node) -> float | None:
        parts = ((likelihood(node), self.balance), (mark(node, "check"), 1 - self.balance))
        known = [(value, weight) for value, weight in parts if value is not None and weight > 0]
        total = fsum(weight for _, weight in known)
        product = 1.0
        for value, weight in known:
            product *= value ** (weight / total)
        return product if known else None

    def choose(self, tree: Tree) -> Answer | None:
        return best_answer([(node, self.score(tree, node)) for node in answers_left(tree)])

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        return absent(self.title, "check", verifiers) if self.balance < 1 else ""


def _score_words(score: float | None) -> str:
    return "nobody scored it" if score is None else f"score {score:.3f}"
