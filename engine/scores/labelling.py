"""The plan of a run that labels steps by samples: which traces, which policy, and who proves their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from engine.commands import RunPlan
from engine.events import Budget, NodeId
from engine.problems import parse_problem
from engine.refusals import checked
from engine.search import LabelSteps, SettingError, make_search
from engine.search.labels import UNPROVABLE, prover_of, written
from engine.search.votes import ended
from engine.tree import Tree

SAMPLES = 8
"""Of each step, where nobody says how many (as Math-Shepherd draws them)."""


def label_plan(
    plan: RunPlan,
    traces: Sequence[Sequence[str]],
    samples: int = SAMPLES,
    seed: int = 0,
    *,
    temperature: float = 0.7,
    ended: bool = True,
    policy: str | None = None,
    budget: Budget | None = None,
) -> RunPlan:
    """The plan of a label run over traces of the run with `plan`, given as the texts of their steps.

    The policy is that run's own unless another is named; `ended`: the traces are complete, so their last steps need no
    samples. Raises ProblemError or SettingError with a sentence, where nobody can prove an answer above all.
    """
    prover = prover_of(parse_problem(plan.problem, plan.text))
    if prover is None:
        raise SettingError(UNPROVABLE)
    settings = {
        "traces": written(traces),
        "samples": samples,
        "temperature": temperature,
        "ended": ended,
        "thoughts": make_search(plan.search, plan.settings).thinking,
    }
    wish = RunPlan(
        plan.problem,
        plan.text,
        LabelSteps.name,
        settings,
        seed,
        budget or Budget(),
        plan.policy if policy is None else policy,
        (prover,),
    )
    _, search = checked(wish)
    return replace(wish, settings=search.settings())


class TraceEnd(NamedTuple):
    """Where a trace ends."""

    node: NodeId
    rollout: int | None = None
    """Number of the rollout of the node in which it goes on to its end; None: it ends at the node."""


def trace_ends(tree: Tree) -> tuple[TraceEnd, ...]:
    """The ends of all traces that are not pruned. Those of rollouts are left out, unless there are no others: they are
    many, and each of their steps wants samples."""
    if not tree.nodes:
        return ()
    return tuple([TraceEnd(node.id) for node in ended(tree)]) or tuple(
        TraceEnd(node.id, number)
        for node in tree.nodes.values()
        if node.rollouts and not tree.is_out(node.id)
        for number, rollout in enumerate(node.rollouts)
        if rollout.answer is not None
    )


def steps_to(tree: Tree, end: TraceEnd) -> tuple[str, ...]:
    """The steps of a trace."""
    played = () if end.rollout is None else tree.nodes[end.node].rollouts[end.rollout].steps
    return (*tree.steps(end.node), *played)


def ended_traces(tree: Tree) -> tuple[tuple[str, ...], ...]:
    """The steps of every trace that `trace_ends` finds."""
    return tuple([steps_to(tree, end) for end in trace_ends(tree)])
