"""Monte Carlo tree search over reasoning steps."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from engine.events import ROOT, NodeId, Source
from engine.search.mcts_answers import Candidate, answers_at, is_enough, rank
from engine.search.mcts_batch import Grown, credited, grown_before, is_known, likeliest, live, uncredited, was_cut_off
from engine.search.mcts_settings import MctsSettings
from engine.search.mcts_width import missing_samples
from engine.search.search import (
    Answer,
    Backpropagate,
    Ending,
    Evaluate,
    Expand,
    Iteration,
    Move,
    Noise,
    Prune,
    Rollout,
    Select,
    VirtualLoss,
)
from engine.search.values import proven, trace_to, trace_value
from engine.tree import Node, Tree


@dataclass(frozen=True)
class Mcts(MctsSettings):
    """Monte Carlo tree search over steps.

    One iteration selects a leaf by the formula, asks the policy for its children, values one of them (by the verifiers'
    scores, or by a rollout that the verifiers score) and credits the value to every node of the path. With several
    leaves in flight, one iteration does this for a whole batch; a simulation is one credit.

    The formula: UCT (Kocsis & Szepesvari 2006), PUCT (AlphaZero, Silver et al. 2018; with Q scale `siblings` and
    Unvisited Q `lowest` as mctx computes it) or P-UCB (Zhang et al. 2023). N of a parent counts its own evaluation.

    Adaptive width and merged transpositions are those of AlphaLLM (Tian et al. 2024, 2404.12253): a node whose
    children differ much in value is important and gets more of them.
    """

    name: ClassVar[str] = "mcts"
    title: ClassVar[str] = "MCTS"
    group: ClassVar[str] = "Tree search"
    needs_verifier: ClassVar[bool] = True
    counts_visits: ClassVar[bool] = True
    limit: ClassVar[str] = "simulations"
    citation: ClassVar[str] = (
        "Kocsis & Szepesvári 2006, Bandit based Monte-Carlo planning; Silver et al. 2018, AlphaZero (1712.01815)"
    )
    formula_text: ClassVar[str] = (
        "UCT:   Q + c·√(ln N_parent / N)\n"
        "PUCT:  Q + P·(c_init + ln((N_parent + c_base + 1) / c_base))·√N_parent / (1 + N)\n"
        "P-UCB: Q + P·(c + ln((N_parent + c_base + 1) / c_base))·√(ln N_parent) / (1 + N)"
    )

    def iteration(self, tree: Tree) -> Iteration:
        leaves, grown = yield from (self._pick_up(tree) if was_cut_off(tree) else self._batch(tree))
        yield from self._learn(tree, leaves, grown)

    def expand_at(self, node: NodeId) -> Expand:
        width = 1 if self.generator == "propose" else self._least(node)
        return Expand((node,), width, self.temperature, self.merge, self.generator)  # type: ignore[arg-type]

    def open_below(self, tree: Tree, node: NodeId) -> bool:
        return bool(tree.nodes[node].open)

    def iteration_below(self, tree: Tree, node: NodeId) -> Iteration:
        """One simulation by the same formula; the way down to `node` is prescribed."""
        walked = self.selection.walk(tree, partial(self._open_children, tree), node)
        yield Select(walked)
        leaves = [walked.path[-1]]
        grown = yield from self._expand(tree, leaves)
        yield from self._learn(tree, leaves, grown)

    def _batch(self, tree: Tree) -> Generator[Move, Any, tuple[list[NodeId], Grown]]:
        """The leaves of a new iteration, and their new children."""
        leaves = yield from self._select(tree)
        return leaves, (yield from self._expand(tree, leaves))

    def _pick_up(self, tree: Tree) -> Generator[Move, Any, tuple[list[NodeId], Grown]]:
        """The same of an iteration that was cut off, but for those that were credited already. If nothing had come of
        its selections they are made anew."""
        leaves = uncredited(tree)
        grown = grown_before(tree, leaves)
        if tree.phase == "selection" and not (grown or tree.credited):
            return (yield from self._batch(tree)) if tree.root.open else ([], {})
        if tree.phase == "expansion":
            grown |= yield from self._expand(tree, [leaf for leaf in leaves if leaf not in grown])
        return leaves, grown

    def _learn(self, tree: Tree, leaves: list[NodeId], grown: Grown) -> Iteration:
        """What comes of these leaves and their new children, and its credit."""
        yield from self._tend(tree, grown)
        yield from self._evaluate(tree, leaves, grown)
        for leaf in leaves:
            if tree.nodes[leaf].virtual:
                yield VirtualLoss(leaf, -1)
            yield self._credit(tree, leaf, grown)

    def _select(self, tree: Tree) -> Generator[Move, Any, list[NodeId]]:
        """The leaves of this iteration. A leaf that is chosen again while it is in flight ends the batch."""
        leaves: list[NodeId] = []
        for _ in range(max(1, min(self.in_flight, self.simulations - tree.root.visits))):
            walked = self.selection.walk(tree, partial(self._open_children, tree))
            leaf = walked.path[-1]
            if leaf in leaves:
                break
            yield Select(walked)
            leaves.append(leaf)
            if self.in_flight > 1:
                yield VirtualLoss(leaf, +1)
        return leaves

    def _expand(self, tree: Tree, leaves: list[NodeId]) -> Generator[Move, Any, Grown]:
        """Children for the leaves that can have any: answers and dead ends cannot."""
        widths = {leaf: width for leaf in leaves if (width := self._samples(tree, tree.nodes[leaf]))}
        if not widths:
            return {}
        born = yield Expand(
            tuple(widths),
            tuple(widths.values()),
            self.temperature,
            self.merge,  # type: ignore[arg-type] # one of its choices
            self.generator,  # type: ignore[arg-type]
        )
        return dict(zip(widths, born, strict=True))

    def _tend(self, tree: Tree, grown: Grown) -> Iteration:
        """Noise on the root's first children, once; new children that are known from elsewhere are pruned."""
        if self.noise and ROOT in grown and not tree.root.visits and tree.phase == "expansion":
            yield Noise(ROOT, self.noise_alpha, self.noise)
        if self.transpositions == "merge":
            merged = [child for born in grown.values() for child in born if is_known(tree, tree.nodes[child])]
            if merged:
                yield Prune(tuple(merged), tuple(f"same state as step {tree.nodes[child].twin}" for child in merged))

    def _evaluate(self, tree: Tree, leaves: list[NodeId], grown: Grown) -> Iteration:
        """Let verifiers and rollouts say what `_credit` will read from the tree."""
        nodes = tree.nodes
        scored = [leaf for leaf in leaves if nodes[leaf].terminal and nodes[leaf].open]
        played: list[NodeId] = []
        for born in grown.values():
            here = live(tree, born)
            if self.value == "score":
                scored += [child for child in here if not nodes[child].scores]
            elif here and not (nodes[child := likeliest(tree, here)].rollouts or nodes[child].scores):
                (scored if nodes[child].terminal else played).append(child)
        if scored:
            yield Evaluate(tuple(scored))
        if played:
            yield Rollout(tuple(played), self.temperature)

    def _credit(self, tree: Tree, leaf: NodeId, grown: Grown) -> Backpropagate:
        """What this leaf has taught, for one of its new children or for itself."""
        node = tree.nodes[leaf]
        if born := live(tree, grown.get(leaf, ())):
            return self._worth(tree, born)
        if node.terminal:
            return self._own(tree, leaf, revisit=node.visits > 0)
        if all(tree.nodes[child].refused for child in node.children):  # nothing that can be gone on with
            return Backpropagate(leaf, 0.0, "policy", revisit=leaf not in grown)
        return self._own(tree, leaf, revisit=leaf not in grown)  # its children are pruned

    def _worth(self, tree: Tree, born: list[NodeId]) -> Backpropagate:
        """The value of the best new child, or of the rollout of the likeliest."""
        if self.value == "score":
            return self._best(tree, born)
        child = likeliest(tree, born)
        if not tree.nodes[child].rollouts:
            return self._own(tree, child)
        played = tree.nodes[child].rollouts[-1]
        if played.answer is None:  # a dead end
            return Backpropagate(child, 0.0, "policy")
        return credited(tree, child, played.value, played.source or "policy")

    def _best(self, tree: Tree, born: list[NodeId]) -> Backpropagate:
        """Credit for the new child with the best trace."""
        parent = tree.nodes[tree.nodes[born[0]].parent or ROOT]
        trace = trace_to(tree, parent.id, self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS
        nodes = [tree.nodes[child] for child in born]
        best = max(nodes, key=lambda node: (trace.with_step(node) or 0.0, node.prior, -node.id))
        return credited(tree, best.id, trace.with_step(best), trace.source(best))

    def _own(self, tree: Tree, node: NodeId, *, revisit: bool = False) -> Backpropagate:
        """Credit for a node by its trace."""
        value, source = self._value(tree, node) or (None, "policy")
        return credited(tree, node, value, source, revisit)

    def _value(self, tree: Tree, node: NodeId) -> tuple[float, Source] | None:
        return trace_value(tree, node, self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS

    # -- where the walk goes

    def _open_children(self, tree: Tree, node: Node) -> list[Node]:
        """Where the walk may go on from here; empty where it ends."""
        if not node.expanded or (self.adaptive_width and self._samples(tree, node)):
            return []
        nodes, revisit = tree.nodes, self.revisit
        return [
            child
            for number in node.children
            if ((child := nodes[number]).open or revisit) and not child.refused and not child.pruned
        ]

    def _samples(self, tree: Tree, node: Node) -> int:
        """How many samples are to be drawn below this node now; 0 for none."""
        if node.terminal:
            return 0
        least = self._least(node.id)
        if self.generator == "propose":
            return 0 if node.expanded else 1  # one call lists them all
        if not node.expanded:
            return least
        if not self.adaptive_width:
            return 0
        return missing_samples(tree, node, self.selection.settled, least, self.widest, self.importance)

    def _least(self, node: NodeId) -> int:
        return self.root_width if node == ROOT and self.root_width else self.width

    # -- the end

    def done(self, tree: Tree) -> Ending | None:
        if was_cut_off(tree):
            return None  # an iteration that has begun is ended first
        if any(is_enough(found, self.enough) for found in self._found_last(tree)):
            return "finished", (
                "an answer is proven by a rule" if self.enough == 1 else f"an answer is worth {self.enough:g} or more"
            )
        if tree.root.visits >= self.simulations:
            return "finished", f"all {self.simulations} simulations are done"
        if not tree.root.open:
            return "exhausted", "the tree is exhausted: every leaf is an answer or a dead end"
        return None

    def choose(self, tree: Tree) -> Answer | None:
        found = [candidate for node in tree.nodes.values() for candidate in self._answers(tree, node)]
        known = [candidate for candidate in found if not tree.is_out(candidate.answer.node)]
        return max(known, key=lambda one: rank(tree, one, self.final, self.enough)).answer if known else None

    def spent(self, tree: Tree) -> int:
        return tree.root.visits

    def cut_by_limit(self, tree: Tree) -> bool:
        """A smaller batch of leaves was credited sooner than the whole one would have been."""
        return tree.root.visits >= self.simulations and len(tree.reached) < self.in_flight

    def progress(self, tree: Tree) -> float | None:
        return tree.root.visits / self.simulations

    def _answers(self, tree: Tree, node: Node) -> list[Candidate]:
        return answers_at(tree, node, self.aggregation)  # type: ignore[arg-type] # one of AGGREGATIONS

    def _found_last(self, tree: Tree) -> list[Candidate]:
        """The answers of the latest iteration. Those before were looked at in their turn; a value never changes.

        All that can be enough, once a person has asked for something: nobody looked between the iterations of that.
        """
        if tree.asked:
            nodes = tree.answers() if self.value == "score" else list(tree.nodes.values())
            if self.enough == 1:  # only a proof ends it: what else an answer is worth need not be reckoned each time
                nodes = [node for node in nodes if proven(node) or node.rollouts]
            return [found for node in nodes if not tree.is_out(node.id) for found in self._answers(tree, node)]
        leaves = [tree.nodes[leaf] for leaf in tree.reached]
        touched = [
            node for leaf in leaves for node in (leaf, *tree.children(leaf.id)) if node.terminal or node.rollouts
        ]
        return [found for node in touched for found in self._answers(tree, node)]
