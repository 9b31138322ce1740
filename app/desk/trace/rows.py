"""The steps of one trace as rows, with everything that anybody says of them. Knows no widget and asks no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from app.canvas.walks import line_through
from app.desk.steps import steps_of
from engine.events import NodeId
from engine.problems import Problem, ProblemError, parse_problem
from engine.scores.aggregates import RULES, aggregated
from engine.scores.errors import first_error
from engine.scores.exact import exact_labels, has_solver
from engine.scores.labels import PERSON
from engine.scores.monte_carlo import MonteCarloLabels, Sampled
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace, channels_of, score_of
from engine.tree import Tree


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. What nobody said is None."""

    number: int
    """From 1."""
    text: str
    node: NodeId | None
    """None for a step of a rollout, which is no node: it can be looked at, not rated."""
    score: float | None
    """The scorer's, in [0, 1]."""
    channels: tuple[tuple[str, float], ...]
    """What the model gave beside it, on whatever scale."""
    note: str
    """What the scorer wrote about the step, or why it gave no score; text of a model."""
    sampled: Sampled | None
    """What rollouts from behind the step came to."""
    exact: bool | None
    """Whether a right answer can still be reached, says a solver."""
    mine: int | None
    """A person's rating: 1 good, 0 neutral, -1 bad."""
    others: tuple[tuple[str, int], ...]
    """Ratings that came with the trace: who, and what."""
    place: int
    """Below 0 before the first error, 0 at it, above 0 behind it; below 0 everywhere where there is none."""

    @property
    def after_error(self) -> bool:
        return self.place > 0

    @property
    def is_error(self) -> bool:
        return self.place == 0


@dataclass(frozen=True, slots=True)
class Traced:
    """A trace to be looked at."""

    trace: ScoredTrace
    rows: tuple[StepRow, ...] = ()
    totals: tuple[tuple[str, float], ...] = ()
    """By every rule; nan where no step has a score."""
    solver: bool = False
    """Whether exact labels exist for problems of this kind."""

    @property
    def scored(self) -> bool:
        return any(row.score is not None for row in self.rows)


def path_trace(tree: Tree, run: int, node: NodeId, scorer: str) -> ScoredTrace:
    """The steps through a node of whose traces none has ended: down to it, and on to where the search would go."""
    path = [tree.nodes[each] for each in line_through(tree, node)[1:]]
    said = [score_of(tree, entry, scorer) for entry in path]
    scores = tuple(None if score is None else score.value for score in said)
    return ScoredTrace(run, tuple(entry.id for entry in path), None, None, None, scores)


def traced(tree: Tree, trace: ScoredTrace, scorer: str, labels: MonteCarloLabels) -> Traced:
    """Rows for every step of a trace of the tree; nodes that the tree does not have yet are left out."""
    nodes = [node for node in trace.nodes if node in tree.nodes]
    steps = steps_of(tree, trace)
    table = ScoreTable.of((trace,))
    error, problem = int(first_error(table)[0]), _problem(tree)
    exact = _exact(problem, steps) if problem is not None else (None,) * len(steps)
    sampled = _sampled(tree, steps, labels)
    rows = tuple(
        StepRow(
            at + 1,
            step,
            nodes[at] if at < len(nodes) else None,
            trace.scores[at],
            channels_of(tree, nodes[at], scorer) if at < len(nodes) else (),
            _note(tree, nodes[at], scorer) if at < len(nodes) else "",
            sampled[at],
            exact[at],
            _ratings(tree, nodes, at).get(PERSON),
            tuple((by, rating) for by, rating in _ratings(tree, nodes, at).items() if by != PERSON),
            at - error if error >= 0 else -1,
        )
        for at, step in enumerate(steps)
    )
    totals = tuple((rule, float(aggregated(table, rule)[0])) for rule in RULES)
    return Traced(trace, rows, totals, problem is not None and has_solver(problem))


def _ratings(tree: Tree, nodes: Sequence[NodeId], at: int) -> dict[str, int]:
    return tree.ratings.get(nodes[at], {}) if at < len(nodes) else {}


def _note(tree: Tree, node: NodeId, scorer: str) -> str:
    said = score_of(tree, tree.nodes[node], scorer)
    return tree.unscored.get(scorer, {}).get(node, "") if said is None else said.note


def _sampled(tree: Tree, steps: tuple[str, ...], labels: MonteCarloLabels) -> list[Sampled | None]:
    if tree.started is None or not len(labels):
        return [None] * len(steps)
    kind, text = tree.started.problem, tree.started.text
    return [labels.of(kind, text, prefix) for prefix in accumulate(steps)]


def _problem(tree: Tree) -> Problem | None:
    try:
        return None if tree.started is None else _parsed(tree.started.problem, tree.started.text)
    except ProblemError:
        return None


@lru_cache(maxsize=64)
def _parsed(kind: str, text: str) -> Problem:
    return parse_problem(kind, text)


@lru_cache(maxsize=64)
def _exact(problem: Problem, steps: tuple[str, ...]) -> tuple[bool | None, ...]:
    """A solver may take a moment, and a trace is looked at again and again."""
    return exact_labels(problem, steps)
