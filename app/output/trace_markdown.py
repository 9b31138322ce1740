"""A trace as a report in Markdown: what is hidden against what is exposed. For files, mail and `espalier trace`.

Works nothing out. Steps are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from app.language import mark, tr
from app.output.markdown import escaped, fenced, table
from app.words.functions import function_words, kind_words
from app.words.trace import (
    agreement_words,
    answer_words,
    cut_off_words,
    many,
    meter_lines,
    opaque_words,
    thinking_words,
)
from engine.traces.alignment import Aligned, Mark
from engine.traces.analysis import Analysis
from engine.traces.claims import ClaimKind
from engine.traces.linking import Link
from engine.traces.spans import Kind, Trace

MOST_STEPS_NAMED = 5
"""Of the steps behind one claim."""

_MARKS: dict[Mark, str] = {
    "supported": mark("supported"),
    "only exposed": mark("only exposed"),
    "contradicted": mark("CONTRADICTED"),
}
_KINDS: dict[ClaimKind, str] = {"text": mark("sentence"), "equation": mark("equation"), "number": mark("number")}


def trace_markdown(name: str, trace: Trace, found: Analysis, tokens: int | None = None, reason: str = "") -> str:
    """The whole report. `tokens`: of the thought, where known; `reason`: why it ended, in the server's word."""
    parts = [f"# {tr('Hidden and exposed')}: {escaped(name)}", _facts(trace, found, tokens, reason)]
    if found.alignment.steps:
        parts += [f"## {tr('Overthinking')}", table((tr("What"), tr("Found")), _meter(found))]
    if found.alignment.claims and found.alignment.steps:
        parts += [f"## {tr('Exposed claims')}", _counts(found), _claims(trace, found)]
    if found.alignment.only_hidden:
        parts += [f"## {tr('Only hidden')}", _only_hidden(trace, found)]
    if found.alignment.steps:
        parts += [f"## {tr('Hidden steps')}", _steps(trace, found)]
    for kind in ("summary", "exposed"):
        if text := trace.of(kind):
            parts += [f"## {kind_words(kind).capitalize()}", fenced(text)]
    return "\n\n".join([*parts, f"*{escaped(_method(found))}*"]) + "\n"


def claim_markdown(trace: Trace, found: Analysis, entry: Aligned) -> str:
    """One claim and the hidden steps that it is linked with."""
    head = f"**{tr(_MARKS[entry.mark])}** ({escaped(entry.why)}): {escaped(_claim_text(trace, entry))}"
    lines = [head, ""]
    for words, links in ((tr("supported by"), entry.links), (tr("against"), entry.against)):
        for link in links:
            step = found.alignment.steps[link.step]
            lines.append(f"- {words} {_number(link)}: {escaped(trace.text[step.start : step.end])}")
    return "\n".join(lines).rstrip() + "\n"


def _facts(trace: Trace, found: Analysis, tokens: int | None, reason: str) -> str:
    rows = [
        (tr("Split by"), trace.how),
        (tr("Thinking"), thinking_words(trace)),
        (tr("Cut off"), cut_off_words(trace, reason)),
        *((kind_words(kind).capitalize(), words) for kind, words in _sizes(trace, found, tokens)),
        *((tr("Opaque"), opaque_words(part)) for part in trace.opaque),
    ]
    compared = found.alignment.answer
    if found.alignment.steps:
        rows.append((tr("Answer in the thought"), answer_words(compared.hidden, found.right_hidden)))
    rows.append((tr("Answer shown"), answer_words(compared.exposed, found.right_exposed)))
    if found.alignment.steps:
        rows.append((tr("Compared"), f"{agreement_words(compared)}; {compared.how}"))
    return table((tr("What"), tr("Found")), rows)


def _sizes(trace: Trace, found: Analysis, tokens: int | None) -> Iterator[tuple[Kind, str]]:
    for kind in get_args(Kind):
        size = sum(span.end - span.start for span in trace.spans if span.kind == kind)
        said = [many(size, "character")]
        if kind == "hidden":
            said.append(many(len(found.alignment.steps), "step"))
            said += [many(tokens, "token")] if tokens is not None else []
        if kind == "exposed":
            said.append(many(len(found.alignment.sentences), "sentence"))
        if size:
            yield kind, ", ".join(said)


def _meter(found: Analysis) -> Sequence[tuple[str, str]]:
    steps = len(found.alignment.steps)
    shares = sorted(found.functions.items(), key=lambda entry: -entry[1])
    functions = ", ".join(
        f"{function_words(name) if name else tr('no function')} {share:.0%}" for name, share in shares
    )
    return [*meter_lines(found.meter, found.repeats, found.fold, steps), (tr("Functions"), functions)]


def _counts(found: Analysis) -> str:
    counts = found.alignment.count
    rows = ((tr(words), *(f"{counts(each, kind):,}" for each in _MARKS)) for kind, words in _KINDS.items())
    return table(("", *map(tr, _MARKS.values())), rows)


def _claims(trace: Trace, found: Analysis) -> str:
    rows = (
        (tr(_MARKS[entry.mark]), tr(_KINDS[entry.claim.kind]), _claim_text(trace, entry), _behind(entry), entry.why)
        for entry in found.alignment.claims
    )
    return table((tr("Mark"), tr("Kind"), tr("Claim"), tr("Hidden steps"), tr("Why")), rows)


def _claim_text(trace: Trace, entry: Aligned) -> str:
    return trace.text[entry.claim.start : entry.claim.end]


def _behind(entry: Aligned) -> str:
    """`3, 7` for support, `against 4` for what says otherwise."""
    said = [", ".join(map(_number, entry.links[:MOST_STEPS_NAMED]))] if entry.links else []
    if entry.against:
        named = ", ".join(map(_number, entry.against[:MOST_STEPS_NAMED]))
        said.append(tr("against {steps}").format(steps=named))
    return "; ".join(said)


def _number(link: Link) -> str:
    return f"{link.step + 1}"


def _only_hidden(trace: Trace, found: Analysis) -> str:
    steps = found.alignment.steps
    rows = (
        (f"{one.step + 1}", trace.text[steps[one.step].start : steps[one.step].end])
        for one in found.alignment.only_hidden
    )
    return table((tr("Step"), tr("Text")), rows)


def _steps(trace: Trace, found: Analysis) -> str:
    again = {entry.step: entry.of for entry in found.repeats.steps}
    rows = []
    for number, (step, tag) in enumerate(zip(found.alignment.steps, found.labels, strict=True)):
        function = function_words(tag.function) if tag.function else ""
        hand = tr("{function} (by hand)").format(function=function or "–") if tag.by == "person" else function
        said = tr("again {step}").format(step=again[number] + 1) if number in again else ""
        rows.append((f"{number + 1}", hand, said, trace.text[step.start : step.end]))
    return table((tr("Step"), tr("Function"), tr("Said before"), tr("Text")), rows)


def _method(found: Analysis) -> str:
    return tr("{how}. Functions are guesses by rules over English words.").format(how=found.alignment.how)
