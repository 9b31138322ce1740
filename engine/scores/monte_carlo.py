"""What label runs found: hits and samples behind each step, as a pure function of their trees. Knows no model.

Soft and hard labels are those of Math-Shepherd (Wang et al. 2023, 2312.08935).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from engine.events import NodeId, RolledOut
from engine.intervals import wilson
from engine.problems import Problem, ProblemError, parse_problem
from engine.search import LabelSteps, SettingError, configure
from engine.search.labels import PROVERS, prover_of
from engine.tree import Tree


class Sampled(NamedTuple):
    """What is known of a step from the completions that were drawn behind it."""

    hits: int
    """Completions whose answer is proven right."""
    n: int
    """Completions that were drawn, at least 1; one without an answer is no hit."""
    checked: bool = False
    """Whether the step ends a trace: then its own check stands in place of samples, with n = 1."""

    @property
    def soft(self) -> float:
        """The share of hits, in [0, 1]."""
        return self.hits / self.n

    @property
    def hard(self) -> bool:
        """Whether there is any hit."""
        return self.hits > 0

    @property
    def interval(self) -> tuple[float, float]:
        """Of `soft`, 95 % (Wilson 1927); of a checked end the label itself."""
        return (self.soft, self.soft) if self.checked else wilson(self.hits, self.n)


def sampled_in(tree: Tree) -> dict[NodeId, Sampled]:
    """For every step of a label run what was drawn behind it so far; steps without samples are left out.

    Empty for any other run, and for one in which nobody can prove an answer.
    """
    begun = tree.started
    if begun is None or begun.search != LabelSteps.name:
        return {}
    try:
        problem, search = parse_problem(begun.problem, begun.text), configure(LabelSteps, begun.settings)
        sampled, checked = tuple(search.sampled(tree)), tuple(search.checked(tree))
    except (ProblemError, SettingError):  # a damaged log, or one of a newer program
        return {}
    if prover_of(problem) is None:
        return {}
    found = {node: _drawn(tree, node, search.each) for node in sampled if tree.nodes[node].rollouts}
    found.update((node, known) for node in checked if (known := _check(problem, tree, node)) is not None)
    return found


def is_hit(rollout: RolledOut) -> bool:
    """Whether the answer of a completion is proven right."""
    return rollout.source in PROVERS and rollout.value == 1.0


def _drawn(tree: Tree, node: NodeId, most: int) -> Sampled:
    drawn = tree.nodes[node].rollouts[:most]
    return Sampled(sum(map(is_hit, drawn)), len(drawn))


def _check(problem: Problem, tree: Tree, node: NodeId) -> Sampled | None:
    right = problem.check_answer("".join(tree.steps(node))).correct
    return None if right is None else Sampled(int(right), 1, checked=True)


class _Drawn(NamedTuple):
    """How samples were drawn."""

    policy: str
    temperature: float
    seed: int


class MonteCarloLabels:
    """What the label runs of a session found, by problem and by the text of a trace up to a step's end.

    Samples of runs that differ in nothing but their seeds are counted together. Another policy or temperature says
    something else: of those the run that came last counts.
    """

    def __init__(self, trees: Iterable[Tree] = ()) -> None:
        self._found: dict[tuple[str, str, str], dict[_Drawn, Sampled]] = {}
        for tree in trees:
            self.add(tree)

    def add(self, tree: Tree) -> None:
        """Take in a run, or what is new in it; any that is no label run is passed over."""
        begun, found = tree.started, sampled_in(tree)
        if begun is None or not found:
            return
        drawn = _Drawn(begun.policy, configure(LabelSteps, begun.settings).temperature, begun.seed)
        for node, sampled in found.items():
            known = self._found.setdefault((begun.problem, begun.text, "".join(tree.steps(node))), {})
            known.pop(drawn, None)  # the same samples, or the first of them
            known[drawn] = sampled

    def of(self, kind: str, text: str, prefix: str) -> Sampled | None:
        """What is known of the step of a problem with which `prefix` ends."""
        known = self._found.get((kind, text, prefix))
        if known is None:
            return None
        last = next(reversed(known))
        if known[last].checked:
            return known[last]
        alike = [found for drawn, found in known.items() if drawn[:2] == last[:2] and not found.checked]
        return Sampled(sum(found.hits for found in alike), sum(found.n for found in alike))

    def along(self, tree: Tree, nodes: Sequence[NodeId]) -> tuple[Sampled | None, ...]:
        """For each step of a trace of any run; `nodes` go from below the root."""
        if tree.started is None:
            return (None,) * len(nodes)
        kind, text = tree.started.problem, tree.started.text
        return tuple([self.of(kind, text, prefix) for prefix in accumulate(tree.nodes[node].step for node in nodes)])

    def __len__(self) -> int:
        return len(self._found)
