"""Chats of every dialect, a conversation or reply in each record, and whatever else shows a single trace.

OpenAI messages, ShareGPT, prompt and completion, replies and batches of every server: engine.traces knows their forms.
Each assistant's turn is a run. A text, a recorded stream or one reply is read whole: it is one trace.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO

from engine.importing import LONGEST_NAME, Kept, Origin, kept
from engine.importing_tree import told
from engine.traces.files import JSON_BEGINS, FileError, is_piece, read_file, replies_in
from engine.traces.reading import Reading
from engine.traces.servers import Source
from storage.importers.importer import ForeignFileError, Head, Odd
from storage.importers.json_values import values_of

_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|graphml|gexf|svg)", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = (b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3", b"%PDF", b"\x89PNG")
_WHOLE = ("messages", "conversations", "conversation", "contents", "choices", "candidates", "response", "output",
          "completion", "generation", "stop_reason")  # fmt: skip
"""A record with one of these is whole; a bare message or a piece of a stream is part of one."""


class Chats:
    """Records that each hold a whole conversation, reply or row."""

    name = "chat"
    title = "Chat JSON"

    def recognises(self, head: Head) -> float:
        record = head.record
        if not isinstance(record, dict) or is_piece(record) or not any(name in record for name in _WHOLE):
            return 0.0
        return 0.5 if replies_in("", record, Source()) else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        short = source[: LONGEST_NAME - 40]
        for one in values_of(stream):
            if isinstance(one, Odd):
                yield one
                continue
            number, record = one
            found = replies_in(f"{short}, line {number}", record, Source())
            if not found:
                yield Odd(number, "nobody says anything in it that is known")
            more = told(record, "id", "source", "dataset") if isinstance(record, dict) else {}
            for reading in found:
                yield from _runs(reading, number, {"format": self.title, **more})


class Traces:
    """A text, a recorded stream or one reply: anything that shows what a model wrote."""

    name = "trace"
    title = "Trace"

    def recognises(self, head: Head) -> float:
        if head.record is not None:
            return 0.3 if is_piece(head.record) or replies_in("", head.record, Source()) else 0.0
        return 0.05 if _is_text(head.start) else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        try:
            found = read_file(source, stream, Source())
        except FileError as error:
            raise ForeignFileError(str(error)) from error
        for number, reading in enumerate(found, 1):
            yield from _runs(reading, number, {"format": reading.read_as})


def _runs(reading: Reading, number: int, words: dict[str, str]) -> Iterator[Kept | Odd]:
    trace = reading.trace
    is_run = bool(trace.text.strip() or trace.opaque)
    for odd in filter(None, (reading.error, reading.note)):
        yield Odd(number, odd.removesuffix("."), is_kept=is_run)
    if is_run:
        yield kept(trace, Origin(reading.name, reading.question, reading.answer, reading.model), words)


def _is_text(start: bytes) -> bool:
    """Whether a file that begins so is no more than text. What looks like JSON is not."""
    if not start.strip() or start.startswith(_NOT_TEXT) or _MARKUP.match(start):
        return False
    is_wide = start.startswith(_WIDE)
    try:
        text = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")().decode(start)
    except UnicodeDecodeError:
        return False
    looks_like_json = text.lstrip().startswith(("{", "[")) if is_wide else JSON_BEGINS.match(text.lstrip()) is not None
    return not looks_like_json and "\0" not in text


CHATS, TRACES = Chats(), Traces()
