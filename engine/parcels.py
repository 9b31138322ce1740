"""A log that is handed to the engine in parcels: no frame gets too large, and neither end is held up. Pure.

The choices of selections stay behind: no search looks at those of the past, and they are most of a long log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.commands import ReadOn, ResumeRun
from engine.events import Expanded, Record, RolledOut, Selected

MOST_EVENTS = 1_000
MOST_BYTES = 1 << 20
"""Of steps and their token rows; a single event may be larger."""


def in_parcels(whole: ResumeRun) -> Iterator[ResumeRun | ReadOn]:
    """The same wish as commands of a handy size, to be sent in this order. The end of the run answers the first."""
    records, end = whole.records, _end_of_parcel(whole.records, 0)
    yield replace(whole, records=_lean(records[:end]), more=end < len(records))
    while end < len(records):
        begin, end = end, _end_of_parcel(records, end)
        yield ReadOn(whole.run, _lean(records[begin:end]), end < len(records))


def _end_of_parcel(records: Sequence[Record], begin: int) -> int:
    """The place behind the last record of the parcel that begins here; it has one at least, if there is any."""
    size = 0
    for place in range(begin, min(begin + MOST_EVENTS, len(records))):
        size += _size(records[place])
        if size > MOST_BYTES and place > begin:
            return place
    return min(begin + MOST_EVENTS, len(records))


def _size(record: Record) -> int:
    """About how many bytes of it may be many."""
    match record.event:
        case Expanded(children=children):
            return sum(len(child.step) + len(child.tokens) for child in children)
        case RolledOut(steps=steps):
            return sum(map(len, steps))
    return 0


def _lean(records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple([_without_choices(record) if type(record.event) is Selected else record for record in records])


def _without_choices(record: Record) -> Record:
    event = record.event
    assert isinstance(event, Selected), "nothing else has any"
    return Record(
        record.run, record.seq, record.at, Selected(event.iteration, event.leaf, event.path, event.formula, ())
    )
