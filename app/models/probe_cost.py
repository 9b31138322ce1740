"""What a probe will cost, before it is run: its own places are asked for, on the thought as it would be laid. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from app.models.pace import clock_words
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
class Pace:
    """How fast a policy wrote in a run of this session."""

    run: int
    policy: str
    """As in the plan of that run."""
    tokens_per_second: float
    alone: bool = False
    """Whether it wrote one text at a time there: samples of a probe are drawn side by side, which is faster."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of the first round, and the most that a probe may draw, which draws on where it is not clear."""

    places: int = 0
    samples: int = 0
    tokens: int = 0
    """To be written, roughly."""
    most_samples: int = 0
    most_tokens: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))


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
    samples, most = wanted(places), search.in_all(places)
    return Cost(len(places), samples, round(tokens), most, round(tokens * most / max(1, samples)))


def rough(tokens: int) -> int:
    """With two digits that count: more would be a promise."""
    return int(float(f"{tokens:.1e}"))


def minutes(seconds: float) -> str:
    """`0:40` or `36:00`: to ten seconds below two minutes, and above to the minute."""
    whole = 10 if seconds < 120 else 60
    return clock_words(max(whole, round(seconds / whole) * whole))


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
