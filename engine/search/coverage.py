"""How a finished sample set does against the exact check: coverage, pass@k, accuracy of a vote. After the fact, always.

The check may know a gold answer, so no strategy may import this module; a test sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from engine.problems import parse_problem
from engine.search.search import Answer
from engine.search.votes import Sample, Verdict
from engine.tree import Tree


def pass_at_k(n: int, c: int, k: int) -> float:
    """The chance that one of k samples is right, estimated without bias from n of which c are: 1 - C(n-c, k) / C(n, k).

    In the product form of Chen et al. 2021 (2107.03374), which does not overflow. Raises ValueError unless
    0 <= c <= n and 0 <= k <= n.
    """
    if not (0 <= c <= n and 0 <= k <= n):
        raise ValueError(f"pass@{k} cannot be estimated from {n} samples, {c} of them right")
    if n - c < k:
        return 1.0
    return 1.0 - prod((n - c - i) / (n - i) for i in range(k))


def verdicts_of(tree: Tree, samples: Sequence[Sample]) -> tuple[bool | None, ...]:
    """The exact check of every sample's answer; None where nothing is known, False for one without an answer."""
    return tuple(is_right(tree, sample.at) if sample.answer is not None else False for sample in samples)


def is_right(tree: Tree, at: Answer) -> bool | None:
    """The exact check of one answer in a tree; None where nothing is known."""
    if tree.started is None:
        return None
    played = () if at.rollout is None else tree.nodes[at.node].rollouts[at.rollout].steps
    problem = parse_problem(tree.started.problem, tree.started.text)
    return problem.check_answer("".join((*tree.steps(at.node), *played))).correct


def accuracy_curve(tree: Tree, verdicts: Sequence[Verdict]) -> tuple[bool | None, ...]:
    """Whether each verdict of a curve is right: maj@1 ... maj@n of one stored sample set. No winner is not right."""
    return tuple(is_right(tree, verdict.winner.at) if verdict.winner else False for verdict in verdicts)


def coverage_curve(rights: Sequence[bool | None]) -> tuple[float, ...]:
    """pass@1 ... pass@n of these samples: what an oracle that picks a right one would reach."""
    right = sum(bool(entry) for entry in rights)
    return tuple(pass_at_k(len(rights), right, k) for k in range(1, len(rights) + 1))
