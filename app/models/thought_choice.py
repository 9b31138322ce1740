"""Which traces of a run can be looked at, and which one a selected step stands for. Knows no Qt and no text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from app.canvas.walks import best_child, principal_path, principal_variation, rank
from engine.events import ROOT, NodeId
from engine.frames import Branch
from engine.thoughts import in_thought
from engine.traces.spans import Span, Trace, joined
from engine.tree import Tree

MOST_OFFERED = 200
"""Traces of one run that are offered; more are reached by selecting a step."""
MOST_LOOKED_AT = 2_000
"""Nodes, or answers, that are looked at for it: a frame of the window must do."""


class TraceEnd(NamedTuple):
    """A trace by its end: a node, or a rollout played from it."""

    node: NodeId
    rollout: int | None = None
    """Its number at the node, from 0."""


def end_of(tree: Tree, selected: NodeId | None) -> TraceEnd | None:
    """The trace that a selected step stands for: down to it, and where that is no answer, on to the best one below.

    Without a selection it is the principal path. None where there is no step yet.
    """
    if ROOT not in tree.nodes:
        return None
    if selected is None or selected == ROOT or selected not in tree.nodes:
        selected = principal_path(tree)[-1]
    end = _down(tree, principal_variation(tree, selected)[-1])
    if not tree.nodes[end].terminal:
        answers = tree.answers()[:MOST_LOOKED_AT]
        below = [node for node in answers if selected in (above.id for above in tree.ascend(node.id))]
        end = min(below, key=rank).id if below else end
    if not tree.nodes[end].terminal and tree.nodes[end].rollouts:
        return TraceEnd(end, _best_rollout(tree, end))
    return TraceEnd(end) if end != ROOT else None


def _down(tree: Tree, node: NodeId) -> NodeId:
    """On along the best children, though nobody has said yet what they are worth."""
    while (child := best_child(tree, node)) is not None:
        node = child
    return node


def ends_of(tree: Tree) -> tuple[TraceEnd, ...]:
    """The ended traces of a run, the chosen one first, then answers by birth, then rollouts by their nodes."""
    chosen = tree.finished.chosen if tree.finished is not None else None
    found: dict[TraceEnd, None] = {}
    for end in _ends(tree, chosen):
        found[end] = None
        if len(found) == MOST_OFFERED:
            break
    return tuple(found)


def _ends(tree: Tree, chosen: NodeId | None) -> Iterator[TraceEnd]:
    if chosen is not None and chosen in tree.nodes:
        yield TraceEnd(chosen)
    for node in tree.answers():
        yield TraceEnd(node.id)
    for node in islice(tree.nodes.values(), MOST_LOOKED_AT):
        yield from (TraceEnd(node.id, number) for number in range(len(node.rollouts)))


def is_there(tree: Tree, end: TraceEnd) -> bool:
    """Whether a trace exists in the tree, which may be that of an earlier time."""
    node = tree.nodes.get(end.node)
    return node is not None and (end.rollout is None or end.rollout < len(node.rollouts))


def _best_rollout(tree: Tree, node: NodeId) -> int:
    rollouts = tree.nodes[node].rollouts
    return max(range(len(rollouts)), key=lambda number: (rollouts[number].value or 0.0, -number))


def written_below(end: TraceEnd, writing: Sequence[Branch]) -> str:
    """The text that is just being written after a trace; empty if nothing is."""
    if end.rollout is not None:
        return ""
    return next((branch.text for branch in writing if branch.parent == end.node and branch.text), "")


def with_writing(trace: Trace, written: str, steps: Sequence[str], thinking: bool) -> Trace:
    """The trace with the text under way at its end, hidden or exposed as the next step is; `steps`: those it has."""
    if not written:
        return trace
    hidden = in_thought(steps, thinking)
    start = len(trace.text)
    span = Span("hidden" if hidden else "exposed", start, start + len(written))
    return Trace(
        trace.text + written,
        joined((*trace.spans, span)),
        trace.how,
        trace.splitter,
        "hidden" if hidden else "exposed",
        "on" if hidden else trace.thinking,
        trace.opaque,
    )
