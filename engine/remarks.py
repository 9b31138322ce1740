"""What a person says of a run, folded into its tree: rules of `engine.tree.apply` that change nothing in the search."""

from __future__ import annotations

from functools import singledispatch

from engine.events import Bookmarked, BordersMoved, Event, Noted, RolloutJudged, StepLabelled
from engine.nodes import Tree, TreeError


@singledispatch
def _remark(event: Event, _tree: Tree) -> None:
    raise TreeError(f"{type(event).__name__} is no remark")


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
def _(event: RolloutJudged, tree: Tree) -> None:
    node = tree.nodes[event.node]
    if not 0 <= event.rollout < len(node.rollouts):
        raise TreeError(
            f"RolloutJudged names rollout {event.rollout} of node {node.id}, which has {len(node.rollouts)}"
        )
    if event.verdict:
        tree.verdicts[node.id, event.rollout] = event.verdict
    else:
        tree.verdicts.pop((node.id, event.rollout), None)
    tree.changed = (node.id,)


REMARKS = {kind: rule for kind, rule in _remark.registry.items() if kind is not object}
"""The rule of each such event."""
