"""Importers of trees: every record of a file is a run, with what was guessed in it. Knows no format.

A format gives `sure`, and `read`, which makes a run of a record or raises RecordError or DraftError with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import IO, Any

from engine.events import Scale
from engine.importing import LONGEST_NAME, Kept
from engine.importing_tree import DraftError
from storage.importers.importer import DEEPEST_TREE, Head, Odd
from storage.importers.json_values import values_of
from storage.importers.records import RecordError

LARGEST = 1e15
"""Beyond it a value of a file is no number: sums of such lose their digits, or overflow."""
MOST_KINDS = 1_000
"""Sentences that are counted."""


@dataclass(slots=True)
class Place:
    """Where a record stands, and what is to be said of it."""

    source: str
    """The file."""
    name: str
    """The file and the number of the record: what a run is called that has no better name."""
    before: Any = None
    """The record before it; None for the first one."""
    is_first: bool = True
    """Whether no run came of the file yet: what is true of all of it is said once."""
    odd: list[str] = field(default_factory=list)
    """What was guessed or left out, as sentences without their end, how often at the end after a colon."""


class Told:
    """What was said of the records of a file: the first one says it, what is the same in later ones is counted."""

    def __init__(self) -> None:
        self._more: dict[str, tuple[int, int]] = {}
        """In how many more records, and how often there."""

    def of(self, number: int, what: str) -> Iterator[Odd]:
        """A sentence of a record, unless one before it said the same."""
        kind, times = _counted(what)
        if kind in self._more:
            records, before = self._more[kind]
            self._more[kind] = records + 1, before + times
            return
        if len(self._more) < MOST_KINDS:
            self._more[kind] = 0, 0
        yield Odd(number, what, is_kept=True)

    def rest(self, last: int) -> Iterator[Odd]:
        """What was counted, once the record number `last` was the last one."""
        for kind, (records, times) in self._more.items():
            if records:
                how_often = f": {times:,} more" if times else ": the same"
                yield Odd(last, f"{kind}{how_often} in {records:,} other records up to here", is_kept=True)


def _counted(what: str) -> tuple[str, int]:
    """A sentence without the number at its end, and that number; 0 where it has none."""
    kind, _, times = what.rpartition(": ")
    digits = times.replace(",", "")
    return (kind, int(digits)) if digits.isdecimal() and len(digits) < 16 else (what, 0)


@dataclass(frozen=True, slots=True)
class TreeImporter:
    """One such format."""

    name: str
    title: str
    sure: Callable[[Any], float]
    """How surely a file whose first record this is has the format."""
    read: Callable[[Any, Place], Kept]

    def recognises(self, head: Head) -> float:
        return self.sure(head.record)

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        before, is_first, number, told = None, True, 0, Told()
        for one in values_of(stream, DEEPEST_TREE):
            if isinstance(one, Odd):
                yield one
                continue
            number, record = one
            place = Place(source, f"{source[: LONGEST_NAME - 20]}, record {number}", before, is_first)
            try:
                run = self.read(record, place)
            except (RecordError, DraftError) as error:
                yield Odd(number, str(error))
            else:
                for what in place.odd:
                    yield from told.of(number, what)
                yield run
                is_first = False
            before = record
        yield from told.rest(number)


def words(value: Any) -> str:
    """A text, or a number as one, without the blanks around it; empty for anything else."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def first_words(record: Mapping[str, Any], *keys: str) -> str:
    """Those of the first of these keys that has any."""
    return next((found for key in keys if (found := words(record.get(key)))), "")


def number(value: Any) -> float | None:
    """A number as a float; None for what is none, or not finite, or beyond LARGEST."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
        return None
    return float(value) if isfinite(value) else None


def count(value: Any) -> int | None:
    """A whole number from 0; None for what is none. Some write 3.0."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def share(value: Any) -> float | None:
    """A number in [0, 1], such as a prior; None for what is none."""
    found = number(value)
    return found if found is not None and 0.0 <= found <= 1.0 else None


def scale_of(values: Iterable[float], words: str) -> Scale:
    """From the least to the greatest value that was seen; [0, 1] where all lie in it. `words` say what they are."""
    seen = tuple(values)
    if not seen:
        return Scale()
    low, high = min(seen), max(seen)
    return Scale(0.0, 1.0, words) if low >= 0 and high <= 1 else Scale(low, high, words)
