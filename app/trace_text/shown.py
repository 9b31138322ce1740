"""A trace and what was found in it as pieces, marks and links to look at. Pure; may be done in slices.

Numbers and equations of the answer are underlined by what the thought says of them; whole sentences only where the
thought does not support them, since a page of underlined text tells nothing. Hidden steps whose results are not shown
are underlined too.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from app.trace_text.text import Link, Mark, MarkKind, Piece, TraceText
from engine.traces.alignment import Aligned
from engine.traces.analysis import Analysis
from engine.traces.functions import Label
from engine.traces.spans import Trace
from engine.traces.steps import Step

YIELD_EVERY = 500
"""Values between two chances to stop."""


class Shown(NamedTuple):
    """Everything that views of one trace need."""

    trace: Trace
    analysis: Analysis
    text: TraceText
    links: tuple[Link, ...]
    step_pieces: tuple[int, ...]
    """The number of the piece of every hidden step."""
    sentence_pieces: tuple[int, ...]
    """The same of exposed sentences."""


def show(trace: Trace, analysis: Analysis) -> Generator[None, None, Shown]:
    """Yields now and then, and returns what is to be shown."""
    pieces: list[Piece] = []
    step_pieces: list[int] = []
    sentence_pieces: list[int] = []
    for piece in _pieces(trace, analysis):
        if piece.group == "hidden":
            step_pieces.append(len(pieces))
        elif piece.group == "exposed":
            sentence_pieces.append(len(pieces))
        pieces.append(piece)
        if len(pieces) % YIELD_EVERY == 0:
            yield
    marks: list[Mark] = []
    links: dict[tuple[int, int], MarkKind] = {}
    for number, entry in enumerate(analysis.alignment.claims):
        marks.extend(_marks(entry))
        for step, kind in _links(entry):
            place = step_pieces[step], sentence_pieces[entry.claim.sentence]
            links[place] = kind if kind == "contradicted" else links.get(place, kind)
        if number % YIELD_EVERY == 0:
            yield
    for number, unshown in enumerate(analysis.alignment.only_hidden):
        start, end = analysis.alignment.steps[unshown.step]
        marks.append(Mark(start, end, "only hidden"))
        if number % YIELD_EVERY == 0:
            yield
    yield
    text = TraceText(trace.text, pieces, marks)
    yield
    linked = tuple(Link(one, other, kind) for (one, other), kind in links.items())
    return Shown(trace, analysis, text, linked, tuple(step_pieces), tuple(sentence_pieces))


def show_at_once(trace: Trace, analysis: Analysis) -> Shown:
    """The same, of a short trace."""
    work = show(trace, analysis)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Shown = end.value
            return found


def _pieces(trace: Trace, analysis: Analysis) -> Iterator[Piece]:
    """Hidden spans by their steps, exposed ones by their sentences, others whole; blanks between them in no piece."""
    hidden = _steps(trace.text, analysis.alignment.steps, analysis.labels)
    exposed = _sentences(trace.text, analysis.alignment.sentences)
    for span in trace.spans:
        if span.start >= span.end:
            continue
        if span.kind not in ("hidden", "exposed"):
            yield Piece(span.start, span.end, span.kind)
            continue
        own = hidden if span.kind == "hidden" else exposed
        for piece in own:
            yield piece
            if piece.end >= span.end:
                break


def _steps(text: str, steps: Sequence[Step], labels: Sequence[Label]) -> Iterator[Piece]:
    for number, (step, label) in enumerate(zip(steps, labels, strict=True), 1):
        yield Piece(_begin(text, step), step.end, "hidden", label.function, number, label.by == "person")


def _sentences(text: str, sentences: Sequence[Step]) -> Iterator[Piece]:
    for number, sentence in enumerate(sentences, 1):
        yield Piece(_begin(text, sentence), sentence.end, "exposed", None, number)


def _begin(text: str, step: Step) -> int:
    """Behind its first blanks: those after a tag would be an empty row."""
    if not text[step.start].isspace():
        return step.start
    own = text[step.start : step.end]
    return step.start + len(own) - len(own.lstrip() or own)


def _marks(entry: Aligned) -> Iterator[Mark]:
    if entry.claim.kind != "text" or entry.mark != "supported":
        yield Mark(entry.claim.start, entry.claim.end, entry.mark, entry.why)


def _links(entry: Aligned) -> Iterator[tuple[int, MarkKind]]:
    """The step that fits a claim best, and the one that says otherwise: all of them would be a thicket."""
    for link in entry.links[:1]:
        yield link.step, "supported"
    if entry.mark == "contradicted":
        for link in entry.against[:1]:
            yield link.step, "contradicted"
