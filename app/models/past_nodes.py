"""Nodes of a past cursor that come into being when somebody looks at them. Knows no Qt.

See app.models.past_tree, which makes a tree of them.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Sequence, ValuesView
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from app.models.columns import Array
from app.models.history import History
from app.models.moment import Moment
from engine.events import (
    ROOT,
    Choice,
    Event,
    Expanded,
    NodeId,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunStarted,
    Scored,
    ScoreSet,
    Selected,
    TaskUndone,
)
from engine.overruling import part_undone, score_by_hand
from engine.tree import ASKED, Node, Tree, mark_step, new_node

T = TypeVar("T")
ELSEWHERE = -1
"""In place of the leaps of a history that does not show the cursor."""


def parents(tree: Tree, nodes: range) -> list[NodeId | None]:
    """The parents of `nodes`, without a look at each of them."""
    if isinstance(tree.nodes, PastNodes):
        return tree.nodes.parents(nodes)
    return [tree.nodes[node].parent for node in nodes]


def values(tree: Tree) -> npt.NDArray[np.float64]:
    """Q of every node, nan for an unvisited one, shape (nodes,), without a look at each of them."""
    if isinstance(tree.nodes, PastNodes):
        return tree.nodes.q_values()
    return np.array([np.nan if node.value is None else node.value for node in tree.nodes.values()])


def born(tree: Tree, name: Literal["depth", "samples"]) -> Array:
    """What every node has had since its birth, shape (nodes,), without a look at each of them."""
    if isinstance(tree.nodes, PastNodes):
        return tree.nodes.born(name)
    return np.array([getattr(node, name) for node in tree.nodes.values()], np.int64)


def depth_of(tree: Tree, nodes: Iterable[NodeId] | None) -> int:
    """The largest depth among these nodes, among all if None; 0 if there are none."""
    if nodes is None:
        return int(born(tree, "depth").max(initial=0))
    return max((tree.nodes[node].depth for node in nodes), default=0)


class PastNodes(dict[NodeId, Node]):
    """The nodes of one cursor. Holds those that were looked at; the others are in the columns of the history.

    A node nobody looked at has not changed since, so it may be read at any cursor up to which events were applied;
    after the history has leapt elsewhere, it is read from a moment of its own.
    """

    def __init__(self, history: History, records: Sequence[Record], cursor: int) -> None:
        super().__init__()
        self._history = history
        self._records = records
        self._cursor = cursor
        self._count = history.log.nodes_at(cursor)
        self._leaps = history.leaps if cursor == history.cursor else ELSEWHERE
        self._own: Moment | None = None

    def __missing__(self, node: NodeId) -> Node:
        if node not in self:
            raise KeyError(node)
        made = self._made(node)
        super().__setitem__(node, made)
        return made

    def __setitem__(self, number: NodeId, node: Node) -> None:
        super().__setitem__(number, node)
        self._count = max(self._count, number + 1)

    def __contains__(self, node: object) -> bool:
        return isinstance(node, int) and 0 <= node < self._count

    def __len__(self) -> int:
        return self._count

    def __bool__(self) -> bool:
        return self._count > 0

    def __iter__(self) -> Iterator[NodeId]:
        return iter(range(self._count))

    def __reversed__(self) -> Iterator[NodeId]:
        return reversed(range(self._count))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and dict(self.items()) == dict(other.items())

    __hash__ = None

    def get(self, node: NodeId, default: T | None = None) -> Node | T | None:  # type: ignore[override] # fewer overloads
        return self[node] if node in self else default  # noqa: SIM401 - this is what `get` is made of

    def keys(self) -> KeysView[NodeId]:  # type: ignore[override] # dict's own view would skip what was not looked at
        return KeysView(self)

    def values(self) -> ValuesView[Node]:  # type: ignore[override]
        return ValuesView(self)

    def items(self) -> ItemsView[NodeId, Node]:  # type: ignore[override]
        return ItemsView(self)

    def copy(self) -> dict[NodeId, Node]:
        return dict(self.items())

    def parents(self, nodes: range) -> list[NodeId | None]:
        """Of nodes that are there."""
        known = self._history.parent[nodes.start : nodes.stop].tolist()
        return [None if parent < 0 else parent for parent in known]

    def born(self, name: str) -> Array:
        """A column of the log, as far as it knows these nodes."""
        return self._history.log.nodes[name][: self._count]

    def q_values(self) -> npt.NDArray[np.float64]:
        """Of all nodes; nan: unvisited. Those that were looked at are asked, as they may have changed since."""
        moment, found = self._moment, np.full(self._count, np.nan)
        known = min(self._count, moment.count)
        with np.errstate(invalid="ignore"):
            found[:known] = moment["value_sum"][:known] / moment["visits"][:known]
        for number, node in super().items():
            found[number] = np.nan if node.value is None else node.value
        return found

    @property
    def _moment(self) -> Moment:
        if self._own is None and self._history.leaps == self._leaps:
            return self._history.now
        if self._own is None:
            self._own = self._history.moment_at(self._cursor)
        return self._own

    def _made(self, number: NodeId) -> Node:
        log, moment, records = self._history.log, self._moment, self._records
        node = self._as_born(number)
        if moment["square_sum"].item(number) or moment["visits"].item(number):
            node.visits = moment["visits"].item(number)
            node.value_sum = moment["value_sum"].item(number)
            node.square_sum = moment["square_sum"].item(number)
            best = moment["best"].item(number)
            node.best = None if best == -np.inf else best
        node.virtual = moment["virtual"].item(number)
        for time, place in log.facts.up_to(moment["fact"].item(number)):
            _replay(records[time - 1].event, place, node)
        node.choice = self._choice(number, moment["walk"].item(number))
        return node

    def _choice(self, number: NodeId, row: int) -> Choice | None:
        """The latest one among the children of a node, from the walk in `row` back."""
        log = self._history.log
        while row >= 0:
            event = self._records[log.walks["time"].item(row) - 1].event
            assert isinstance(event, Selected), "nothing else walks"
            found = [choice for choice in event.choices if choice.parent == number]
            if found:
                return found[-1]
            row = log.walks.before(row)
        return None

    def _as_born(self, number: NodeId) -> Node:
        nodes = self._history.log.nodes
        event = self._records[nodes["birth"].item(number) - 1].event
        if isinstance(event, RunStarted):
            return Node(ROOT, None, event.prompt, 0)
        assert isinstance(event, Expanded), "nothing else gives birth"
        return new_node(event.children[number - event.children[0].node], event.parent, nodes["depth"].item(number))


def _replay(event: Event, place: int, node: Node) -> None:
    """What an event did to one node: its part number `place`."""
    match event:
        case Expanded(children=children, generator=generator):
            node.children += tuple(new.node for new in children)
            node.expanded = node.expanded or generator in ASKED
        case Scored(scores=scores):
            node.scores += (scores[place],)
            mark_step(node, scores[place])
        case RolledOut():
            node.rollouts += (event,)
        case PriorsNoised(priors=priors):
            node.prior = priors[place]
        case Pruned(reasons=reasons):
            node.pruned = reasons[place] or "pruned"
        case Restored():
            node.pruned = ""
        case ScoreSet(value=value):
            score_by_hand(node, value)
        case TaskUndone():
            part_undone(event, place, node)
