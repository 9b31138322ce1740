"""The tree of a run at a cursor, made at once: nodes come into being when somebody looks at them. Knows no Qt.

Equal to the fold of the log up to the cursor in everything but what only searches need: `Node.open`, which is 1 here,
and `Tree.credited` and `.known`. `engine.tree.apply` works on it, so that one can go on event by event: what an event
changes, it looks at first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.models.history import History
from app.models.log_columns import LogColumns
from app.models.log_parts import NO_PHASE
from app.models.past_nodes import PastNodes
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
    ScoreSet,
    Selected,
    StepLabelled,
    StepRated,
    TaskUndone,
    TraceRead,
    VirtualLossChanged,
    Voted,
)
from engine.overruling import parts_undone
from engine.tree import Tree, apply, gone_on


def past_tree(history: History, records: Sequence[Record], cursor: int | None = None) -> Tree:
    """The tree at a cursor, by default that of `history`, whose log `records` is. Costs the same for every cursor.

    Raises TreeError if a rare event does not fit.
    """
    log, cursor = history.log, history.cursor if cursor is None else cursor
    if not cursor:
        return Tree()
    started = records[0].event
    assert isinstance(started, RunStarted), "the log folds"
    for time in log.resumptions[: bisect_right(log.resumptions, cursor)]:
        resumed = records[time - 1].event
        assert isinstance(resumed, RunResumed), "it was read as one"
        started = gone_on(started, resumed)
    tree = Tree(nodes := PastNodes(history, records, cursor), started)
    for time in log.remarks[: bisect_right(log.remarks, cursor)]:
        apply(records[time - 1].event, tree)
    phase = int(log.moments["phase"][cursor - 1])
    tree.phase = None if phase == NO_PHASE else PHASES[phase]
    tree.iteration = int(log.moments["iteration"][cursor - 1])
    tree.iterations_done = _iterations_done(log, records, cursor)
    tree.finished = _finished(log, records, cursor)
    _select(tree, log, records, cursor)
    tree.answer_ids = log.nodes.answers[: bisect_right(log.nodes.answers, len(nodes) - 1)].tolist()
    votes = (records[time - 1].event for time in log.votes[: bisect_right(log.votes, cursor)])
    tree.votes = [event for event in votes if isinstance(event, Voted)]
    tree.duplicates = int(log.nodes["duplicates"][len(nodes) - 1])
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
        case TaskUndone(nodes=nodes):
            return tuple(dict.fromkeys((*parts_undone(event), *nodes)))
        case Scored(scores=scores) | Rescored(scores=scores):
            return tuple(score.node for score in scores)
        case RolledOut(node=node) | TraceRead(node=node) | Asked(node=node) | ScoreSet(node=node):
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
