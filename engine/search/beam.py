"""Beam search that a process reward model guides, with lookahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.events import NodeId
from engine.search.evaluators import LOGPROB, absent, aggregated, answers_left, best_answer, marks, worth
from engine.search.frontier import MERGES, ByDepth, drop, drop_twins, even_widths, expand, open_ends, ranking
from engine.search.search import Answer, Expand, Iteration, Rollout
from engine.search.settings import setting
from engine.search.values import AGGREGATIONS
from engine.tree import Node, Tree


@dataclass(frozen=True)
class Beam(ByDepth):
    """Beam search over steps, guided by a process reward model (Snell et al. 2024; as in search-and-learn, 2024).

    One iteration: the N beams grow by one step each, the steps are scored, beams with an answer move out, and the
    best N/M of the rest stay. Each of those has M beams in the next iteration; where fewer than N/M are left, the N
    beams are dealt out to them in turn.

    With lookahead each beam is played on greedily, and ranked as if those steps were its own; they are then forgotten,
    an answer among them included. The run's answer is the best of all that moved out, by the same trace value.
    """

    name: ClassVar[str] = "beam"
    title: ClassVar[str] = "Beam search"
    group: ClassVar[str] = "Step by step search"
    citation: ClassVar[str] = "Snell, Lee, Xu, Kumar 2024, 2408.03314; Beeching, Tunstall, Rush 2024 (search-and-learn)"
    formula_text: ClassVar[str] = (
        "V(s_1..s_T) = r_T (last), min r_t, max r_t, Π r_t (product) or Σ r_t / T (mean)\n"
        "with lookahead k the T steps and the k played ones are taken together\n"
        "the N/M open beams with the largest V stay, each with M samples next; of equals the first"
    )

    beams: int = setting(16, "Beams N", "Beams in all; a multiple of M.", minimum=1, maximum=4096)
    width: int = setting(4, "Width M", "Samples of each beam that is kept; N/M are kept.", minimum=1, maximum=1024)
    temperature: float = setting(0.8, "Temperature", "Of the samples; 0 is greedy.", minimum=0.0, maximum=5.0)
    evaluator: str = setting(
        "prm",
        "Ranked by",
        "The process reward model, or how likely the policy thinks its own steps (no verifier is needed).",
        choices=("prm", LOGPROB),
    )
    aggregation: str = setting(
        "last", "Trace value", "How the scores of a trace's steps become one number.", choices=AGGREGATIONS
    )
    lookahead: int = setting(
        0, "Lookahead k", "Greedy steps that are played only to rank a beam.", minimum=0, maximum=100
    )
    duplicates: str = setting(
        "text",
        "Duplicates",
        "Keep them; merge equal texts of one parent; or keep one beam of every state, whatever led to it.",
        choices=tuple(MERGES),
    )

    def expand_at(self, node: NodeId) -> Expand:
        return Expand((node,), self.width, self.temperature, MERGES[self.duplicates])

    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        yield from expand(parents, even_widths(self.beams, len(parents)), self.temperature, MERGES[self.duplicates])

    def keep(self, tree: Tree, depth: int) -> Iteration:
        unseen = tuple(node.id for node in open_ends(tree, depth) if not node.rollouts)
        if self.lookahead and unseen:
            yield Rollout(unseen, 0.0, most_steps=self.lookahead)
        if self.duplicates == "state":
            yield from drop_twins(open_ends(tree, depth))
        ranked = ranking(open_ends(tree, depth), lambda node: self._value(tree, node))
        yield from drop(ranked, self.beams // self.width)

    def _value(self, tree: Tree, node: Node) -> float | None:
        if not self.lookahead or not node.rollouts:
            return worth(tree, node, self.evaluator, self.aggregation)
        played = node.rollouts[-1]
        if played.source == "rule" and (played.value == 0.0 or played.answer is not None):  # refused, or proven
            return played.value
        ahead = [score for score in played.step_scores if score is not None]
        return aggregated(marks(tree, node, self.evaluator) + ahead, self.aggregation)

    def choose(self, tree: Tree) -> Answer | None:
        return best_answer([(node, worth(tree, node, self.evaluator, self.aggregation)) for node in answers_left(tree)])

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if self.beams % self.width:
            return f"Beams N must be a multiple of width M, but {self.beams} is not one of {self.width}."
        models = [name for name in verifiers if name != "rule"]
        if self.lookahead and (self.evaluator == LOGPROB or len(models) > 1):
            return "Lookahead ranks by the PRM's scores of the steps it plays: use the PRM, and no other model with it."
        return absent(self.title, self.evaluator, verifiers)
