"""What is said of a run from outside, folded into its tree: rules of `engine.tree.apply` that change no search."""

from __future__ import annotations

from functools import singledispatch

from engine.events import (
    Bookmarked,
    BordersMoved,
    Event,
    NodeId,
    Noted,
    PrivacySet,
    Rescored,
    RolloutJudged,
    RunNamed,
    StepLabelled,
    StepRated,
)
from engine.nodes import Tree, TreeError


@singledispatch
def _remark(event: Event, _tree: Tree) -> None:
    raise TreeError(f"{type(event).__name__} is no remark")


@_remark.register
def _(event: RunNamed, tree: Tree) -> None:
    tree.name = event.name
    tree.changed = ()


@_remark.register
def _(event: PrivacySet, tree: Tree) -> None:
    tree.private = event.private
    tree.changed = ()


@_remark.register
def _(event: Noted, tree: Tree) -> None:
    node = tree.nodes[event.node]
    if event.text:
        tree.notes[node.id] = event.text
    else:
        tree.notes.pop(node.id, None)
    tree.changed = (node.id,)


@_remark.register
def _(event: Bookmarked, tree: Tree) -> None:
    node = tree.nodes[event.node]
    (tree.bookmarks.add if event.on else tree.bookmarks.discard)(node.id)
    tree.changed = (node.id,)


@_remark.register
def _(event: BordersMoved, tree: Tree) -> None:
    node = tree.nodes[event.node]
    if event.borders:
        tree.borders[node.id] = event.borders
    else:
        tree.borders.pop(node.id, None)
    tree.changed = (node.id,)


@_remark.register
def _(event: StepLabelled, tree: Tree) -> None:
    node = tree.nodes[event.node]
    labels = tree.labels.setdefault(node.id, {})
    if event.label:
        labels[event.start] = event
    else:
        labels.pop(event.start, None)
    if not labels:
        del tree.labels[node.id]
    tree.changed = (node.id,)


@_remark.register
def _(event: StepRated, tree: Tree) -> None:
    node = tree.nodes[event.node]
    if event.rating is not None:
        tree.ratings.setdefault(node.id, {})[event.by] = event.rating
    elif node.id in tree.ratings:
        tree.ratings[node.id].pop(event.by, None)
        if not tree.ratings[node.id]:
            del tree.ratings[node.id]
    tree.changed = (node.id,)


@_remark.register
def _(event: Rescored, tree: Tree) -> None:
    scored, unscored = (score.node for score in event.scores), (one.node for one in event.unscored)
    for node in (*scored, *unscored, *event.withdrawn):
        if node not in tree.nodes:
            raise KeyError(node)
    for played in event.rollouts:
        _check_rollout(event, tree, played.node, played.rollout)
    before = (*_forgotten(event, tree), *_withdrawn(event, tree))
    by_rollout = {(played.node, played.rollout): played.values for played in event.rollouts}
    if by_rollout:
        tree.rescored_rollouts.setdefault(event.scorer, {}).update(by_rollout)
    tree.rescored.setdefault(event.scorer, {}).update((score.node, score) for score in event.scores)
    if event.unscored:
        tree.unscored.setdefault(event.scorer, {}).update((one.node, one.why) for one in event.unscored)
    if event.spec:
        tree.scorer_specs[event.scorer] = event.spec
    _forget_the_silent(event, tree)
    tree.changed = tuple(dict.fromkeys((*before, *(score.node for score in event.scores))))


def _withdrawn(event: Rescored, tree: Tree) -> tuple[NodeId, ...]:
    """Forget what this scorer said of some steps; these."""
    for node in event.withdrawn:
        tree.rescored.get(event.scorer, {}).pop(node, None)
        tree.unscored.get(event.scorer, {}).pop(node, None)
    for place in event.withdrawn_rollouts:
        tree.rescored_rollouts.get(event.scorer, {}).pop(place, None)
    return event.withdrawn


def _forget_the_silent(event: Rescored, tree: Tree) -> None:
    """A scorer all of whose words were taken back is none of this run."""
    if event.withdrawn or event.withdrawn_rollouts:
        for said in (tree.rescored, tree.rescored_rollouts, tree.unscored):
            if not said.get(event.scorer, True):
                del said[event.scorer]


def _forgotten(event: Rescored, tree: Tree) -> tuple[NodeId, ...]:
    """Forget what another model of this name said; the nodes that it spoke of."""
    last = tree.scorer_models.get(event.scorer, event.model)
    tree.scorer_models[event.scorer] = event.model
    if last == event.model:
        return ()
    tree.rescored_rollouts.pop(event.scorer, None)
    tree.unscored.pop(event.scorer, None)
    return tuple(tree.rescored.pop(event.scorer, ()))


@_remark.register
def _(event: RolloutJudged, tree: Tree) -> None:
    node = tree.nodes[event.node]
    _check_rollout(event, tree, node.id, event.rollout)
    if event.verdict:
        tree.verdicts[node.id, event.rollout] = event.verdict
    else:
        tree.verdicts.pop((node.id, event.rollout), None)
    tree.changed = (node.id,)


def _check_rollout(event: Event, tree: Tree, node: NodeId, rollout: int) -> None:
    count = len(tree.nodes[node].rollouts)
    if not 0 <= rollout < count:
        raise TreeError(f"{type(event).__name__} names rollout {rollout} of node {node}, which has {count}")


REMARKS = {kind: rule for kind, rule in _remark.registry.items() if kind is not object}
"""The rule of each such event."""
