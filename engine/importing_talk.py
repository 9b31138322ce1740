"""What was said in a log of others, message by message, as the log of a run: a chain, or a tree with branches. Pure.

    talk = Talk()
    asked = talk.say(None, outside("a tool's answer"))
    reply = talk.say(asked, trace)                       # a Trace of engine.traces: hidden, exposed, tool
    talk.judge(Judgement(reply, "quality", 7.5, "clear"))
    kept = talk.kept(Origin("a.eval, sample 1", question), told, end=reply)

Numbers stay on the scale of who gave them. Knows no format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import astuple, replace

from engine.events import ROOT, Cost, NodeId, Scale, TraceRead
from engine.importing import MOST_STEPS, Kept, Origin, steps_of
from engine.importing_tree import LINE_END, MOST_LEVELS, DraftError, Step, TreeDraft
from engine.traces.answers import last_answer
from engine.traces.spans import Opaque, Span, Trace, joined, without_halves

MOST_MESSAGES = 20_000
LONGEST_WORDS = 1_000
"""Characters of what a judge says."""
MOST_PARTS = 1_000_000
"""Parts of all traces together: each branch says again what leads to it."""


class Judgement(NamedTuple):
    """A number that somebody gave a message, and why."""

    message: int
    by: str
    value: float
    words: str = ""


class _Message(NamedTuple):
    before: int | None
    trace: Trace
    cost: Cost


class _End(NamedTuple):
    """Where a message ends in the tree, and what it adds to the trace down to there."""

    node: NodeId = ROOT
    depth: int = 0
    size: int = 0
    parts: int = 0
    """Spans and opaque parts of the whole trace."""
    before: _End | None = None
    spans: tuple[Span, ...] = ()
    opaque: tuple[Opaque, ...] = ()

    def trace(self) -> list[_End]:
        """This and all before it, from the beginning on."""
        found, at = [], self
        while at.before is not None:
            found.append(at)
            at = at.before
        return found[::-1]


def outside(text: str) -> Trace:
    """What the model did not write: a tool's answer, a later word of the user."""
    return Trace(text, (Span("tool", 0, len(text)),) if text else (), "", "")


class Talk:
    """Messages as they are told, each below the one that it follows."""

    def __init__(self) -> None:
        self._messages: list[_Message] = []
        self._judgements: list[Judgement] = []
        self.left_out = 0
        """Messages that lie too deep to be shown, once the run is made."""

    def say(self, before: int | None, trace: Trace, cost: Cost = Cost()) -> int:  # noqa: B008 - frozen
        """A message behind another one, None: at the beginning; its number. Raises DraftError."""
        if len(self._messages) >= MOST_MESSAGES:
            raise DraftError(f"it has more than {MOST_MESSAGES:,} messages")
        self._messages.append(_Message(before, _closed(trace), cost))
        return len(self._messages) - 1

    def judge(self, said: Judgement) -> None:
        self._judgements.append(said)

    def kept(
        self,
        origin: Origin,
        told: Mapping[str, str],
        end: int | None = None,
        answer: str | None = None,
        correct: bool | None = None,
        verdict: str = "",
    ) -> Kept:
        """The run. `end` is the message that it came to, else the last one, in which the answer is read where none is
        given. Raises DraftError where there is no text."""
        scale = _scale(self._judgements)
        draft = TreeDraft(
            origin.name, origin.question, answer=origin.answer, model=origin.model, scale=scale, told=told
        )
        ends = self._grow(draft)
        leaves = self._leaves(ends)
        if sum(leaf.parts for leaf in leaves) > MOST_PARTS:
            raise DraftError(f"its branches have more than {MOST_PARTS:,} parts together, and so many cannot be shown")
        for one in leaves:
            draft.add(_read(one, origin, self._sources()))
        _score(draft, self._judgements, ends)
        end = len(ends) - 1 if end is None else end
        if answer is None and ends:
            found = last_answer(self._messages[end].trace.of("exposed"))
            answer = None if found is None else found.text
        chosen = ends[end].node if ends else ROOT
        return draft.finish(chosen or None, answer, correct, verdict, f"The log was read from {origin.name}.")

    def _grow(self, draft: TreeDraft) -> list[_End]:
        """The steps of all messages; where each ends."""
        ends: list[_End] = []
        most = max(1, MOST_STEPS // max(1, len(self._messages)))
        for message in self._messages:
            start = _End() if message.before is None else ends[message.before]
            steps = steps_of(message.trace, most)
            fits = start.depth + len(steps) <= MOST_LEVELS
            self.left_out += not fits
            ends.append(_said(draft, start, message, steps) if fits else start)
        return ends

    def _leaves(self, ends: Sequence[_End]) -> list[_End]:
        """The ends of traces."""
        last = {end.node: end for end in ends}
        inner = {
            start
            for end, message in zip(ends, self._messages, strict=True)
            if message.before is not None and (start := ends[message.before].node) != end.node
        }
        return [end for node, end in last.items() if node not in inner and node != ROOT]

    def _sources(self) -> str:
        """The names of what found the spans."""
        return ", ".join(sorted({message.trace.splitter for message in self._messages} - {""}))


def _closed(trace: Trace) -> Trace:
    """With a line end, which keeps it apart from what follows; what is empty stays so."""
    if not trace.text or trace.text.endswith(LINE_END):
        return trace
    old = len(trace.text)
    last = max(place for place, span in enumerate(trace.spans) if span.start < span.end)
    spans = [
        replace(span, start=span.start + (place > last), end=span.end + (place >= last))
        for place, span in enumerate(trace.spans)
    ]
    opaque = tuple(replace(part, at=part.at + (part.at == old)) for part in trace.opaque)
    return replace(trace, text=trace.text + LINE_END, spans=tuple(spans), opaque=opaque)


def _said(draft: TreeDraft, start: _End, message: _Message, steps: Sequence[tuple[str, str]]) -> _End:
    """The message's steps, one below the other."""
    node, trace = start.node, message.trace
    for number, (text, kind) in enumerate(steps):
        cost = Cost() if number else message.cost
        step = Step(text, hidden=kind == "hidden", goes_on=True)
        (node,) = draft.expand(node, [step], cost)
    at = start.size
    spans = tuple([replace(span, start=span.start + at, end=span.end + at) for span in trace.spans])
    opaque = tuple([replace(part, at=part.at + at) for part in trace.opaque])
    parts = start.parts + len(spans) + len(opaque)
    return _End(node, start.depth + len(steps), at + len(trace.text), parts, start, spans, opaque)


def _read(end: _End, origin: Origin, splitter: str) -> TraceRead:
    said = end.trace()
    spans = [span for one in said for span in one.spans]
    opaque = [part for one in said for part in one.opaque]
    has_thought = bool(opaque) or any(span.kind == "hidden" for span in spans)
    return TraceRead(
        node=end.node,
        name=without_halves(origin.name),
        how="the log says what each part is",
        splitter=without_halves(splitter),
        spans=tuple((span.kind, span.start, span.end) for span in joined(spans)),
        thinking="on" if has_thought else "unknown",
        opaque=tuple(astuple(part) for part in opaque),
        answer=without_halves(origin.answer),
    )


def _scale(judgements: Sequence[Judgement]) -> Scale:
    """[0, 1] where all numbers lie in it, else from the least to the greatest of the first judge."""
    if all(0 <= one.value <= 1 for one in judgements):
        return Scale()
    first = judgements[0].by
    own = [one.value for one in judgements if one.by == first]
    return Scale(min(0.0, *own), max(0.0, *own), f"{without_halves(first)}, on its own scale")


def _score(draft: TreeDraft, judgements: Sequence[Judgement], ends: Sequence[_End]) -> None:
    """Numbers as scores where all are of one scale; else those of the first judge, and the others' beside them."""
    said: dict[NodeId, list[Judgement]] = {}
    for one in judgements:
        said.setdefault(ends[one.message].node, []).append(one)
    is_one = all(0 <= one.value <= 1 for one in judgements)
    for node in sorted(said.keys() - {ROOT}):
        own = [one for one in said[node] if is_one or one.by == judgements[0].by]
        others = [one for one in said[node] if one not in own]
        channels = {node: tuple((without_halves(one.by), one.value) for one in others)}
        for one in own:
            draft.score([(node, one.value)], "code", one.by, {node: one.words[:LONGEST_WORDS]}, channels)
            channels = {}
        if words := "\n".join(_in_words(one) for one in others if one.words or not own):
            draft.note(node, words)


def _in_words(one: Judgement) -> str:
    """What has no place beside a score."""
    return f"{one.by}: {one.value:g}{f' ({one.words[:LONGEST_WORDS]})' if one.words else ''}"
