"""How what a probe found is written: numbers with intervals, counters, whole tables to copy. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.language import mark, tr
from app.output.markdown import escaped, table
from app.output.spreadsheet import comma_separated, guarded
from app.panels.texts import MISSING, decimal
from app.plain_text import one_line
from engine.events import Budget, Cost
from engine.search.probes import Counters, Result, Row
from engine.search.probes.intervals import Estimate

LONGEST = 300
"""Characters of one text in a row."""
HEADS = (
    mark("#"), mark("Step"), mark("Value"), mark("Low"), mark("High"), mark("n"), mark("Control"), mark("Detail")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the result as a table shows it, with the text of the step that it is about."""

    number: int
    """Of the thought's step, else of the row, from 1: as the chart has it below its points."""
    row: Row
    step: str

    @property
    def text(self) -> str:
        """The step; without one, what the row says of itself."""
        return one_line(self.step or self.row.words, LONGEST)

    @property
    def detail(self) -> str:
        """What was done there, and what else was counted."""
        numbers = (f"{name} {decimal(value)}" for name, value in self.row.numbers)
        return one_line(" · ".join(filter(None, (self.row.detail, *numbers))), LONGEST)


def lines_of(result: Result, steps: Sequence[str]) -> tuple[Line, ...]:
    """The rows with the texts of their steps; `steps`: those of the thought, in order."""
    return tuple(
        Line(row.step or number, row, steps[row.step - 1] if row.step is not None and row.step <= len(steps) else "")
        for number, row in enumerate(result.rows, 1)
    )


def interval_words(estimate: Estimate) -> str:
    """`0.31 – 0.57`; a dash where nothing was drawn."""
    if estimate.value is None:
        return MISSING
    return f"{decimal(estimate.low)} – {decimal(estimate.high)}"


def estimate_words(estimate: Estimate) -> str:
    """`0.44 [0.31, 0.57]`"""
    if estimate.value is None:
        return MISSING
    return f"{decimal(estimate.value)} [{decimal(estimate.low)}, {decimal(estimate.high)}]"


def figure_words(row: Row) -> str:
    """`AOC: 0.44 [0.31, 0.57], n 120`; of a figure that is one step, its number."""
    name = tr("step {step}").format(step=row.step) if row.step is not None else one_line(row.words, LONGEST)
    return f"{name}: {estimate_words(row.estimate)}, n {row.estimate.n}"


def counters_words(counters: Counters) -> str:
    """What the samples cost, in one line."""
    words = tr("{samples:,} samples · {prompt:,} prompt tokens read, {cached:,} from the cache").format(
        samples=counters.samples, prompt=counters.prompt, cached=counters.cached
    )
    if counters.saving is None:
        return words
    return f"{words} · {tr('{saving:.1f} × fewer than without sharing').format(saving=counters.saving)}"


def spent_words(cost: Cost, budget: Budget) -> str:
    """`1,200 of 5,000 tokens, 3.4 s`"""
    tokens = tr("{tokens:,} tokens") if budget.tokens is None else tr("{tokens:,} of {most:,} tokens")
    seconds = tr("{seconds:.1f} s") if budget.seconds is None else tr("{seconds:.1f} of {most:g} s")
    return ", ".join(
        (
            tokens.format(tokens=cost.generated, most=budget.tokens),
            seconds.format(seconds=cost.seconds, most=budget.seconds),
        )
    )


def as_markdown(title: str, result: Result, lines: Sequence[Line]) -> str:
    """A table for a report, with figure, control and verdict above it."""
    parts = [f"**{escaped(title)}**", *map(escaped, _summary(result))]
    if lines:
        parts.append(table([tr(head) for head in HEADS], map(_cells, lines)))
    return "\n\n".join(parts) + "\n"


def as_csv(lines: Sequence[Line]) -> str:
    """The rows for a spreadsheet. A text that would be taken for a formula has an apostrophe before it."""
    return comma_separated([tr(head) for head in HEADS], map(_spread, lines))


def _summary(result: Result) -> Iterator[str]:
    for head, row in ((tr("Figure"), result.figure), (tr("Control"), result.control)):
        if row is not None:
            yield f"{head}: {figure_words(row)}"
    yield one_line(result.verdict)
    yield counters_words(result.counters)


def _cells(line: Line) -> tuple[str, ...]:
    """As HEADS has them; a missing number is empty."""
    row, estimate = line.row, line.row.estimate
    drawn = estimate.value is not None
    numbers = (estimate.value, estimate.low, estimate.high) if drawn else (None, None, None)
    control = row.control.value if row.control is not None else None
    return (
        "" if row.step is None else f"{row.step}",
        line.text,
        *("" if number is None else decimal(number, 3) for number in numbers),
        f"{estimate.n}",
        "" if control is None else decimal(control, 3),
        line.detail,
    )


def _spread(line: Line) -> tuple[str, ...]:
    """The same for a spreadsheet, which knows no minus sign but its own."""
    number, step, *numbers, detail = _cells(line)
    return number, guarded(step), *(cell.replace("−", "-") for cell in numbers), guarded(detail)
