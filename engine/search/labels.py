"""Monte-Carlo labels: completions are drawn from behind every step of given traces. Knows no model and no right answer.

The traces are laid as one tree of prefixes, a shared one once, and the samples are rollouts: so a label run is paused,
stopped, gone on with and looked at as any run. What it found is read by `engine.scores.monte_carlo`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

import msgspec

from engine.events import ROOT, NodeId
from engine.problems.problem import Problem
from engine.search.probes.places import Place, fill, missing, wanted
from engine.search.search import Answer, Ending, Expand, Given, Iteration, Search
from engine.search.settings import SettingError, setting
from engine.tree import Tree

PROVERS = ("gold", "rule")
"""Verifiers, and sources, whose word on an answer is a proof."""
UNPROVABLE = (
    "Nobody can say which answers to this problem are right, so samples give no labels: "
    "write the right answer after ####, if you know it."
)


class Prefix(NamedTuple):
    """One step of the traces with all that stands before it."""

    before: int
    """Number of the prefix that it goes on from, counted from 1; 0: from the prompt."""
    step: str
    ends: bool
    """Whether a trace ends with it, and none goes on."""


@dataclass(frozen=True)
class LabelSteps(Search):
    """Monte-Carlo labels (Math-Shepherd): from behind every step of the traces, n completions are drawn to their ends.

    A completion is a hit if its answer is proven right: by the rules where they decide it, else by the known right
    answer. The soft label of a step is the share of hits, the hard one whether there is any. It says what this policy
    makes of the step, not what could be made of it, and few samples say it roughly.
    """

    name: ClassVar[str] = "label-steps"
    title: ClassVar[str] = "Monte-Carlo labels"
    group: ClassVar[str] = "Labels"
    citation: ClassVar[str] = "Wang et al. 2023, Math-Shepherd, arXiv:2312.08935"
    formula_text: ClassVar[str] = "soft = hits / n,  hard = 1 if hits > 0, else 0"

    traces: str = setting("[]", "Traces", "Their steps, as a JSON list of lists of texts.", shown=False)
    samples: int = setting(8, "Samples", "Of each step; more of them make narrower intervals.", minimum=1, maximum=1000)
    temperature: float = setting(
        0.7, "Temperature", "Of the samples; 0 is greedy: one of each step is enough.", minimum=0.0, maximum=5.0
    )
    ended: bool = setting(
        True, "Ends are checked", "A trace's last step is labelled by the check of its answer, without samples."
    )
    thoughts: bool = setting(False, "Thoughts", "Whether the traces begin inside a thought.", shown=False)

    @property
    def thinking(self) -> bool:
        return self.thoughts

    @property
    def each(self) -> int:
        """Samples of one step: greedy ones are all the same."""
        return self.samples if self.temperature else 1

    def refusal(self, verifiers: tuple[str, ...]) -> str:
        if not set(verifiers) & set(PROVERS):
            return f"{self.title} need a verifier that proves answers: choose the rule checker, or gold."
        try:
            return "" if prefixes_in(self.traces) else "There is no step to be labelled."
        except SettingError as error:
            return str(error)

    def unfit(self, problem: Problem, verifiers: tuple[str, ...]) -> str:
        prover = prover_of(problem)
        if prover is None:
            return UNPROVABLE
        return "" if prover in verifiers else f"{self.title} of this problem need the verifier {prover}."

    def iteration(self, tree: Tree) -> Iteration:
        """First the traces themselves, or what is missing of them; then one round of samples."""
        nodes = self._nodes(tree)
        if None not in nodes:
            yield from fill(tree, self._places(tree), self.temperature)
            return
        for number, prefix in enumerate(prefixes_in(self.traces), 1):
            before = nodes[prefix.before]
            if nodes[number] is None and before is not None:  # what stands before it was laid before it
                (nodes[number],) = yield Given(before, (prefix.step,))

    def done(self, tree: Tree) -> Ending | None:
        nodes = self._nodes(tree)
        if None in nodes:
            return None
        places = self._places(tree)
        return None if missing(tree, places) else ("finished", f"all {wanted(places)} samples are drawn")

    def progress(self, tree: Tree) -> float | None:
        nodes = self._nodes(tree)
        if None in nodes:
            return 0.0
        places = self._places(tree)
        left = missing(tree, places)
        return 1 - left / wanted(places) if left else 1.0

    def expand_at(self, node: NodeId) -> Expand:
        """What a person gets who wants more at one node: another way on, to its end."""
        return Expand((node,), 1, self.temperature, merge="none", whole=True)

    def choose(self, tree: Tree) -> Answer | None:
        """It looks for no answer."""
        return None

    def sampled(self, tree: Tree) -> Iterator[NodeId]:
        """The steps that are there and that samples are drawn from."""
        yield from (node for node, checked in self._laid(tree) if not checked)

    def checked(self, tree: Tree) -> Iterator[NodeId]:
        """The steps that are there and that end a trace, so that their own check labels them."""
        yield from (node for node, checked in self._laid(tree) if checked)

    def _laid(self, tree: Tree) -> Iterator[tuple[NodeId, bool]]:
        for prefix, node in zip(prefixes_in(self.traces), self._nodes(tree)[1:], strict=True):
            if node is not None:
                yield node, tree.nodes[node].terminal or (self.ended and prefix.ends)

    def _places(self, tree: Tree) -> tuple[Place, ...]:
        return tuple([Place(node, self.each) for node in self.sampled(tree)])

    def _nodes(self, tree: Tree) -> list[NodeId | None]:
        """The prompt's node, then that of each prefix; None where it is not given yet."""
        nodes: list[NodeId | None] = [ROOT]
        known: dict[NodeId, dict[str, NodeId]] = {}
        for prefix in prefixes_in(self.traces):
            before = nodes[prefix.before]
            if before is None:
                nodes.append(None)
                continue
            if before not in known:
                known[before] = {child.step: child.id for child in reversed(tree.children(before))}
            nodes.append(known[before].get(prefix.step))
        return nodes


def written(traces: Iterable[Sequence[str]]) -> str:
    """Traces as the setting `traces` holds them."""
    return json.dumps([list(steps) for steps in traces], ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=16)
def prefixes_in(traces: str) -> tuple[Prefix, ...]:
    """Every different prefix of the traces that the setting holds, those before it first. Raises SettingError."""
    try:
        read = msgspec.json.decode(traces, type=list[list[str]])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise SettingError(f"The traces to be labelled cannot be read: {error}.") from error
    numbers: dict[tuple[int, str], int] = {}
    ends, inner = set[int](), set[int]()
    for steps in read:
        at = 0
        for step in steps:
            inner.add(at)
            at = numbers.setdefault((at, step), len(numbers) + 1)
        ends.add(at)
    ends -= inner
    return tuple([Prefix(before, step, number in ends) for (before, step), number in numbers.items()])


def prover_of(problem: Problem) -> str | None:
    """Which of PROVERS can say whether an answer to this problem is right; None: nobody can.

    That there is a gold answer may be known, and is all that is looked at.
    """
    if problem.gold is not None:
        return "gold"
    return "rule" if problem.check_answer("").correct is not None else None
