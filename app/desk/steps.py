"""Which steps a scored trace has, and what they say. Knows no table, no widget and no file."""

from __future__ import annotations

from typing import TypeAlias

from engine.events import ROOT, NodeId
from engine.scores.traces import ScoredTrace
from engine.tree import Tree

Key: TypeAlias = tuple[int, NodeId, int | None]
"""Run, last node and rollout: which trace, in whatever table."""


def key_of(trace: ScoredTrace) -> Key:
    return trace.run, last_node(trace), trace.rollout


def last_node(trace: ScoredTrace) -> NodeId:
    """The last step of a trace that is a node; the root where all of it is a rollout."""
    return trace.nodes[-1] if trace.nodes else ROOT


def steps_of(tree: Tree, trace: ScoredTrace) -> tuple[str, ...]:
    """Texts of the trace, those of its rollout included."""
    nodes = [node for node in trace.nodes if node in tree.nodes]
    steps = tuple(tree.nodes[node].step for node in nodes)
    if trace.rollout is None:
        return steps
    end = tree.nodes.get(nodes[-1] if nodes else 0)
    rollouts = () if end is None else end.rollouts
    return steps + (rollouts[trace.rollout].steps if trace.rollout < len(rollouts) else ())


def step_text(tree: Tree, trace: ScoredTrace, step: int) -> str:
    """What the model wrote in a step (from 0); empty where the tree has it no more."""
    if step < len(trace.nodes):
        node = tree.nodes.get(trace.nodes[step])
        return "" if node is None else node.step
    end = tree.nodes.get(last_node(trace))
    if end is None or trace.rollout is None or trace.rollout >= len(end.rollouts):
        return ""
    steps, number = end.rollouts[trace.rollout].steps, step - len(trace.nodes)
    return steps[number] if number < len(steps) else ""
