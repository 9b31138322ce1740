"""What a step and a trace are worth by one chosen evaluator: a verifier, or the policy's own log-probabilities.

A run may have several verifiers; a strategy that ranks says whose word counts. A rule's refusal and a rule's proof
always do. Missing is not zero. Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import exp
from typing import cast

from engine.search.search import Answer
from engine.search.values import Aggregation, aggregate, proven, refused
from engine.tree import Node, Tree

LOGPROB = "logprob"
"""Ranks without any verifier, by the likelihood of the steps: the control for what a verifier adds."""

_WORDS = re.compile(r"\w+|[^\w\s]")


def likelihood(node: Node) -> float | None:
    """exp(log-probability of the step / its length), in [0, 1]; None where the policy gave no log-probability.

    The length is counted in words and signs. That stands in for the number of tokens, which is not in every log: a
    run that goes on from a file must rank as it did before.
    """
    if node.logprob is None:
        return None
    return exp(min(0.0, node.logprob) / max(1, len(_WORDS.findall(node.step))))


def mark(node: Node, evaluator: str) -> float | None:
    """The step's own number in [0, 1]: the evaluator's latest, or a person's if that came later; None: missing.

    `value:5` is the evaluator `value`, asked five times.
    """
    if refused(node):
        return 0.0
    for score in reversed(node.scores):
        if score.source == "person" or evaluator in (score.source, kind_of(score.verifier)):
            return score.value
    return likelihood(node) if evaluator == LOGPROB else None


def marks(tree: Tree, node: Node, evaluator: str) -> list[float]:
    """The known marks of the trace that ends in `node`, first step first."""
    found = (mark(entry, evaluator) for entry in tree.path(node.id)[1:])
    return [value for value in found if value is not None]


def worth(tree: Tree, node: Node, evaluator: str, how: str) -> float | None:
    """Value in [0, 1] of the trace that ends in `node`, its marks aggregated as `how` says; None if it has none.

    A refused step makes it 0, a proof of its answer 1, whatever the evaluator thinks.
    """
    if refused(node):
        return 0.0
    return 1.0 if proven(node) else aggregated(marks(tree, node, evaluator), how)


def aggregated(values: Iterable[float], how: str) -> float | None:
    """One number for the marks of a trace; None if there are none. `how` is one of AGGREGATIONS."""
    return aggregate(values, cast(Aggregation, how))


def kind_of(verifier: str) -> str:
    """What a verifier's name says before the colon: `value` for `value:5`, `prm` for `prm:FOLDER`."""
    return verifier.partition(":")[0]


def absent(title: str, evaluator: str, verifiers: tuple[str, ...]) -> str:
    """Why the strategy called `title` cannot rank by `evaluator` with these verifiers, a sentence; empty if it can."""
    if evaluator == LOGPROB or evaluator in map(kind_of, verifiers):
        return ""
    return f"{title} ranks by the verifier '{evaluator}', which this run does not have: add it, or choose another."


def answers_left(tree: Tree) -> list[Node]:
    """The answers that are neither refused nor out of the search, oldest first."""
    return [node for node in tree.answers() if not refused(node) and not tree.is_out(node.id)]


def best_answer(values: Iterable[tuple[Node, float | None]]) -> Answer | None:
    """The answer of the largest value, a proven one before all others; the first of equals. None if there is none."""
    ranked = sorted(values, key=lambda pair: (not proven(pair[0]), *rank_key(*pair)))
    return Answer(ranked[0][0].id) if ranked else None


def rank_key(node: Node, value: float | None) -> tuple[bool, float, int]:
    """Sorts the best first, the first node of equals first, and those without a value last."""
    return value is None, -(value or 0.0), node.id
