"""Tree of Thoughts, depth first, with pruning and backtracking."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from engine.events import Choice
from engine.search.evaluators import answers_left, rank_key
from engine.search.frontier import proof, was_cut_off
from engine.search.search import Ending, Evaluate, Iteration, Prune, Select, Walked
from engine.search.settings import setting
from engine.search.thoughts import RULES, Thoughts
from engine.search.values import refused
from engine.tree import Node, Tree


@dataclass(frozen=True)
class TotDfs(Thoughts):
    """Tree of Thoughts, depth first (Yao et al. 2023, algorithm 2; mini crosswords with 100 visits).

    One iteration visits one state: it gets its next thoughts, all of them are valued, and those below the threshold
    are pruned. The next visit goes to the best of its children; where none is left, back to the best sibling that was
    not visited yet, and so on upwards. A thought that nobody could value is not pruned, and visited last. The run's
    answer is the best of those found.
    """

    name: ClassVar[str] = "tot-dfs"
    title: ClassVar[str] = "Tree of Thoughts (DFS)"
    group: ClassVar[str] = "Tree search"
    formula_text: ClassVar[str] = (
        f"visit the child with the largest V among those that can still be gone on with; prune V < threshold\n{RULES}"
    )

    limit: ClassVar[str] = "visits"

    visits: int = setting(100, "Visits", "States that are visited at most.", minimum=1, maximum=100_000)
    threshold: float = setting(
        0.01,
        "Threshold",
        "A thought worth less is pruned. With three answers of `value`: one “likely” is worth 0.017, one “sure” 0.33.",
        minimum=0.0,
        maximum=1.0,
    )
    enough: float = setting(
        1.0,
        "Enough",
        "Stop as soon as an answer is worth this much; 1: only if proven by a rule.",
        minimum=0.0,
        maximum=1.0,
    )

    def iteration(self, tree: Tree) -> Iteration:
        if not _is_visiting(tree):
            if (state := self._next(tree)) is None:
                return
            yield Select(self._walked(tree, state))
        assert tree.selected is not None
        state = tree.nodes[tree.selected.leaf]
        if not state.expanded:
            yield self.expansion((state.id,))
        asked = [node for node in self.unscored(tree, self._children(tree, state)) if not node.scores]
        if asked and tree.started is not None and tree.started.verifiers:
            yield Evaluate(tuple(node.id for node in asked))
        yield from self.drop_repeats(tree, self._children(tree, state))
        yield from self._prune(tree, state)

    def _prune(self, tree: Tree, state: Node) -> Iteration:
        values = [(node, self.value(tree, node)) for node in self._children(tree, state)]
        poor = [(node, value) for node, value in values if value is not None and value < self.threshold]
        if poor:
            reasons = (f"worth {value:.4g}, below {self.threshold:g}{self.repeats(tree, node)}" for node, value in poor)
            yield Prune(tuple(node.id for node, _ in poor), tuple(reasons))

    def _children(self, tree: Tree, state: Node) -> list[Node]:
        """In the search, the best first."""
        children = [child for child in tree.children(state.id) if not (refused(child) or child.pruned)]
        return sorted(children, key=lambda child: rank_key(child, self.value(tree, child)))

    def _next(self, tree: Tree) -> Node | None:
        """The first state in depth-first order that was not visited yet. Closed subtrees are not looked into."""
        waiting = [tree.root]
        while waiting:
            state = waiting.pop()
            if not state.expanded:
                return state
            waiting += reversed(self._open(self._children(tree, state)))
        return None

    def _open(self, children: list[Node]) -> list[Node]:
        return [child for child in children if child.open and not child.terminal]

    def _walked(self, tree: Tree, state: Node) -> Walked:
        path = tree.path(state.id)
        choices = tuple(self._choice(tree, parent, chosen) for parent, chosen in pairwise(path))
        words = f"DFS by V ({self.evaluator}), pruned below {self.threshold:g}, duplicates: {self.duplicates}"
        return Walked(tuple(node.id for node in path), choices, words)

    def _choice(self, tree: Tree, parent: Node, chosen: Node) -> Choice:
        """Among the children that are left: those before the chosen one in order have been searched through."""
        ordered = self._children(tree, parent)
        left = self._open(ordered[ordered.index(chosen) :])
        return Choice(
            parent=parent.id,
            chosen=chosen.id,
            visits=parent.visits,
            children=tuple(child.id for child in left),
            n=tuple(child.visits for child in left),
            q=tuple(self.value(tree, child) for child in left),
            p=tuple(child.prior for child in left),
            u=(0.0,) * len(left),
            visited=tuple(child.expanded for child in left),
        )

    def done(self, tree: Tree) -> Ending | None:
        if was_cut_off(tree):
            return None
        if ending := proof(tree):
            return ending
        values = (self.value(tree, answer) or 0.0 for answer in answers_left(tree))
        if self.enough < 1 and max(values, default=0.0) >= self.enough:
            return "finished", f"an answer is worth {self.enough:g} or more"
        if tree.iterations_done >= self.visits:
            return "finished", f"all {self.visits} visits are done"
        if self._next(tree) is None:
            return "exhausted", "every state that was not pruned has been visited"
        return None

    def spent(self, tree: Tree) -> int:
        return tree.iterations_done

    def progress(self, tree: Tree) -> float | None:
        return tree.iterations_done / self.visits


def _is_visiting(tree: Tree) -> bool:
    """Whether a visit that was cut off is to be finished: unless a person has pruned its state since."""
    chosen = tree.selected
    return chosen is not None and chosen.iteration > tree.iterations_done and not tree.is_out(chosen.leaf)
