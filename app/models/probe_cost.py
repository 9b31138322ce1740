"""What a probe will cost, before it is run: its own places are asked for, on the thought as it would be laid. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import RunPlan
from engine.events import Expanded, NewNode, RunStarted
from engine.problems import ProblemError, parse_problem
from engine.search import Probe, SettingError, make_search
from engine.search.probes.places import Place, wanted
from engine.search.probes.spine import spine_of
from engine.search.search import Given
from engine.thoughts import CLOSE, in_thought
from engine.tree import Tree, apply

CHARACTERS = 3.5
"""Of a token, roughly: the app has no tokenizer."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the first round, for a probe that may draw more where it is not clear."""

    places: int
    samples: int
    tokens: int
    """To be written, roughly."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.places + other.places, self.samples + other.samples, self.tokens + other.tokens)


def cost_of(plan: RunPlan) -> Cost | None:
    """None where nobody can know: the model has yet to think, or the plan cannot be run."""
    try:
        search = make_search(plan.search, plan.settings)
        problem = parse_problem(plan.problem, plan.text)
    except (SettingError, ProblemError):
        return None
    if not isinstance(search, Probe) or not search.thought:
        return None
    tree = Tree()
    started = RunStarted(
        plan.problem, plan.text, problem.prompt, plan.search, plan.settings, 0, plan.budget, "", plan.verifiers
    )
    apply(started, tree)
    laid = next(search.iteration(tree))
    assert isinstance(laid, Given), "a thought that is there is laid first"
    _lay(tree, laid)
    spine = spine_of(tree)
    if not spine.hidden:
        return None
    places = search.places(tree, spine)
    exposed = sum(len(node.step) for node in spine.exposed)
    tokens = sum(place.samples * _left(tree, place, exposed) for place in places) / CHARACTERS
    return Cost(len(places), wanted(places), round(tokens))


def _lay(tree: Tree, given: Given) -> None:
    parent = given.parent
    for step in given.steps:
        child = NewNode(len(tree.nodes), step, 1.0, samples=0, hidden=in_thought(tree.steps(parent), True))
        apply(Expanded(1, parent, (child,), generator="given"), tree)
        parent = child.node


def _left(tree: Tree, place: Place, exposed: int) -> int:
    """Characters that a sample will be long, if it is as long as what it stands for."""
    before = (*tree.steps(place.parent), *place.steps)
    if any(CLOSE in step for step in before):
        return exposed
    whole = sum(len(node.step) for node in tree.nodes.values())
    return max(exposed, whole - sum(map(len, tree.steps(place.parent))))
