"""A trace's text, stored once, and what each part of it is: hidden, exposed, tool, tag. Values; knows no format.

Offsets count characters of `Trace.text`, not bytes. Spans are values: an edit gives a new trace, the old one is undo.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

import msgspec

Kind = Literal["hidden", "exposed", "tool", "tag", "summary", "redacted"]
"""`summary` is what a provider tells of a thought; `redacted` is the empty place of a part that cannot be read."""

CutOff = Literal["", "hidden", "exposed"]
Thinking = Literal["on", "off", "unknown"]
What = Literal["redacted", "encrypted", "signature", "count"]

READABLE: tuple[Kind, ...] = ("hidden", "exposed")
"""The kinds that a border between them can be moved by hand."""
MOVED = "moved by hand"

_HALVES = re.compile(r"[\ud800-\udfff]")


class Span(msgspec.Struct, frozen=True, gc=False):
    """What the characters [start, end) are."""

    kind: Kind
    start: int
    end: int


class Opaque(msgspec.Struct, frozen=True, gc=False):
    """A part that cannot be read: a redacted block, an encrypted thought, a signature, or a mere number of tokens."""

    what: What
    sha256: str
    """Of its UTF-8 bytes, hexadecimal; empty for a mere number of tokens."""
    size: int
    """Bytes of it; 0 for a mere number of tokens."""
    tokens: int | None
    """How many tokens the model spent on it, where the server says so of this very part."""
    at: int = 0
    """Where it stood in the trace's text; a redacted span lies there, unless it is a signature."""

    @classmethod
    def of(cls, what: What, data: str, tokens: int | None = None, at: int = 0) -> Opaque:
        """Keeps hash and size of `data` and lets the data go."""
        raw = data.encode("utf-8", "surrogatepass")
        return cls(what, hashlib.sha256(raw).hexdigest(), len(raw), tokens, at)


class Trace(msgspec.Struct, frozen=True):
    """One long chain of thought with its answer. Spans cover the text in order, without gap or overlap."""

    text: str
    spans: tuple[Span, ...]
    how: str
    """Which rule or recipe decided, in words for a person."""
    splitter: str
    """The name of what made the spans, kept because servers split the same text differently."""
    cut_off: CutOff = ""
    """In which part the text ends before its end; a thought that is not closed is cut off."""
    thinking: Thinking = "unknown"
    """`off` where the thought is an empty block, `unknown` where nothing tells."""
    opaque: tuple[Opaque, ...] = ()
    steps: tuple[int, ...] = ()
    """Where its writer's own steps end, ascending offsets; empty where it was written in one piece."""

    def of(self, kind: Kind) -> str:
        """All text of one kind."""
        return "".join([self.text[span.start : span.end] for span in self.spans if span.kind == kind])

    @property
    def borders(self) -> tuple[int, ...]:
        """Offsets at which hidden text turns into exposed text or back; tags and tools between belong to neither."""
        readable = [span for span in self.spans if span.kind in READABLE and span.start < span.end]
        return tuple(after.start for before, after in pairwise(readable) if before.kind != after.kind)

    def moved(self, to: int, border: int | None = None) -> Trace:
        """With the border between hidden and exposed at `to`: left of it lies what lay left of the old border.

        Moves `border`, one of `borders`, or the nearest; it stops at its neighbours. A trace without a border is
        divided: hidden before `to`, exposed after. Tags, tools and summaries stay what they are.
        """
        to = min(max(to, 0), len(self.text))
        borders = self.borders
        if not borders:
            return self.marked(0, to, "hidden").marked(to, len(self.text), "exposed")
        place = min(range(len(borders)), key=lambda n: abs(borders[n] - (to if border is None else border)))
        old = borders[place]
        low = borders[place - 1] if place else 0
        high = borders[place + 1] if place + 1 < len(borders) else len(self.text)
        to = min(max(to, low), high)
        right = next(span.kind for span in self.spans if span.start == old and span.kind in READABLE)
        left: Kind = "exposed" if right == "hidden" else "hidden"
        return self.marked(to, old, right) if to < old else self.marked(old, to, left)

    def marked(self, start: int, end: int, kind: Kind) -> Trace:
        """With the hidden and exposed characters of [start, end) being `kind`: hidden or exposed. A pure function."""
        cut: list[Span] = []
        for span in self.spans:
            low, high = max(span.start, start), min(span.end, end)
            if span.kind not in READABLE or low >= high:
                cut.append(span)
            else:
                pieces = (Span(span.kind, span.start, low), Span(kind, low, high), Span(span.kind, high, span.end))
                cut.extend(piece for piece in pieces if piece.start < piece.end)
        return self._by_hand(joined(cut))

    def _by_hand(self, spans: tuple[Span, ...]) -> Trace:
        before = self.how.removeprefix(f"{MOVED}; before: ")
        last = next((span.kind for span in reversed(spans) if span.kind in READABLE), "exposed")
        edited = msgspec.structs.replace(self, spans=spans, how=f"{MOVED}; before: {before}")
        return msgspec.structs.replace(
            edited,
            cut_off="" if not self.cut_off else "hidden" if last == "hidden" else "exposed",
            thinking="on" if edited.of("hidden").strip() else self.thinking,
        )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours of one kind as one span; empty places of parts that cannot be read stay."""
    kept: list[Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        if last is not None and last.kind == span.kind and last.end == span.start and span.kind != "redacted":
            kept[-1] = Span(span.kind, last.start, span.end)
        else:
            kept.append(span)
    return tuple(kept)


def without_halves(text: str) -> str:
    """Half characters, which no file and no pipe takes, as U+FFFD: offsets stay what they are."""
    try:
        text.encode()  # much faster than to look for them
    except UnicodeEncodeError:
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
    return text
