"""What is known of the steps of traces, as text for a terminal and as JSON values: scores, samples, exact labels.

Knows no file, no process and no Qt. All words of models go through `app.plain_text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isnan
from typing import Any

from app.command_line.text_columns import MOST_ROWS, fitted, many
from engine.events import ROOT, NodeId
from engine.problems import parse_problem
from engine.scores.exact import exact_labels
from engine.scores.labelling import TraceEnd, steps_to
from engine.scores.labels import Agreement, label_agreement
from engine.scores.monte_carlo import MonteCarloLabels, Sampled
from engine.scores.traces import each_trace, score_of
from engine.tree import Tree

WORDS = 42
"""Cells of the text of a step."""
SCORE = 8
SAMPLES = 26
_WHAT = {True: "right", False: "wrong", None: "nobody knows whether it is right"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step and what is known of it; None: nothing."""

    node: NodeId | None
    """None for a step of a rollout."""
    text: str
    score: float | None
    sampled: Sampled | None
    exact: bool | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace from below the root; `right` by the exact check."""

    end: TraceEnd
    steps: tuple[Step, ...]
    right: bool | None


def labelled_traces(
    tree: Tree, ends: Sequence[TraceEnd], scorer: str | None, index: MonteCarloLabels
) -> tuple[Trace, ...]:
    """The traces that end at `ends`; of several with one text the first."""
    assert tree.started is not None, "a run that has begun is labelled"
    kind, text = tree.started.problem, tree.started.text
    problem = parse_problem(kind, text)
    played = _played(tree, ends, scorer)
    found: dict[tuple[str, ...], Trace] = {}
    for end in ends:
        texts = steps_to(tree, end)
        if texts in found:
            continue
        path = tree.path(end.node)[1:]
        said = [score_of(tree, node, scorer) if scorer is not None else None for node in path]
        scores = [None if score is None else score.value for score in said]
        beyond = (None,) * (len(texts) - len(path))
        numbers = (*(node.id for node in path), *beyond)
        sampled = [index.of(kind, text, prefix) for prefix in accumulate(texts)]
        values = played.get(end) or (*scores, *beyond)
        steps = tuple(map(Step, numbers, texts, values, sampled, exact_labels(problem, texts)))
        found[texts] = Trace(end, steps, problem.check_answer("".join(texts)).correct)
    return tuple(found.values())


def _played(tree: Tree, ends: Sequence[TraceEnd], scorer: str | None) -> dict[TraceEnd, tuple[float | None, ...]]:
    """The scores of the traces that end in rollouts."""
    if scorer is None or all(end.rollout is None for end in ends):
        return {}
    traces = (trace for trace in each_trace(tree, 0, scorer) if trace.rollout is not None)
    return {TraceEnd(trace.nodes[-1] if trace.nodes else ROOT, trace.rollout): trace.scores for trace in traces}


def labelled_lines(traces: Sequence[Trace], scorer: str | None, most: int = MOST_ROWS) -> Iterator[str]:
    """A table for each of the first traces, and how the three agree over the steps of all."""
    name = fitted(scorer or "score", SCORE)
    for trace in traces[:most]:
        rollout = "" if trace.end.rollout is None else f", rollout {trace.end.rollout + 1}"
        yield f"Trace to node {trace.end.node}{rollout}: {_WHAT[trace.right]}"
        yield f"  {'':<{WORDS}} {name:>{SCORE}}  {'Monte-Carlo':<{SAMPLES}}  exact"
        yield from (_line(step) for step in trace.steps)
        yield ""
    if len(traces) > most:
        yield f"... and {many(len(traces) - most, 'trace')} more; --json has all."
        yield ""
    for pair, found in _agreements(traces).items():
        yield f"{pair:<24}{_said(found)}"


def _line(step: Step) -> str:
    score = "–" if step.score is None else f"{step.score:.3f}"
    exact = "–" if step.exact is None else str(int(step.exact))
    words = fitted(step.text, WORDS)
    return f"  {words:<{WORDS}} {score:>{SCORE}}  {_sampled(step.sampled):<{SAMPLES}}  {exact}"


def _sampled(found: Sampled | None) -> str:
    """`5 of 8 = 0.62 [0.31, 0.86]`; a dash where nothing was drawn."""
    if found is None:
        return "–"
    if found.checked:
        return f"its answer is {'right' if found.hard else 'wrong'}"
    low, high = found.interval
    return f"{found.hits} of {found.n} = {found.soft:.2f} [{low:.2f}, {high:.2f}]"


def _agreements(traces: Sequence[Trace]) -> dict[str, Agreement]:
    """Each pair over the steps of all traces; one that several traces share counts once."""
    every = [step for trace in traces for step in trace.steps]
    shared = {step.node: step for step in every if step.node is not None}
    steps = [*shared.values(), *(step for step in every if step.node is None)]
    scores = [step.score for step in steps]
    soft = [None if step.sampled is None else step.sampled.soft for step in steps]
    hard = [None if step.sampled is None else int(step.sampled.hard) for step in steps]
    exact = [None if step.exact is None else int(step.exact) for step in steps]
    return {
        "Score and Monte-Carlo": label_agreement(scores, hard),
        "Score and exact": label_agreement(scores, exact),
        "Monte-Carlo and exact": label_agreement(soft, exact, threshold=0.0),
    }


def _said(found: Agreement) -> str:
    if not found.n:
        return "no step has both"
    figures = (("accuracy", found.accuracy), ("kappa", found.kappa), ("AUC", found.auc))
    told = [f"{name} {'–' if isnan(value) else f'{value:.3f}'}" for name, value in figures]
    return f"{', '.join(told)} over {many(found.n, 'step')}"


def labelled_data(traces: Sequence[Trace], scorer: str | None) -> dict[str, Any]:
    """The same as JSON values; null where nothing is known."""
    return {
        "scorer": scorer,
        "traces": [{"right": trace.right, "steps": [_step_data(step) for step in trace.steps]} for trace in traces],
        "agreement": {pair: _agreement_data(found) for pair, found in _agreements(traces).items()},
    }


def _step_data(step: Step) -> dict[str, Any]:
    found = step.sampled
    sampled = None
    if found is not None:
        low, high = found.interval
        sampled = {"hits": found.hits, "n": found.n, "soft": found.soft, "hard": found.hard, "interval": [low, high],
                   "checked": found.checked}  # fmt: skip
    return {"node": step.node, "text": step.text, "score": step.score, "monte_carlo": sampled, "exact": step.exact}


def _agreement_data(found: Agreement) -> dict[str, Any]:
    return {name: None if isnan(value) else value for name, value in found._asdict().items()}
