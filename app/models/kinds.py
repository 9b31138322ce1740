"""A part of a log, kind by kind: what all who make arrays of it ask is found out once. Knows no array of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from app.models.columns import Array
from engine.events import AnyEvent, Event, Record

_event, _at = attrgetter("event"), attrgetter("at")


@dataclass(frozen=True)
class Kind:
    """The events of one kind, in order, and their places in the part, shape (events,)."""

    places: Array
    events: list[Any]

    def numbers(self, name: str, dtype: npt.DTypeLike = np.int64) -> Array:
        """What they say in a field that holds a number, shape (events,). Raises OverflowError, ValueError."""
        return numbers(self.events, name, dtype)


class Part:
    """Some records that follow each other, and when they happened."""

    def __init__(self, records: Sequence[Record], first: int) -> None:
        self.records = records
        self.first = first
        """The time of the first of them."""
        self.events: list[AnyEvent] = list(map(_event, records))
        types = list(map(type, self.events))
        codes: dict[type[Event], int] = {kind: code for code, kind in enumerate(dict.fromkeys(types))}
        found = np.fromiter(map(codes.__getitem__, types), np.int16, len(types))
        self.kinds = {kind: self._kind(np.flatnonzero(found == code)) for kind, code in codes.items()}

    def times(self, kind: Kind) -> Array:
        """When its events happened, shape (events,)."""
        return kind.places + self.first

    def ats(self, kind: Kind) -> Array:
        """The same in seconds since the epoch."""
        return np.fromiter(map(_at, _those(self.records, kind.places)), np.float64, len(kind.places))

    def _kind(self, places: Array) -> Kind:
        return Kind(places, list(_those(self.events, places)))


def numbers(events: Sequence[Any], name: str, dtype: npt.DTypeLike = np.int64) -> Array:
    """A field that holds a number, of each of many; shape (events,). Raises OverflowError, ValueError."""
    return np.fromiter(map(attrgetter(name), events), dtype, len(events))


def _those(things: Sequence[Any], places: Array) -> Iterable[Any]:
    if len(places) > 1:
        return itemgetter(*places.tolist())(things)  # type: ignore[no-any-return]
    return [things[place] for place in places.tolist()]
