"""A trace as text for a terminal: what is hidden against what is exposed. Knows no file; works nothing out.

All text of models goes through `app.plain_text`: a terminal obeys control characters, too. Steps are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from app.command_line.text_columns import HEAD, MOST_ROWS, WIDTH, fitted, headed, many, shortened
from app.command_line.trace.analysis import Analysis
from app.command_line.trace.claims import claims_lines, only_hidden_lines, unused_lines
from app.words.trace import comparison_words, cut_off_words, opaque_words, thinking_words
from engine.traces.answers import Answer
from engine.traces.overthinking import Candidate
from engine.traces.spans import Kind

_METHOD = "{how}. Functions are guesses by rules over English words."


def trace_text(one: Analysis, every: bool = False) -> str:
    """The report of one trace. `every`: nothing is left out."""
    most = 1 << 60 if every else MOST_ROWS
    parts = [*_split(one)]
    for section in (
        _steps(one, most),
        _meter(one),
        claims_lines(one, most),
        unused_lines(one),
        only_hidden_lines(one, most),
        _answers(one),
    ):
        lines = list(section)
        parts += ["", *lines] if lines else []
    return "\n".join([*parts, "", *headed("Method", _METHOD.format(how=one.alignment.how))])


def _split(one: Analysis) -> Iterator[str]:
    reading, trace = one.reading, one.reading.trace
    yield from headed("Trace", reading.name)
    yield from headed("Read as", f"{reading.read_as}, {many(len(trace.text), 'character')}")
    if reading.note:
        yield from headed("Note", reading.note)
    if reading.error:
        yield from headed("Error", reading.error)
    if reading.why:
        yield from headed("Format", f"{trace.splitter}, {reading.why}")
    yield from headed("Split", trace.how)
    if reading.read_as == "a text" and trace.thinking == "unknown":
        yield from headed("", "If the prompt opens the thought, give --prompt FILE, or a --recipe that says so.")
    yield from headed("Thinking", thinking_words(trace))
    yield from headed("Cut off", cut_off_words(trace, reading.reason))
    total = sum(span.end - span.start for span in trace.spans) or 1
    head = "Parts"
    for kind in get_args(Kind):
        size = sum(span.end - span.start for span in trace.spans if span.kind == kind)
        if size:
            word = "character" if size == 1 else "characters"
            yield f"{head:<{HEAD}}{kind:<9}{size:>12,} {word:<10}  {size / total:6.1%}{_more(one, kind)}".rstrip()
            head = ""
    head = "Opaque"
    for part in trace.opaque:
        yield from headed(head, opaque_words(part))
        head = ""


def _more(one: Analysis, kind: Kind) -> str:
    if kind == "hidden":
        tokens = "" if one.reading.tokens is None else f", {one.reading.tokens:,} tokens by the server's count"
        return f"  {many(len(one.alignment.steps), 'step')}{tokens}"
    return f"  {many(len(one.alignment.sentences), 'sentence')}" if kind == "exposed" else ""


def _steps(one: Analysis, most: int) -> Iterator[str]:
    steps, text = one.alignment.steps, one.reading.trace.text
    if not steps:
        return
    shares = sorted(one.functions.items(), key=lambda entry: -entry[1])
    yield from headed(
        "Hidden",
        f"{many(len(steps), 'step')}: " + ", ".join(f"{name or 'no function'} {share:.0%}" for name, share in shares),
    )
    again = {entry.step: entry.of for entry in one.repeats.steps}
    digits = max(3, len(str(len(steps))))
    rows = []
    for place, (step, tag) in enumerate(zip(steps, one.labels, strict=True)):
        head = f"  {place + 1:>{digits}}  {tag.function or '-':<12}"
        said = f"[again {again[place] + 1}] " if place in again else ""
        rows.append((head + said + fitted(text[step.start : step.end], WIDTH - len(head) - len(said)), False))
    yield from shortened(rows, most, "step")


def _meter(one: Analysis) -> Iterator[str]:
    meter, fold, repeats = one.meter, one.fold, one.repeats
    if not one.alignment.steps:
        return
    yield "Overthinking"
    yield from _item("measured by", meter.judged)
    first = "first right" if one.gold else "answer first"
    if meter.first is None:
        if one.gold or one.alignment.answer.exposed is not None:
            yield from _item(first, _never(one))
    else:
        after = (
            f"; {meter.share:.0%} of the thought up to there, {1 - meter.share:.0%} after it"
            if meter.share is not None
            else ""
        )
        yield from _item(first, f"{_candidate(meter.first)}{after}")
        if meter.first_stated is not None and meter.first_stated != meter.first:
            yield from _item("first stated", _candidate(meter.first_stated))
    yield from _item("changes", _changes(one))
    yield from _item(
        "repeats",
        f"{many(len(repeats.steps), 'step')} of {len(one.alignment.steps):,}, {repeats.share:.0%} of its words",
    )
    for loop in repeats.loops[:5]:
        again = f"repeat the {many(loop.period, 'step')} before them {loop.times:.1f} times"
        yield from _item("loop", f"steps {loop.first + 1}-{loop.last + 1} {again}")
    if len(repeats.loops) > 5:
        yield from _item("", f"... {len(repeats.loops) - 5:,} more loops ...")
    changes = f"{many(fold.switches, 'change')} between them"
    yield from _item(
        "by function", f"{fold.planning:.0%} plans or goes back, {fold.execution:.0%} computes or checks; {changes}"
    )


def _changes(one: Analysis) -> str:
    if not one.meter.reversals:
        return "the stated answer never changed"
    away = "from right to wrong" if one.gold else "away from the answer compared with"
    return f"the stated answer changed {many(one.meter.reversals, 'time')}, {away} {one.meter.left_right}"


def _never(one: Analysis) -> str:
    if one.gold:
        return "never: the thought nowhere states or works out the answer given with --gold"
    return "never: the thought nowhere states it or works it out"


def _item(head: str, text: str) -> Iterator[str]:
    yield from headed(f"  {head}", text, 17)


def _candidate(found: Candidate) -> str:
    how = "stated" if found.stated else "worked out"
    return f"step {found.step + 1}, {how}: {fitted(found.answer.text, 40)}"


def _answers(one: Analysis) -> Iterator[str]:
    compared = one.alignment.answer
    yield "Answer"
    if one.alignment.steps:
        yield from _item("in the thought", _answer(compared.hidden, one.right_hidden))
    yield from _item("shown", _answer(compared.exposed, one.right_exposed))
    if one.alignment.steps:
        yield from _item("compared", comparison_words(one.alignment.answer))


def _answer(answer: Answer | None, right: bool | None) -> str:
    if answer is None:
        return "none that can be read"
    verdict = "" if right is None else "; right by --gold" if right else "; wrong by --gold"
    how = {"boxed": "boxed", "said": "stated", "last number": "not stated: the last number"}[answer.how]
    return f"{fitted(answer.text, 60)}  ({how}{verdict})"
