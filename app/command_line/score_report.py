"""What `espalier score` prints: a line for each trace, and ProcessBench's figures. Asks nobody."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Self

from app.command_line.run import UsageError
from app.command_line.score_words import BEST
from app.command_line.text_columns import MOST_ROWS, fitted, many
from app.models.to_score import Count
from app.plain_text import one_line
from engine.problems import ProblemError
from engine.scores.aggregates import aggregated, ranking
from engine.scores.process_bench import THRESHOLD, Figure, ProcessBench, labelled, process_bench
from engine.scores.table import Doubles, ScoreTable
from engine.scores.traces import ScoredTrace, traces_of
from engine.tree import TreeError, fold
from storage.errors import SessionError
from storage.session import Session

SCORES_WIDTH = 46
ANSWER_WIDTH = 18
WHY_WIDTH = 200
MOST_SAID = 5


@dataclass(frozen=True)
class Outcome:
    """The traces of some runs as one scorer sees them."""

    scorer: str
    rule: str
    table: ScoreTable
    totals: Doubles
    count: Count
    bench: ProcessBench | None

    @classmethod
    def of(
        cls,
        session: Session,
        runs: Sequence[int],
        scorers: Sequence[str] | dict[str, None],
        count: Count,
        wish: Namespace,
    ) -> Self:
        """Read from the session, so that what is printed is what is kept. Raises UsageError."""
        scorer = " / ".join(scorers) or wish.scorer
        traces, labels, splits = list[ScoredTrace](), list[int](), list[str]()
        for run in runs:
            for trace, label, split in _read(session, run, tuple(scorers)):
                traces.append(trace)
                labels.append(label)
                splits.append(split)
        table = ScoreTable.of(traces)
        bench = _bench(table, labels, splits, wish.threshold) if wish.processbench else None
        return cls(scorer, wish.aggregate, table, aggregated(table, wish.aggregate), count, bench)


def _read(session: Session, run: int, scorers: tuple[str, ...]) -> Iterator[tuple[ScoredTrace, int, str]]:
    """The traces of a run with their labels and splits. One that cannot be read has been said before."""
    try:
        tree = fold(session.records(run, tokens=False))
        scorer = next((name for name in reversed(scorers) if name in tree.rescored), scorers[-1] if scorers else "")
        for trace in traces_of(tree, run, scorer):
            yield trace, *labelled(tree, trace)
    except (SessionError, TreeError, ProblemError):
        return


def _bench(table: ScoreTable, labels: list[int], splits: list[str], threshold: float | str) -> ProcessBench:
    tune_on = None if isinstance(threshold, float) else threshold.removeprefix(BEST).removeprefix(":")
    given = threshold if isinstance(threshold, float) else THRESHOLD
    try:
        bench = process_bench(table, labels, splits, given, tune_on)
    except KeyError as error:
        names = ", ".join(sorted(set(filter(None, splits)))) or "none"
        raise UsageError(f"No scored trace of the split {error.args[0]!r} has labels; splits: {names}.") from error
    if not bench.whole.traces:
        raise UsageError("No scored trace says which of its steps is wrong: ProcessBench's figure needs such labels.")
    return bench


def lines_of(outcome: Outcome, everything: bool) -> Iterator[str]:
    """For a terminal."""
    if outcome.bench is not None:
        yield from _bench_lines(outcome.scorer, outcome.bench)
    else:
        yield from _trace_lines(outcome, everything)
    count = outcome.count
    yield ""
    yield f"Scored    {many(count.scored, 'trace')} now, with {one_line(outcome.scorer)}"
    if count.anew:
        yield f"Anew      {many(count.anew, 'run')}: another model of this name had scored before, and is forgotten"
    if count.silent:
        why = f": {fitted(count.why_silent, WHY_WIDTH)}" if count.why_silent else ""
        yield f"Silent    {many(count.silent, 'trace')} of these, no step of which got a score{why}"
    if count.failed:
        yield f"Failed    {many(count.failed, 'trace')}"
    yield from (f"          {one_line(sentence)}" for sentence in count.said[:MOST_SAID])
    if (left := len(count.said) - MOST_SAID) > 0:
        yield f"          And {left:,} sentences more of this kind."


def _trace_lines(outcome: Outcome, everything: bool) -> Iterator[str]:
    """The best traces first."""
    table, order = outcome.table, ranking(outcome.totals).tolist()
    shown = order if everything else order[:MOST_ROWS]
    yield _row("run", "node", outcome.rule[:9], "answer", "right", "scores of the steps")
    for row in shown:
        trace = table.traces[row]
        node = str(trace.nodes[-1]) if trace.nodes else "root"
        node += f".{trace.rollout}" if trace.rollout is not None else ""
        answer = fitted(trace.answer or "–", ANSWER_WIDTH)
        right = {True: "yes", False: "no", None: "?"}[trace.correct]
        scores = " ".join("–" if score is None else f"{score:.2f}" for score in trace.scores)
        total = _number(float(outcome.totals[row]))
        yield _row(str(trace.run), node, total, answer, right, fitted(scores, SCORES_WIDTH))
    if len(order) > len(shown):
        yield f"       ... and {many(len(order) - len(shown), 'trace')} more: --all lists them"


def _row(run: str, node: str, total: str, answer: str, right: str, scores: str) -> str:
    return f"{run:>6} {node:>7}  {total:>9}  {answer:<{ANSWER_WIDTH}}  {right:<5}  {scores}"


def _bench_lines(scorer: str, bench: ProcessBench) -> Iterator[str]:
    tuned = "given" if bench.tuned_on is None else f"the best for {bench.tuned_on or 'these traces'}"
    yield f"ProcessBench F1 of {one_line(scorer)}, threshold {bench.threshold:.3f} ({tuned})"
    yield f"{'':<18} {'F1':>6}  {'first wrong step found':>22}  {'right ones passed':>20}"
    for name, figure in (*bench.splits.items(), ("all", bench.whole)):
        yield (
            f"{fitted(name or 'no name', 18):<18} {_percent(figure.f1):>6}  "
            f"{_share(figure.found, figure.wrong):>22}  {_share(figure.passed, figure.right):>20}"
        )
    if len(bench.splits) > 1:
        yield f"{'mean of splits':<18} {_percent(bench.average):>6}"
    if bench.whole.undecided:
        yield f"{many(bench.whole.undecided, 'trace')} with a step without a score that would decide: not found."


def data_of(outcome: Outcome) -> dict[str, Any]:
    """For JSON; null where there is no number."""
    count, bench = outcome.count, outcome.bench
    rows = zip(outcome.table.traces, outcome.totals.tolist(), strict=True)
    return {
        "scorer": outcome.scorer,
        "rule": outcome.rule,
        "scored": count.scored,
        "silent": count.silent,
        "failed": count.failed,
        "said": count.said,
        "traces": [_trace_data(trace, total) for trace, total in rows],
        "processbench": None if bench is None else _bench_data(bench),
    }


def _trace_data(trace: ScoredTrace, total: float) -> dict[str, Any]:
    return {
        "run": trace.run,
        "nodes": trace.nodes,
        "rollout": trace.rollout,
        "answer": trace.answer,
        "correct": trace.correct,
        "total": _known(total),
        "scores": trace.scores,
    }


def _bench_data(bench: ProcessBench) -> dict[str, Any]:
    return {
        "threshold": bench.threshold,
        "tuned_on": bench.tuned_on,
        "average_f1": _known(bench.average),
        "all": _figure_data(bench.whole),
        "splits": {name: _figure_data(figure) for name, figure in bench.splits.items()},
    }


def _figure_data(figure: Figure) -> dict[str, Any]:
    return {
        "f1": _known(figure.f1),
        "wrong": figure.wrong,
        "found": figure.found,
        "right": figure.right,
        "passed": figure.passed,
        "undecided": figure.undecided,
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.4f}"


def _percent(value: float) -> str:
    return "–" if isnan(value) else f"{100 * value:.1f}"


def _share(part: int, whole: int) -> str:
    return f"{_percent(part / whole)} ({part:,}/{whole:,})" if whole else "–"
