"""What every rollout of an llm-mcts file added, and why it walked where it did. Knows no file.

A rollout adds a visit to every node of its walk, and the largest reward below a node is its value. It walks by P-UCB,
with the rollout's own visit in N of the parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isclose
from typing import NamedTuple

from engine.events import Choice, NodeId
from engine.search.selection import FirstPlayUrgency, PUcb
from storage.importers.llm_mcts.snapshots import Rollout, Snapshots
from storage.importers.replayed import MOST_TERMS, Arm, weighed

FORMULA = PUcb(4.0, 10.0, FirstPlayUrgency("zero"))
"""With the constants of the code that wrote the files."""
_CLOSE = 1e-9


class Counted(NamedTuple):
    """What one rollout adds."""

    credits: list[tuple[NodeId, int, float]]
    """N and W of each node grow by so much."""
    choices: tuple[Choice, ...] = ()
    fits: bool = False
    """Whether P-UCB takes the walk that was taken."""


def counted(snapshots: Snapshots) -> list[Counted] | None:
    """Counted again from walks and rewards; None where that does not give the numbers of the last snapshot."""
    n, v = [0] * len(snapshots.nodes), [0.0] * len(snapshots.nodes)
    is_small = sum(len(snapshots.nodes[at].children) for one in snapshots.rollouts for at in one.walk) <= MOST_TERMS
    rewards = _Rewards(snapshots)
    found = []
    for rollout in snapshots.rollouts:
        levels = list(_levels(snapshots, rollout, n, v)) if is_small else []
        reward = rewards.of(rollout)
        credits = []
        for node in rollout.walk:
            before = v[node] * n[node]
            n[node] += 1
            v[node] = max(v[node], reward)
            credits.append((node, 1, v[node] * n[node] - before))
        fits = is_small and all(fits for _, fits in levels)
        found.append(Counted(credits, tuple(choice for choice, _ in levels), fits))
    last = snapshots.rollouts[-1].counts
    same = (n[at] == visits and isclose(v[at], value, abs_tol=_CLOSE) for at, (visits, value) in last.items())
    return found if all(same) else None


def differences(rollouts: Sequence[Rollout]) -> Iterator[Counted]:
    """What every snapshot has more than the one before it."""
    then: dict[NodeId, tuple[int, float]] = {}
    for rollout in rollouts:
        now = {at: (visits, value * visits) for at, (visits, value) in rollout.counts.items()}
        changes = ((at, *now[at], *then.get(at, (0, 0.0))) for at in now if now[at] != then.get(at, (0, 0.0)))
        yield Counted([(at, visits - before, total - sum_before) for at, visits, total, before, sum_before in changes])
        then.update(now)


class _Rewards:
    """A program that begins with the text of the leaf is not written and tested again."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._nodes = snapshots.nodes
        self._known: dict[str, float] = {}
        """Of the programs, each with the text before it."""

    def of(self, rollout: Rollout) -> float:
        """0 where the file does not say it; whether that is right, the counts of the file tell."""
        text, said = self._nodes[rollout.walk[-1]].text, rollout.reward or 0.0
        if rollout.program:
            self._known.setdefault(self._nodes[0].text + rollout.program, said)
            return said
        return next((reward for known, reward in self._known.items() if known.startswith(text)), said)


def _levels(
    snapshots: Snapshots, rollout: Rollout, n: Sequence[int], v: Sequence[float]
) -> Iterator[tuple[Choice, bool]]:
    for parent, chosen in pairwise(rollout.walk):
        children = snapshots.nodes[parent].children
        arms = [Arm(at, n[at], v[at] if n[at] else None, snapshots.nodes[at].prior or 0.0) for at in children]
        yield weighed(FORMULA, parent, n[parent] + 1, v[parent], arms, chosen)
