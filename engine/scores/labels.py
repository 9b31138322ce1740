"""Labels of steps by where they come from: a person, a dataset, an exact solver, Monte-Carlo rollouts.

A label is 1 (the step is good), 0 (it is not) or None (nobody says). Pure; knows no model and no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from engine.events import NodeId
from engine.problems import Problem, parse_problem
from engine.scores.exact import exact_labels as exact_labels
from engine.scores.monte_carlo import MonteCarloLabels as MonteCarloLabels
from engine.scores.monte_carlo import Sampled as Sampled
from engine.scores.trust import Numbers, accuracy, auc
from engine.tree import Tree

LabelSource = Literal["person", "dataset", "exact", "monte carlo"]
SOURCES: tuple[LabelSource, ...] = ("person", "dataset", "exact", "monte carlo")
PERSON = ""
"""Who the person at this program is, see StepRated.by."""


class Agreement(NamedTuple):
    """How a scorer's numbers agree with labels."""

    n: int
    """Steps with both."""
    accuracy: float
    """Share of steps on the same side of the threshold; NaN without steps."""
    kappa: float
    """Cohen's kappa (1960): (p_o - p_e) / (1 - p_e); NaN where chance alone agrees, or without steps."""
    auc: float
    """NaN where one class is missing."""


def ratings_along(tree: Tree, nodes: Sequence[NodeId], by: str = PERSON) -> tuple[int | None, ...]:
    """What somebody rated the steps: 1 good, 0 neutral, -1 bad, None not rated."""
    return tuple([tree.ratings.get(node, {}).get(by) for node in nodes])


def labels_of(
    tree: Tree,
    nodes: Sequence[NodeId],
    sources: Sequence[LabelSource],
    index: MonteCarloLabels | None = None,
    neutral: int | None = 1,
) -> tuple[int | None, ...]:
    """The label of each step from the first of `sources` that has one. A neutral rating counts as `neutral`."""
    rows = [_labels(tree, nodes, source, index, neutral) for source in sources] or [[None] * len(nodes)]
    return tuple([next((label for label in said if label is not None), None) for said in zip(*rows, strict=True)])


def agreement(
    scores: Sequence[float | None], ratings: Sequence[int | None], threshold: float = 0.5, neutral: int | None = 1
) -> Agreement:
    """A scorer against ratings (1, 0 neutral, -1). Neutral counts as good (Lightman et al. 2023), or None: left out."""
    return label_agreement(scores, [as_label(rating, neutral) for rating in ratings], threshold)


def label_agreement(scores: Sequence[float | None], labels: Sequence[int | None], threshold: float = 0.5) -> Agreement:
    """A scorer against labels: 1 good, 0 not, None for a step that is left out."""
    pairs = [
        (score, label) for score, label in zip(scores, labels, strict=True) if score is not None and label is not None
    ]
    asked, said = [score for score, _ in pairs], [label for _, label in pairs]
    return Agreement(len(pairs), accuracy(asked, said, threshold), kappa(asked, said, threshold), auc(asked, said))


def as_label(rating: int | None, neutral: int | None = 1) -> int | None:
    """1 or 0 for a rating of 1, 0 or -1; None stays None."""
    return neutral if rating == 0 else None if rating is None else int(rating > 0)


def kappa(scores: Numbers, labels: Numbers, threshold: float = 0.5) -> float:
    """Cohen's kappa of `score > threshold` and the label."""
    asked, said = np.asarray(scores, np.float64) > threshold, np.asarray(labels, np.float64) == 1
    if not len(asked):
        return float("nan")
    observed, yes, good = float(np.mean(asked == said)), float(asked.mean()), float(said.mean())
    chance = yes * good + (1 - yes) * (1 - good)
    return (observed - chance) / (1 - chance) if chance < 1 else float("nan")


def _labels(
    tree: Tree, nodes: Sequence[NodeId], source: LabelSource, index: MonteCarloLabels | None, neutral: int | None
) -> list[int | None]:
    if source == "person":
        return [as_label(rating, neutral) for rating in ratings_along(tree, nodes)]
    if source == "dataset":
        return [_dataset(tree.ratings.get(node, {}), neutral) for node in nodes]
    if source == "monte carlo":
        found = index.along(tree, nodes) if index is not None else (None,) * len(nodes)
        return [None if sampled is None else int(sampled.hard) for sampled in found]
    if tree.started is None:
        return [None] * len(nodes)
    problem = _problem(tree.started.problem, tree.started.text)
    steps = [tree.nodes[node].step for node in nodes]
    return [None if label is None else int(label) for label in exact_labels(problem, steps)]


def _dataset(ratings: dict[str, int], neutral: int | None) -> int | None:
    """What a dataset says; of several labelers the first."""
    return as_label(next((rating for by, rating in ratings.items() if by != PERSON), None), neutral)


@lru_cache(maxsize=64)
def _problem(kind: str, text: str) -> Problem:
    return parse_problem(kind, text)
