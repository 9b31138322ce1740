"""Parts of one reply in the order they came, whatever the server, and the trace they make. Knows no server's format."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec.structs import replace

from engine.traces.spans import CutOff, Kind, Opaque, Span, Thinking, Trace, What
from engine.traces.splitter import LENGTH_REASONS

UNREADABLE: tuple[What, ...] = ("redacted", "encrypted")
BROKEN = "broken"
"""The reason of a reply whose stream ended before it said why."""

Split = Callable[[str], Trace]


class News(NamedTuple):
    """A piece of text of a reply, as it came: a thought in tags is told as exposed text, the trace knows better."""

    choice: int
    kind: Kind
    text: str


@dataclass(slots=True)
class _Part:
    kind: Kind
    what: What | None
    """Set for a part that cannot be read."""
    texts: list[str] = field(default_factory=list)


class Reply:
    """One reply while it is read: one choice of a server's answer."""

    def __init__(self, choice: int, news: list[News]) -> None:
        self.choice = choice
        self.reason = ""
        """Why it ended, in the server's word."""
        self.tokens: int | None = None
        """How many tokens the thought took, if the server tells."""
        self.source = ""
        """Which field or kind of block brought the thought."""
        self.has_tags = False
        """Its exposed text may hold a thought in tags."""
        self._news = news
        self._parts: dict[Hashable, _Part] = {}
        self._last: Hashable = None

    def add(self, kind: Kind, text: str, key: Hashable = None) -> None:
        """More text of the part `key`; without a key, of the last part, or of a new one if that is of another kind.

        A key that a part of another kind has counts as none: some servers number every block 0, and an answer must not
        be taken for a thought.
        """
        if not text:
            return
        known = self._parts.get(key)
        if key is None or (known is not None and known.kind != kind):
            last = self._parts.get(self._last)
            same = last is not None and last.kind == kind and isinstance(self._last, int)
            key = self._last if same else len(self._parts)
        part = self._parts.setdefault(key, _Part(kind, None))
        part.texts.append(text)
        self._last = key
        self._news.append(News(self.choice, part.kind, text))

    def fill(self, kind: Kind, text: str, key: Hashable) -> None:
        """The whole text of a part: nothing if its pieces came already."""
        if key not in self._parts:
            self.add(kind, text, key)

    def hide(self, what: What, data: str, key: Hashable = None, *, once: bool = False) -> None:
        """More of a part that cannot be read; all of it, if `once`, which is told again and again."""
        if data and not (once and key in self._parts):
            known = self._parts.get(key)
            if key is None or (known is not None and known.what is None):
                key = ("opaque", len(self._parts))
            self._parts.setdefault(key, _Part("redacted", what)).texts.append(data)
            self._last = None

    def trace(self, split: Split) -> Trace:
        """The trace; `split` cuts a text that may hold a thought in tags."""
        self._signed_for_nothing()
        parts = self._in_order()
        exposed = next((part for part in parts if part.kind == "exposed"), None)
        inner = split("".join(exposed.texts)) if exposed and self.has_tags else None
        if inner is not None and not self._tags_count(inner, parts):
            inner = None
        if inner is not None and inner.of("hidden").strip():  # in tags and in a field: one of the two is enough
            parts = [part for part in parts if part.kind != "hidden"]
        texts: list[str] = []
        spans: list[Span] = []
        opaque: list[Opaque] = []
        offset = 0
        for part in parts:
            text = "".join(part.texts)
            if part.what is not None:
                opaque.append(Opaque.of(part.what, text, None, offset))
                if part.what != "signature":
                    spans.append(Span("redacted", offset, offset))
                continue
            cut = inner.spans if inner is not None and part is exposed else (Span(part.kind, 0, len(text)),)
            spans += [Span(span.kind, span.start + offset, span.end + offset) for span in cut]
            texts.append(text)
            offset += len(text)
        return self._told(Trace("".join(texts), tuple(spans), "", "", opaque=tuple(opaque)), inner)

    def _signed_for_nothing(self) -> None:
        """A signature without its thought stands for it: the server left the thought out (Anthropic, `omitted`)."""
        for key, part in self._parts.items():
            match key:
                case (int(block), 1) if part.what == "signature" and (block,) not in self._parts:
                    part.what = "encrypted"

    def _in_order(self) -> list[_Part]:
        """As they came; by their keys where each has a place in the server's answer."""
        keys: list[Any] = list(self._parts)
        if keys and all(isinstance(key, tuple) and all(isinstance(n, int) for n in key) for key in keys):
            keys.sort()
        return [self._parts[key] for key in keys]

    def _tags_count(self, inner: Trace, parts: list[_Part]) -> bool:
        """Whether the tags in exposed text are meant: not beside a thought in a field, unless it is the same thought.

        Nor is a text without any tag a thought because its format opens thoughts in the prompt: it would have been cut.
        """
        if inner.of("hidden") and not inner.of("tag") and not self._is_cut():
            return False
        hidden = "".join(text for part in parts if part.kind == "hidden" for text in part.texts).strip()
        return not hidden or hidden == inner.of("hidden").strip()

    def _told(self, trace: Trace, inner: Trace | None) -> Trace:
        """With the words about it."""
        read = bool(trace.of("hidden").strip())
        empty = inner is not None and inner.thinking == "off"  # the tokens were its tags
        if self.tokens and not read and not empty:
            trace = _counted(trace, self.tokens)
        thinking: Thinking = "unknown"
        if read or trace.of("summary").strip() or trace.opaque:
            thinking = "on"
        elif self.tokens == 0:
            thinking = "off"
        elif inner is not None:
            thinking = inner.thinking
        cut_off = "hidden" if inner is not None and inner.cut_off == "hidden" else self._cut_off(trace)
        tagged = inner if inner is not None and (inner.of("tag") or inner.of("hidden")) else None
        return replace(
            trace,
            how=self._how(trace, inner, tagged, cut_off),
            splitter=tagged.splitter if tagged is not None else self.source or "content",
            cut_off=cut_off,
            thinking=thinking,
        )

    def _is_cut(self) -> bool:
        return self.reason in LENGTH_REASONS or self.reason == BROKEN

    def _cut_off(self, trace: Trace) -> CutOff:
        if not self._is_cut():
            return ""
        said = [span.kind for span in trace.spans if span.kind != "tag" and trace.text[span.start : span.end].strip()]
        shown = "exposed" in said or "tool" in said
        return "exposed" if shown and said[-1] not in ("hidden", "summary") else "hidden"

    def _how(self, trace: Trace, inner: Trace | None, tagged: Trace | None, cut_off: CutOff) -> str:
        ends = "; cut off while thinking" if cut_off == "hidden" else ""
        if tagged is not None:
            twice = f"the server sent the thought twice, as {self.source} and in tags; " if self.source else ""
            return f"{twice}{tagged.how}"
        if self.source:
            return f"the server marked the thought: {self.source}{ends}"
        if self.tokens:
            return f"the server tells only how many tokens the thought took{ends}"
        if inner is not None:
            return f"{inner.how}{ends}"
        return f"the server sent no {'thought' if trace.text else 'text'}{ends}"


def _counted(trace: Trace, tokens: int) -> Trace:
    """With the number of tokens at the one part that cannot be read, or in the place of a thought that was not sent."""
    unreadable = [place for place, one in enumerate(trace.opaque) if one.what in UNREADABLE]
    if not unreadable:
        spans = (Span("redacted", 0, 0), *trace.spans)
        return replace(trace, spans=spans, opaque=(Opaque("count", "", 0, tokens), *trace.opaque))
    if len(unreadable) > 1:
        return trace
    told = list(trace.opaque)
    told[unreadable[0]] = replace(told[unreadable[0]], tokens=tokens)
    return replace(trace, opaque=tuple(told))
