"""The thought that a probe of a selected step would be about, and the plan that asks about it. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from app.models.probe_results import Place, place_of
from app.models.thought_choice import end_of
from engine.commands import RunPlan
from engine.events import Budget, NodeId
from engine.problems import ProblemError
from engine.refusals import checked
from engine.run_traces import node_at, trace_of
from engine.search import Probe, SettingError
from engine.tree import Tree
from storage.runs import RunInfo

PROVERS: tuple[tuple[str, ...], ...] = ((), ("gold",), ("rule",))
"""Verifiers that a probe is run with: the first of these with which it can be."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A trace to be probed, and the plan of the run that it came from."""

    place: Place
    plan: RunPlan
    hidden: str
    """Without the tags around it; empty where the model did not think before it answered."""
    exposed: str

    def plan_for(
        self,
        kind: type[Probe],
        settings: dict[str, Any],
        *,
        seed: int = 0,
        budget: Budget | None = None,
        policy: str | None = None,
        anew: bool = False,
    ) -> RunPlan:
        """A plan that asks about this thought; `anew`: the model thinks first, and is asked about that."""
        given = {"thought": self.hidden, "exposed": self.exposed, "of": str(self.place)}
        return _with_provers(
            RunPlan(
                self.plan.problem,
                self.plan.text,
                kind.name,
                settings | ({} if anew else given),
                seed,
                budget or Budget(),
                self.plan.policy if policy is None else policy,
                (),
            )
        )


def _with_provers(plan: RunPlan) -> RunPlan:
    """With the verifier that a probe cannot do without: each reads every sample, which takes time."""
    for names in PROVERS:
        wanted = replace(plan, verifiers=names)
        try:
            checked(wanted)
        except (ProblemError, SettingError):
            continue
        return wanted
    return plan


def place_in(info: RunInfo, tree: Tree, selected: NodeId | None) -> Place | None:
    """Where the trace stands that the selected step stands for, see `subject_of`."""
    end = end_of(tree, selected)
    return place_of(info.plan) or (None if end is None else Place(info.id, end.node))


def subject_of(info: RunInfo, tree: Tree, selected: NodeId | None, said: Tree | None = None) -> Subject | None:
    """The trace that the selected step stands for, else the principal one; of a probe the trace that it is about.

    `said`: the tree in which a person's words stand about where the thought ends, if it is another one. None where
    there is no step yet.
    """
    place, settings = place_of(info.plan), info.plan.settings
    if place is not None:
        return Subject(place, info.plan, str(settings.get("thought", "")), str(settings.get("exposed", "")))
    end = end_of(tree, selected)
    if end is None:
        return None
    trace = trace_of(said or tree, end.node, end.rollout)
    hidden, exposed = (trace.of(kind).lstrip("\n") for kind in ("hidden", "exposed"))
    return Subject(Place(info.id, end.node), info.plan, hidden, exposed)


def node_of_hidden(tree: Tree, end: NodeId, before: int) -> NodeId | None:
    """The step of a trace that holds the hidden character after so many others; None if there is none."""
    if end not in tree.nodes:
        return None
    trace = trace_of(tree, end)
    before += len(trace.of("hidden")) - len(trace.of("hidden").lstrip("\n"))
    for span in trace.spans:
        if span.kind != "hidden":
            continue
        if before < span.end - span.start:
            return node_at(tree, end, span.start + before)
        before -= span.end - span.start
    return None


def shared(budget: Budget, number: int) -> Budget:
    """The part of one budget that each of so many probes gets."""
    return replace(
        budget,
        tokens=None if budget.tokens is None else max(1, budget.tokens // number),
        seconds=None if budget.seconds is None else budget.seconds / number,
    )
