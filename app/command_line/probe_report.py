"""What a probe found, as text for a terminal and as JSON values. Knows no file, no process and no Qt.

All words of models go through `app.plain_text`: a terminal obeys control characters, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from app.command_line.text_columns import MOST_ROWS, WIDTH, cells, fitted, headed, many, shortened
from app.models.probe_results import Reading, probe_named
from app.plain_text import one_line
from engine.search.probes import Counters, Probe, Result, Row
from engine.search.probes.intervals import Estimate
from engine.tree import Tree

HEAD = 10
INDENT = 6
WORDS = 36
"""Cells of the text of a step."""
NUMBERS = 25
"""Of the estimate, its interval and n."""


def is_probe(tree: Tree) -> bool:
    """Whether a run, which has begun, asked about a thought."""
    return tree.started is not None and probe_named(tree.started.search) is not None


def found_lines(tree: Tree, most_rows: int = MOST_ROWS) -> Iterator[str]:
    """What a probe found: the question, the rows, the figure, the control, the verdict, what it cost."""
    reading = Reading.of(tree)
    result = reading.result
    if result is None:
        yield from headed("Probe", reading.error, HEAD)
    else:
        yield from _result_lines(reading.kind, result, reading.steps, most_rows)


def _result_lines(kind: type[Probe], result: Result, steps: Sequence[str], most_rows: int) -> Iterator[str]:
    yield from headed("Probe", f"{kind.title}: {kind.question}", HEAD)
    if result.reference is not None:
        yield f"Answer    {fitted(result.reference, WIDTH - 10)}"
    if result.rows:
        yield ""
        yield fitted(f"{'':<{WORDS + INDENT}}{one_line(result.unit)}", WIDTH)
        rows = [(row_line(row, steps), row.estimate.settled and result.signed) for row in result.rows]
        yield from shortened(rows, most_rows, "row")
        yield ""
    for head, row in (("Figure", result.figure), ("Control", result.control)):
        if row is not None:
            yield f"{head:<10}{one_line(row.words)}: {estimate_text(row.estimate)}"
    yield from headed("Verdict", result.verdict, HEAD)
    yield f"Samples   {counters_text(result.counters)}"


def row_line(row: Row, steps: Sequence[str]) -> str:
    """`  3 Try 4 + 4 = 8   0.70 [0.40, 0.89]  n 10  control 0.90 [0.60, 0.98]`, and what was done there."""
    own = row.step is not None and row.step <= len(steps)
    words = steps[row.step - 1] if own and row.step is not None else row.words
    line = f"{row.step or '':>3} {fitted(words, WORDS):<{WORDS}}  {estimate_text(row.estimate):<{NUMBERS}}"
    if row.control is not None:
        line = f"{line}  control {row.control}"
    line = line.rstrip()
    if not row.detail:
        return line
    detail = fitted(row.detail, WIDTH - INDENT)
    return f"{line}  {detail}" if cells(line) + 2 + cells(detail) <= WIDTH else f"{line}\n{'':{INDENT}}{detail}"


def estimate_text(estimate: Estimate) -> str:
    """`0.70 [0.40, 0.89]  n 10`; a dash where nothing was drawn."""
    if estimate.value is None:
        return "–"
    return f"{estimate}  n {estimate.n}"


def counters_text(counters: Counters) -> str:
    """`120, 3,400 tokens of prompt read, 20,100 from the cache: 6.9 times fewer than without sharing`"""
    words = f"{counters.samples:,}, {many(counters.prompt, 'token')} of prompt read, {counters.cached:,} from the cache"
    saving = counters.saving
    return words if saving is None else f"{words}: {saving:.1f} times fewer than without sharing"


def found_data(tree: Tree) -> dict[str, Any]:
    """The same as JSON values, with every row."""
    reading = Reading.of(tree)
    result = reading.result
    said = {"name": reading.kind.name, "title": reading.kind.title, "question": reading.kind.question}
    if result is None:
        return {**said, "error": reading.error}
    return {**said, **asdict(result), "counters": {**asdict(result.counters), "saving": result.counters.saving}}
