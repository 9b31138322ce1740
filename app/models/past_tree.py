"""The tree of a run at a cursor, made at once: nodes come into being when somebody looks at them. Knows no Qt.

Equal to the fold of the log up to the cursor in everything but `Node.open`, which only searches need and which is 1
here. `engine.tree.apply` works on it, so that one can go on event by event: what an event changes, it looks at first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import ItemsView, Iterator, KeysView, Sequence, ValuesView
from typing import TypeVar

from app.models.history import History
from app.models.log_columns import NO_PHASE, LogColumns
from app.models.moment import Moment
from engine.events import (
    PHASES,
    ROOT,
    Asked,
    Backpropagated,
    Bookmarked,
    BordersMoved,
    Credited,
    Event,
    Expanded,
    NodeId,
    Noted,
    PriorsNoised,
    Pruned,
    Record,
    Rescored,
    Restored,
    RolledOut,
    RolloutJudged,
    RunFinished,
    RunResumed,
    RunStarted,
    Scored,
    Selected,
    StepLabelled,
    StepRated,
    TraceRead,
    VirtualLossChanged,
    Voted,
)
from engine.tree import ASKED, Node, Tree, apply, gone_on, mark_step, new_node

T = TypeVar("T")


def past_tree(history: History, records: Sequence[Record]) -> Tree:
    """The tree at the cursor of `history`, whose log `records` is. Costs the same for every cursor."""
    log, cursor = history.log, history.cursor
    if not cursor:
        return Tree()
    started = records[0].event
    assert isinstance(started, RunStarted), "the log folds"
    for time in log.resumptions[: bisect_right(log.resumptions, cursor)]:
        resumed = records[time - 1].event
        assert isinstance(resumed, RunResumed), "it was read as one"
        started = gone_on(started, resumed)
    tree = Tree(PastNodes(history, records), started)
    for time in log.remarks[: bisect_right(log.remarks, cursor)]:
        apply(records[time - 1].event, tree)
    phase = int(log.moments["phase"][cursor - 1])
    tree.phase = None if phase == NO_PHASE else PHASES[phase]
    tree.iteration = int(log.moments["iteration"][cursor - 1])
    tree.iterations_done = _iterations_done(log, records, cursor)
    tree.finished = _finished(log, records, cursor)
    _select(tree, log, records, cursor)
    tree.answer_ids = log.answers[: bisect_right(log.answers, history.count - 1)].tolist()
    votes = (records[time - 1].event for time in log.votes[: bisect_right(log.votes, cursor)])
    tree.votes = [event for event in votes if isinstance(event, Voted)]
    tree.duplicates = int(log.nodes["duplicates"][history.count - 1])
    tree.cost = log.costs.at(cursor)
    tree.gold = log.gold_at is not None and log.gold_at <= cursor
    tree.changed = _changed(records[cursor - 1].event, tree)
    return tree


def _latest(times: Sequence[int], cursor: int) -> int:
    """The last of `times` that is not after the cursor; 0 if there is none."""
    known = bisect_right(times, cursor)
    return times[known - 1] if known else 0


def _iterations_done(log: LogColumns, records: Sequence[Record], cursor: int) -> int:
    time = _latest(log.ends, cursor)
    return int(getattr(records[time - 1].event, "iteration", 0)) if time else 0


def _finished(log: LogColumns, records: Sequence[Record], cursor: int) -> RunFinished | None:
    time = _latest(log.finishes, cursor)
    if not time or _latest(log.resumptions, cursor) > time:
        return None
    event = records[time - 1].event
    return event if isinstance(event, RunFinished) else None


def _select(tree: Tree, log: LogColumns, records: Sequence[Record], cursor: int) -> None:
    """The latest selection, and the leaves of all selections of its iteration."""
    for place in range(bisect_right(log.selections, cursor) - 1, -1, -1):
        event = records[log.selections[place] - 1].event
        assert isinstance(event, Selected), "it was read as one"
        if tree.selected is None:
            tree.selected = event
        if event.iteration != tree.selected.iteration:
            break
        tree.reached.append(event.leaf)
    tree.reached.reverse()


def _changed(event: Event, tree: Tree) -> tuple[NodeId, ...]:
    """Nodes that the latest event touched."""
    match event:
        case RunStarted():
            return (ROOT,)
        case Selected(path=nodes) | Pruned(nodes=nodes) | Restored(nodes=nodes) | Credited(nodes=nodes):
            return nodes
        case Expanded(parent=parent, children=children):
            return (parent, *(new.node for new in children))
        case Scored(scores=scores) | Rescored(scores=scores):
            return tuple(score.node for score in scores)
        case RolledOut(node=node) | TraceRead(node=node) | Asked(node=node):
            return (node,)
        case Noted(node=node) | Bookmarked(node=node) | BordersMoved(node=node) | StepLabelled(node=node):
            return (node,)
        case StepRated(node=node) | RolloutJudged(node=node):
            return (node,)
        case Backpropagated(leaf=leaf) | VirtualLossChanged(leaf=leaf):
            return tuple(node.id for node in tree.ascend(leaf))
        case PriorsNoised(parent=parent, children=nodes):
            return (parent, *nodes)
        case Voted(tallies=tallies):
            return tuple(tally.first for tally in tallies if tally.first in tree.nodes)
    return ()


def parents(tree: Tree, nodes: range) -> list[NodeId | None]:
    """The parents of `nodes`, without a look at each of them."""
    if isinstance(tree.nodes, PastNodes):
        return tree.nodes.parents(nodes)
    return [tree.nodes[node].parent for node in nodes]


class PastNodes(dict[NodeId, Node]):
    """The nodes of one cursor. Holds those that were looked at; the others are in the columns of the history.

    A node nobody looked at has not changed since, so it may be read at any cursor up to which events were applied;
    after the history has leapt elsewhere, it is read from a moment of its own.
    """

    def __init__(self, history: History, records: Sequence[Record]) -> None:
        super().__init__()
        self._history = history
        self._records = records
        self._cursor = history.cursor
        self._count = history.count
        self._leaps = history.leaps
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
        if visits := moment["visits"].item(number):
            node.visits = visits
            node.value_sum = moment["value_sum"].item(number)
            node.square_sum = moment["square_sum"].item(number)
            node.best = moment["best"].item(number)
        node.virtual = moment["virtual"].item(number)
        for time, place in log.facts_up_to(moment["fact"].item(number)):
            _replay(records[time - 1].event, place, node)
        if (chosen := moment["choice"].item(number)) >= 0:
            event = records[log.choices["time"].item(chosen) - 1].event
            assert isinstance(event, Selected), "nothing else chooses"
            node.choice = event.choices[log.choices["place"].item(chosen)]
        return node

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
