"""Searches that go down the tree depth by depth: who goes on, who is out, and why. Knows no verifier and no model.

Everything is read from the tree. An iteration that was cut off after any event is finished as it would have been, and
what a person prunes, restores or inserts between two iterations counts in the next.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.search.evaluators import answers_left, rank_key
from engine.search.search import Ending, Evaluate, Expand, Iteration, Prune, Search
from engine.search.values import proven, refused
from engine.tree import Node, Tree

Merge = Literal["none", "text", "state"]
MERGES: dict[str, Merge] = {"keep": "none", "text": "text", "state": "state"}
"""A strategy's setting for duplicates -> which samples of one node become one child."""


def was_cut_off(tree: Tree) -> bool:
    """Whether the log ends in the middle of an iteration, or an iteration is under way."""
    return tree.iteration > tree.iterations_done


def in_search(tree: Tree, depth: int | None = None) -> list[Node]:
    """Nodes (of one depth, or all) that are neither refused nor pruned nor below a pruned one, oldest first."""
    found = (node for node in tree.nodes.values() if depth is None or node.depth == depth)
    return [node for node in found if not refused(node) and not tree.is_out(node.id)]


def newborn(tree: Tree, depth: int | None = None) -> list[Node]:
    """Those that nothing has come of yet: open ends and answers."""
    return [node for node in in_search(tree, depth) if not node.expanded]


def open_ends(tree: Tree, depth: int | None = None) -> list[Node]:
    """Nodes from which the search can still go on."""
    return [node for node in in_search(tree, depth) if not node.expanded and not node.terminal]


@dataclass(frozen=True)
class ByDepth(Search):
    """One iteration lets every node that was kept grow by one step, has the new ones scored, and keeps some of them.

    Nodes that lag behind (a person inserted or restored them) go first, until they have caught up.
    """

    @abstractmethod
    def grow(self, tree: Tree, parents: list[Node]) -> Iteration:
        """Expand the nodes of one depth. Those that are expanded already only count for the shares of the others."""

    @abstractmethod
    def keep(self, tree: Tree, depth: int) -> Iteration:
        """Take out of the search what is not to go on from this depth. Done twice, it does nothing more."""

    def to_score(self, tree: Tree, nodes: list[Node]) -> list[Node]:
        """Which of these new nodes the verifiers are asked about."""
        return nodes

    def close(self, tree: Tree) -> Iteration:
        """What is left to be done when nothing is open any more."""
        yield from ()

    def iteration(self, tree: Tree) -> Iteration:
        latest = tree.nodes[len(tree.nodes) - 1].depth
        depth = min((node.depth for node in open_ends(tree)), default=latest)
        all_born = was_cut_off(tree) and depth == latest  # cut off after its last expansion: to be judged only
        if not all_born:
            yield from self._evaluate(tree, [node for node in newborn(tree) if not node.samples])  # a person's
            if parents := [node for node in in_search(tree, depth) if not node.terminal]:
                yield from self.grow(tree, parents)
            depth += 1
        yield from self._evaluate(tree, newborn(tree, depth))
        yield from self.keep(tree, depth)
        if not open_ends(tree):
            yield from self.close(tree)

    def _evaluate(self, tree: Tree, nodes: list[Node]) -> Iteration:
        asked = tuple(node.id for node in self.to_score(tree, nodes) if not node.scores)
        if asked and tree.started is not None and tree.started.verifiers:
            yield Evaluate(asked)

    def done(self, tree: Tree) -> Ending | None:
        if was_cut_off(tree):
            return None
        return proof(tree) or (None if open_ends(tree) else ("finished", "every trace that was kept has ended"))


def proof(tree: Tree) -> Ending | None:
    """The end of a search that has found an answer which a rule proves."""
    return ("finished", "an answer is proven by a rule") if any(map(proven, answers_left(tree))) else None


def expand(parents: Sequence[Node], widths: Sequence[int], temperature: float, merge: Merge) -> Iteration:
    """Sample next steps of those parents that have a width and were not expanded yet."""
    rest = [(node.id, width) for node, width in zip(parents, widths, strict=True) if width and not node.expanded]
    if rest:
        yield Expand(tuple(node for node, _ in rest), tuple(width for _, width in rest), temperature, merge)


def even_widths(total: int, parents: int) -> tuple[int, ...]:
    """`total` dealt out in turn, the first get one more; everybody gets at least one."""
    return tuple(max(1, total // parents + (number < total % parents)) for number in range(parents))


Ranked = list[tuple[Node, float | None]]
"""Nodes with their values, best first."""


def ranking(nodes: Sequence[Node], value_of: Callable[[Node], float | None]) -> Ranked:
    """A stable sort: of equals the first node stays first; those without a value come last."""
    return sorted(((node, value_of(node)) for node in nodes), key=lambda pair: rank_key(*pair))


def drop(ranked: Ranked, kept: int, place: str = "", why: Callable[[Node], str] = lambda _node: "") -> Iteration:
    """Prune all but the first `kept`, each with its rank and by how much it lost.

    `place` says among whom, `why` adds what there is to know of a node's value.
    """
    losers = ranked[kept:]
    if losers:
        last = ranked[kept - 1][1]
        reasons = (
            f"rank {rank} of {len(ranked)}{place}, {_gap(last, value)}{why(node)}"
            for rank, (node, value) in enumerate(losers, kept + 1)
        )
        yield Prune(tuple(node.id for node, _ in losers), tuple(reasons))


def _gap(last: float | None, value: float | None) -> str:
    if value is None or last is None:
        return "nobody scored it"
    return f"lost by {last - value:.3f}" if value < last else "lost a tie to one that came first"


def drop_twins(nodes: Sequence[Node]) -> Iteration:
    """Prune all but the first of those that stand for the same state."""
    first: dict[int, Node] = {}
    copies = [node for node in nodes if first.setdefault(_state(node), node) is not node]
    if copies:
        reasons = tuple(f"the same state as node {first[_state(node)].id}" for node in copies)
        yield Prune(tuple(node.id for node in copies), reasons)


def _state(node: Node) -> int:
    return node.id if node.twin is None else node.twin
