"""The vote that ends a search: its answers, weighted by the evaluator that guided it. Knows no model."""

from __future__ import annotations

from typing import cast

from engine.events import Voted
from engine.search.evaluators import LOGPROB, answers_left, best_answer
from engine.search.search import Aggregate, Answer, Iteration
from engine.search.values import Aggregation, proven
from engine.search.votes import Verdict, count, samples_of
from engine.tree import Tree


def weighted_vote(tree: Tree, evaluator: str, how: str) -> Verdict:
    """argmax_a Σ_i [a_i = a] · V_i over the answers still in the search, refused ones left out.

    By majority where no answer has a value. `how` is one of AGGREGATIONS; a likelihood is the mean over the steps.
    """
    samples = samples_of(tree)
    verdict = count(samples, "weighted-logprob" if evaluator == LOGPROB else "weighted-prm", cast(Aggregation, how))
    return verdict if verdict.winner else count(samples, "majority")


def announce(tree: Tree, evaluator: str, how: str) -> Iteration:
    """Make the vote known, once in an iteration."""
    number = tree.iterations_done + 1
    if not (tree.votes and tree.votes[-1].iteration == number):
        verdict = weighted_vote(tree, evaluator, how)
        yield Aggregate(Voted(number, verdict.rule, verdict.tallies, verdict.samples, verdict.tied))


def winner(tree: Tree, evaluator: str, how: str) -> Answer | None:
    """The answer that wins: one that a rule proves, else that of the vote, where it was given first."""
    sure = [(node, 1.0) for node in answers_left(tree) if proven(node)]
    if sure:
        return best_answer(sure)
    voted = weighted_vote(tree, evaluator, how).winner
    return voted.at if voted else None
