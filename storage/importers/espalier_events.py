"""Our own events as JSON lines: the same runs again, event by event. See `storage.exporters.events_export`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import msgspec

from engine.events import Record
from engine.importing import Kept
from engine.importing_tree import DraftError
from storage.exporters.events_export import FORMAT, VERSION, RunHeader
from storage.importers.importer import LARGEST_RECORD, Head, Odd, Working
from storage.importers.rebuilt import kept_log

_MARK = f'"{FORMAT}"'.encode()
_NEAR = 1_000
"""Bytes of a line in which the mark of a header stands."""
LARGEST_LOG = 2_000_000_000
"""Bytes of the events of one run, all of which are in memory before it is written down."""


class _Events:
    """One run for each header; a line that cannot be read ends its run, for an event builds on those before it."""

    name = "espalier-events"
    title = "Espalier's events"

    def recognises(self, head: Head) -> float:
        record = head.record
        return float(isinstance(record, dict) and record.get("format") == FORMAT)

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd | Working]:
        reading: _Reading | None = None
        for number, line in enumerate(iter(lambda: stream.readline(LARGEST_RECORD + 1), b""), 1):
            if not line.strip():
                continue
            if _MARK in line[:_NEAR] and _is_header(line):
                if reading is not None:
                    yield from reading.end()
                reading = _Reading(number)
                reading.begin(line)
            elif reading is None:
                yield Odd(number, "it is no event of a run")
            else:
                reading.add(number, line)
        if reading is not None:
            yield from reading.end()


class _Line(msgspec.Struct):
    """A line, as far as it must be known to tell a header from an event, which may hold any text."""

    format: str = ""


def _is_header(line: bytes) -> bool:
    try:
        return msgspec.json.decode(line, type=_Line).format == FORMAT
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


class _Reading:
    """A run as far as it was read."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._header: RunHeader | None = None
        self._records: list[Record] = []
        self._decoder = msgspec.json.Decoder(Record)
        self._odd: list[Odd] = []
        self._left = LARGEST_LOG

    def begin(self, line: bytes) -> None:
        try:
            header = msgspec.json.decode(line, type=RunHeader)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._odd.append(Odd(self._line, f"it is no beginning of a run ({error})"))
            return
        if header.version > VERSION:
            self._odd.append(Odd(self._line, "it was written by a newer Espalier"))
        else:
            self._header = header

    def add(self, number: int, line: bytes) -> None:
        if self._header is None or self._odd:
            return
        self._left -= len(line)
        if self._left < 0:
            self._odd.append(Odd(number, f"its run takes more than {LARGEST_LOG // 1_000_000:,} MB: it ends here"))
            return
        try:
            self._records.append(self._decoder.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._odd.append(Odd(number, f"it is no event ({error}), and what follows builds on it"))

    def end(self) -> Iterator[Kept | Odd | Working]:
        """The run, as far as it could be read, and what was odd."""
        header, count = self._header, len(self._records)
        if header is not None and count < header.events and not self._odd:
            self._odd.append(Odd(self._line, f"the file is cut off: {count:,} of {header.events:,} events are there"))
        yield from self._odd
        if header is not None:
            try:
                yield (yield from kept_log(header.plan, self._records))
            except DraftError as error:
                yield Odd(self._line, f"the run that begins here cannot be read: {error}")


ESPALIER_EVENTS = _Events()
