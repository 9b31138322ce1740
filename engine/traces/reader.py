"""Reads a text piece by piece through the modes of a machine. Knows no recipe, no prompt and no server.

Only a proper prefix of an awaited tag is held back, and one piece gives what many pieces give, because it is the same
code. Nothing is looked at twice but what was held back, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.traces.modes import Mode, Modes, Next
from engine.traces.reporting import Seen
from engine.traces.spans import Kind, Span

Spans = tuple[Span, ...]
NON_BLANK = re.compile(r"\S")
_QUOTES = frozenset("`'\"“‘«")


class Reader:
    """Cuts what it is fed with into spans, from the mode `start` on.

    `tag_ids`: tags that are single tokens of the model, by token id; the modes must not watch for them. They count only
    as tokens given to `feed_token`, so that a tag spelled out in code stays text.
    """

    def __init__(self, modes: Modes, start: str, tag_ids: Mapping[int, str]) -> None:
        self._modes = modes
        self._tag_ids = tag_ids
        self._parts: list[str] = []
        self._held = ""
        self._done: list[Span] = []  # all spans but the last one, which grows
        self._kind: Kind = "exposed"
        self._from = 0
        self._end = 0  # how much is told: all but what is held back
        self.seen = Seen()
        self._enter(start)
        self._plain = self._grows()

    def feed(self, piece: str) -> Spans:
        """The spans that `piece` settles. One that begins before the last one's end replaces what it covers."""
        self._parts.append(piece)
        if self._plain and piece:
            for lead in self._leads:
                if lead in piece and (self._find(piece) or _hold(piece, 0, self._mode) < len(piece)):
                    return self._read(piece)
            start = self._end
            self._end = end = start + len(piece)
            return (Span(self._kind, start, end),)
        return self._read(piece)

    def feed_token(self, piece: str, token: int) -> Spans:
        """The spans that a token settles whose text is `piece`."""
        if token not in self._tag_ids:
            return self.feed(piece)
        told = list(self._read("", last=True))
        self._parts.append(piece)
        found = self._mode.awaits.get(self._tag_ids[token])
        if found is None and self._mode.then:
            self._enter(self._mode.then)
            found = self._mode.awaits.get(self._tag_ids[token])
        self._take(self._tag_ids[token], found, self._end + len(piece), told)
        self._plain = self._grows()
        return tuple(told)

    def close(self) -> tuple[str, Spans]:
        """The text and its spans; what was held back is text. Nothing may be fed after."""
        self._read("", last=True)
        spans = (*self._done, Span(self._kind, self._from, self._end))
        return "".join(self._parts), tuple(span for span in spans if span.start < span.end)

    @property
    def held(self) -> str:
        """What is held back because it may be the beginning of a tag."""
        return self._held

    @property
    def mode(self) -> Mode:
        """What the next character belongs to, unless it begins a tag."""
        return self._mode

    def _enter(self, name: str) -> None:
        self._mode: Mode = self._modes[name]
        self._leads = self._mode.leads
        self._find = self._mode.pattern.search

    def _grows(self) -> bool:
        """Whether more text makes the last span longer, if no tag begins in it."""
        return not self._mode.then and not self._held and self._kind == self._mode.kind

    def _read(self, piece: str, last: bool = False) -> Spans:
        """Take what was held back and `piece`; hold back what may begin a tag, unless this is the `last` of it."""
        text, self._held = self._held + piece, ""
        offset = self._end  # of the text's first character
        told: list[Span] = []
        place = 0
        while place < len(text):
            mode = self._mode
            held = len(text) if last else _hold(text, place, mode)
            if mode.then:
                body = _first_non_blank(text, place)
                self._tell(mode.kind, offset + body, told)
                place = body
                if body in (held, len(text)):
                    break
                tag = mode.pattern.match(text, body)
                if tag is None:
                    self._enter(mode.then)
                    continue
            else:
                tag = mode.pattern.search(text, place)
                if tag is None or tag.start() >= held:
                    self._tell(mode.kind, offset + held, told)
                    place = held
                    break
                self._tell(mode.kind, offset + tag.start(), told)
            place = tag.end()
            self._take(tag[0], self._awaited(tag, text, mode), offset + place, told)
        self._held = text[place:]
        self._plain = self._grows()
        return tuple(told)

    def _awaited(self, tag: re.Match[str], text: str, mode: Mode) -> Next | None:
        """What the tag does; nothing if it is quoted and would turn all before it into a thought."""
        found = mode.awaits[tag[0]]
        if not found.closes_unopened:
            return found
        before = text[tag.start() - 1] if tag.start() else self._character_before(len(text))
        return None if before in _QUOTES else found

    def _character_before(self, length: int) -> str:
        """The character before the last `length` characters that were fed, or an empty text."""
        for part in reversed(self._parts):
            if length < len(part):
                return part[len(part) - 1 - length]
            length -= len(part)
        return ""

    def _take(self, tag: str, found: Next | None, end: int, told: list[Span]) -> None:
        """A tag ends at `end`: text if it does nothing here."""
        if found is None or found.is_text:
            self._tell(self._mode.kind, end, told)
        else:
            if found.closes_unopened:
                self._all_hidden(told)
            self.seen.tag(tag, self._mode, self._modes[found.mode], found)
            self._tell("tag", end, told)
        if found is not None:
            self._enter(found.mode)

    def _all_hidden(self, told: list[Span]) -> None:
        """The text so far was a thought: its exposed spans are hidden ones."""
        spans = [*self._done, Span(self._kind, self._from, self._end)]
        hidden = [Span("hidden", span.start, span.end) if span.kind == "exposed" else span for span in spans]
        self._done, grows = hidden[:-1], hidden[-1]
        self._kind, self._from = grows.kind, grows.start
        told[:] = [span for span in hidden if span.start < span.end]

    def _tell(self, kind: Kind, end: int, told: list[Span]) -> None:
        """The text up to `end` is `kind`."""
        if end == self._end:
            return
        told.append(Span(kind, self._end, end))
        if kind != self._kind:
            if self._from < self._end:
                self._done.append(Span(self._kind, self._from, self._end))
            self._kind, self._from = kind, self._end
        self._end = end


def _first_non_blank(text: str, place: int) -> int:
    """Where the first character is that is no blank; the text's end if there is none."""
    found = NON_BLANK.search(text, place)
    return found.start() if found else len(text)


def _hold(text: str, place: int, mode: Mode) -> int:
    """Where a proper prefix of an awaited tag begins with which the text ends; the text's end if with none."""
    start = max(place, len(text) - mode.longest + 1)
    first = len(text)
    for lead in mode.leads:
        found = text.find(lead, start, first)
        while found >= 0:
            if text[found:] in mode.prefixes:
                first = found
                break
            found = text.find(lead, found + 1, first)
    return first
