"""A log that is handed to the engine in parcels: no frame gets too large, and neither end is held up. Pure.

The choices of selections stay behind: no search looks at those of the past, and they are most of a long log.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from engine.commands import ReadOn, ResumeRun
from engine.events import Record, Selected, encode_event

MOST_EVENTS = 1_000
MOST_BYTES = 1 << 20
"""Written as JSON; a single event may be larger."""

Parcels: TypeAlias = Generator[ResumeRun | ReadOn, None, None]


def in_parcels(whole: ResumeRun) -> Parcels:
    """The same wish as commands of a handy size, to be sent in this order. The end of the run answers the first."""
    records = whole.records
    parcel = _parcel(records, 0)
    end = len(parcel)
    yield replace(whole, records=parcel, more=end < len(records))
    while end < len(records):
        parcel = _parcel(records, end)
        end += len(parcel)
        yield ReadOn(whole.run, parcel, end < len(records))


def _parcel(records: Sequence[Record], begin: int) -> tuple[Record, ...]:
    """The records from here on that are sent together: one at least, if there is any."""
    parcel: list[Record] = []
    size = 0
    for record in map(_lean, records[begin : begin + MOST_EVENTS]):
        size += len(encode_event(record.event))
        if parcel and size > MOST_BYTES:
            break
        parcel.append(record)
    return tuple(parcel)


def _lean(record: Record) -> Record:
    match record.event:
        case Selected(iteration, leaf, path, formula):
            return Record(record.run, record.seq, record.at, Selected(iteration, leaf, path, formula, ()))
    return record
