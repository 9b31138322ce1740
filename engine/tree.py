"""The search Tree, and the only code that may change it: `apply(event, tree)`. Knows no Qt, no torch, no file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from math import inf

from msgspec.structs import replace

from engine.events import (
    ROOT,
    Asked,
    AskEnded,
    Backpropagated,
    Credited,
    Event,
    Expanded,
    IterationFinished,
    PriorsNoised,
    Pruned,
    Record,
    Restored,
    RolledOut,
    RunFinished,
    RunResumed,
    RunStarted,
    Scored,
    Selected,
    TraceRead,
    VirtualLossChanged,
    Voted,
    add_costs,
    phase_of,
)
from engine.nodes import Node, Tree, TreeError
from engine.overruling import OVERRULING
from engine.remarks import REMARKS
from engine.upkeep import close, mark_step, new_node, open_up, own

ASKED = ("sample", "propose")
"""Generators of an expansion that asked the policy; other children were written by somebody else."""

__all__ = ["ASKED", "Node", "Tree", "TreeError", "apply", "fold", "mark_step", "new_node"]


def fold(records: Iterable[Record], tree: Tree | None = None) -> Tree:
    """The tree after `records`; continues `tree` if one is given. Raises TreeError if they do not fit."""
    tree = tree if tree is not None else Tree()
    for record in records:
        apply(record.event, tree)
    return tree


def apply(event: Event, tree: Tree) -> None:
    """Fold one event into the tree: the only way in which a tree changes. Raises TreeError if it does not fit."""
    if tree.started is None and not isinstance(event, RunStarted):
        raise TreeError(f"{type(event).__name__} comes before RunStarted")
    try:
        _RULES.get(type(event), _apply)(event, tree)
    except KeyError as error:
        raise TreeError(f"{type(event).__name__} names node {error.args[0]}, which does not exist") from error
    except TreeError:
        raise
    except ValueError as error:  # of a strict zip
        raise TreeError(f"{type(event).__name__} holds lists that should be of one length") from error
    tree.phase = phase_of(event) or tree.phase


def gone_on(started: RunStarted, resumed: RunResumed) -> RunStarted:
    """What a run does from now on: what it was begun with, but for what was changed when it was gone on with."""
    settings = started.settings if resumed.settings is None else resumed.settings
    return replace(started, settings=settings, budget=resumed.budget or started.budget)


@singledispatch
def _apply(event: Event, _tree: Tree) -> None:
    raise TreeError(f"no rule to apply {type(event).__name__}")


@_apply.register
def _(event: RunStarted, tree: Tree) -> None:
    if tree.started is not None:
        raise TreeError("RunStarted comes twice")
    tree.started = event
    tree.nodes[ROOT] = Node(ROOT, None, event.prompt, 0)
    tree.changed = (ROOT,)


@_apply.register
def _(event: RunResumed, tree: Tree) -> None:
    tree.finished = None
    if tree.started is not None:
        tree.started = gone_on(tree.started, event)
    for node in tree.nodes.values():
        node.virtual = 0  # what was in flight never came back
    tree.changed = ()


@_apply.register
def _(event: Selected, tree: Tree) -> None:
    if tree.selected is None or event.iteration != tree.selected.iteration:
        tree.reached.clear()
        tree.credited.clear()
        tree.known = len(tree.nodes)
    tree.reached.append(event.leaf)
    tree.iteration = event.iteration
    nodes = tree.nodes
    for node in event.path:
        if node not in nodes:
            raise KeyError(node)
    way = event.path[:-1]
    for choice in event.choices:
        if choice.parent in way:  # another was not made on this walk
            nodes[choice.parent].choice = choice
    tree.selected = event
    tree.changed = event.path


@_apply.register
def _(event: Expanded, tree: Tree) -> None:
    parent = tree.nodes[event.parent]
    tree.iteration = event.iteration
    opened, depth = 0, parent.depth + 1
    if event.generator in ASKED and not parent.expanded:
        opened = -own(parent, tree)
        parent.expanded = True
    for new in event.children:
        if new.node != len(tree.nodes):
            raise TreeError(f"Expanded gives node number {new.node} where {len(tree.nodes)} is next")
        node = tree.nodes[new.node] = new_node(new, parent.id, depth)
        if new.twin is not None and not 0 <= new.twin < new.node:
            raise TreeError(
                f"Expanded calls node {new.twin} the twin of node {new.node}, and a twin is a node before it"
            )
        tree.duplicates += new.samples if new.twin is not None else max(0, new.samples - 1)
        opened += node.open
        if new.terminal and not new.broken:
            tree.answer_ids.append(new.node)
    born = tuple([new.node for new in event.children])
    parent.children += born
    open_up(parent.id, opened, tree)
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = (parent.id, *born)


@_apply.register
def _(event: Scored, tree: Tree) -> None:
    tree.iteration = event.iteration
    for score in event.scores:
        node = tree.nodes[score.node]
        node.scores += (score,)
        mark_step(node, score)
        close(node, tree)
        tree.gold = tree.gold or score.source == "gold"
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = tuple(score.node for score in event.scores)


@_apply.register
def _(event: RolledOut, tree: Tree) -> None:
    tree.iteration = event.iteration
    tree.nodes[event.node].rollouts += (event,)
    tree.gold = tree.gold or event.source == "gold"
    tree.cost = add_costs((tree.cost, event.cost))
    tree.changed = (event.node,)


@_apply.register
def _(event: Backpropagated, tree: Tree) -> None:
    tree.iteration = event.iteration
    touched, value, square = [], event.value, event.value * event.value
    for node in tree.ascend(event.leaf):
        node.visits += 1
        node.value_sum += value
        node.square_sum += square
        if node.best is None or value > node.best:
            node.best = value
        touched.append(node.id)
    close(tree.nodes[event.leaf], tree)
    tree.credited.append(event.leaf)
    tree.gold = tree.gold or event.source == "gold"
    tree.changed = tuple(touched)


@_apply.register
def _(event: Credited, tree: Tree) -> None:
    tree.iteration = event.iteration
    for number, visits, value in zip(event.nodes, event.visits, event.values, strict=True):
        node = tree.nodes[number]
        node.visits += visits
        node.value_sum += value
        if event.single and visits == 1:
            node.square_sum += value * value
            node.best = value if node.best is None else max(node.best, value)
        else:
            node.square_sum = inf
    tree.changed = event.nodes


@_apply.register
def _(event: PriorsNoised, tree: Tree) -> None:
    tree.iteration = event.iteration
    for child, prior in zip(event.children, event.priors, strict=True):
        tree.nodes[child].prior = prior
    tree.changed = (event.parent, *event.children)


@_apply.register
def _(event: VirtualLossChanged, tree: Tree) -> None:
    tree.iteration = event.iteration
    touched = []
    for node in tree.ascend(event.leaf):
        node.virtual += event.change
        touched.append(node.id)
    tree.changed = tuple(touched)


@_apply.register
def _(event: Pruned, tree: Tree) -> None:
    tree.iteration = event.iteration
    for number, reason in zip(event.nodes, event.reasons, strict=True):
        node = tree.nodes[number]
        if node.parent is None:
            raise TreeError("Pruned names the root")
        if not node.pruned:
            open_up(node.parent, -node.open, tree)
        node.pruned = reason or "pruned"
    tree.changed = event.nodes


@_apply.register
def _(event: Restored, tree: Tree) -> None:
    tree.iteration = event.iteration
    for number in event.nodes:
        node = tree.nodes[number]
        if node.pruned and node.parent is not None:
            node.pruned = ""
            open_up(node.parent, node.open, tree)
    tree.changed = event.nodes


@_apply.register
def _(event: TraceRead, tree: Tree) -> None:
    node = tree.nodes[event.node]
    tree.read[node.id] = event
    tree.changed = (node.id,)


@_apply.register
def _(event: Asked, tree: Tree) -> None:
    if event.node not in tree.nodes:
        raise KeyError(event.node)
    tree.asked = event.task
    tree.changed = (event.node,)


@_apply.register
def _(_event: AskEnded, tree: Tree) -> None:
    tree.changed = ()


@_apply.register
def _(event: Voted, tree: Tree) -> None:
    tree.iteration = event.iteration
    tree.votes.append(event)
    tree.changed = tuple(tally.first for tally in event.tallies if tally.first in tree.nodes)


@_apply.register
def _(event: IterationFinished, tree: Tree) -> None:
    tree.iteration = tree.iterations_done = event.iteration
    tree.changed = ()


@_apply.register
def _(event: RunFinished, tree: Tree) -> None:
    if event.chosen is not None and event.rollout is not None:
        rollouts = len(tree.nodes[event.chosen].rollouts)
        if not 0 <= event.rollout < rollouts:
            raise TreeError(f"RunFinished names rollout {event.rollout} of node {event.chosen}, which has {rollouts}")
    if event.chosen is not None and event.chosen not in tree.nodes:
        raise KeyError(event.chosen)
    tree.finished = event
    tree.changed = ()


_RULES = {**_apply.registry, **REMARKS, **OVERRULING}
"""What `_apply` knows, by the event's class: looked up without the cost of its dispatch."""
