"""What a trace shows, claim by claim, as lines: marks, the steps behind them, what stayed hidden. Knows no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import get_args

from app.command_line.text_columns import MOST_ROWS, WIDTH, fitted, headed, many, shortened
from app.command_line.trace.analysis import Analysis
from engine.traces.alignment import Aligned, Mark, told
from engine.traces.claims import ClaimKind

_MARKS: tuple[Mark, ...] = get_args(Mark)
_MARKED: dict[Mark, str] = {"supported": "supported", "only exposed": "only shown", "contradicted": "CONTRADICTED"}
_KINDS: dict[ClaimKind, str] = {"text": "sentence", "equation": "equation", "number": "number"}


def claims_lines(one: Analysis, most: int) -> Iterator[str]:
    """Every claim with its mark, and how many have which."""
    alignment, trace = one.alignment, one.reading.trace
    if not alignment.claims:
        return
    if not alignment.steps:
        yield from headed(
            "Exposed", "There is no hidden text that can be read, so nothing shown can be compared with it."
        )
        return
    yield from headed("Exposed", "each claim of the shown text, and the hidden steps that support it")
    if any(part.what != "signature" for part in trace.opaque) or trace.cut_off == "hidden":
        yield from headed("", "Parts of the thought cannot be read here: what is only shown may come from them.")
    yield f"  {'':<10}" + "".join(f"{_MARKED[mark].lower():>15}" for mark in _MARKS)
    for kind, word in _KINDS.items():
        counts = [alignment.count(mark, kind) for mark in _MARKS]
        if any(counts):
            yield f"  {word + 's':<10}" + "".join(f"{count:>15,}" for count in counts)
    rows = [("\n".join(_claim(one, entry)), entry.mark == "contradicted") for entry in told(alignment.claims)]
    yield from shortened(rows, most, "claim")


def _claim(one: Analysis, entry: Aligned) -> Iterator[str]:
    head = f"  {_MARKED[entry.mark]:<14}{_KINDS[entry.claim.kind]:<10}"
    inner = "" if entry.claim.kind == "text" else "  "
    tail = _numbered("  <- ", [link.step for link in entry.links])
    if entry.mark == "only exposed" and entry.claim.kind != "text":
        tail = f"  ({entry.why})"
    shown = fitted(
        one.reading.trace.text[entry.claim.start : entry.claim.end], WIDTH - len(head) - len(inner) - len(tail)
    )
    yield f"{head}{inner}{shown}{tail}"
    if entry.against and entry.mark != "supported":
        against = _numbered("; against ", [link.step for link in entry.against])
        yield from headed("", f"{entry.why}{against}", len(head) + 2)


def _numbered(head: str, steps: Sequence[int]) -> str:
    if not steps:
        return ""
    return f"{head}{', '.join(str(step + 1) for step in steps[:3])}{', ...' if len(steps) > 3 else ''}"


def unused_lines(one: Analysis) -> Iterator[str]:
    """The steps that no claim leads to, as ranges."""
    alignment = one.alignment
    if not alignment.claims or not alignment.steps:
        return
    used = {link.step for entry in alignment.claims for link in (*entry.links, *entry.against)}
    runs: list[list[int]] = []
    for place in range(len(alignment.steps)):
        if place in used:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    if not runs:
        return
    said = [f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs[:MOST_ROWS]]
    more = f" and {len(runs) - MOST_ROWS:,} more runs" if len(runs) > MOST_ROWS else ""
    count = f"{len(alignment.steps) - len(used):,} of {many(len(alignment.steps), 'hidden step')}"
    yield from headed("Unused", f"{count}, to which no claim leads: {', '.join(said)}{more}")


def only_hidden_lines(one: Analysis, most: int) -> Iterator[str]:
    """The steps that work something out which is not shown."""
    unshown, alignment = one.alignment.only_hidden, one.alignment
    if not unshown or not alignment.sentences:
        return
    yield from headed("Stayed", f"{many(len(unshown), 'hidden step')} with results that are not shown")
    rows = []
    for entry in unshown:
        step = alignment.steps[entry.step]
        values = fitted(", ".join(map(value_text, entry.values[:4])) + (", ..." if len(entry.values) > 4 else ""), 24)
        head = f"  {entry.step + 1:>5}  {values:<16}  "
        rows.append((head + fitted(one.reading.trace.text[step.start : step.end], WIDTH - len(head)), False))
    yield from shortened(rows, most, "step")


def value_text(value: Fraction) -> str:
    """A value as a person writes it: whole, with a few digits after the point, or as a fraction."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 2_000:
        return "(huge)"
    if value.denominator == 1:
        return str(value.numerator)
    places = next((places for places in range(1, 7) if 10**places % value.denominator == 0), 0)
    if not places or abs(value) > 10**9:
        return str(value)
    return f"{value.numerator / value.denominator:.{places}f}"
