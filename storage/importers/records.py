"""Importers of datasets with a record in each line: what they share. Knows no format.

A format gives `recognises`, and `read`, which makes a Rated of a record or raises RecordError with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from engine.importing import LONGEST_NAME, Kept
from engine.importing_steps import Rated, kept_steps
from engine.importing_tree import told
from storage.importers.importer import Head, Odd
from storage.importers.json_values import values_of

Record = Mapping[str, Any]
MOST_LEVELS = 1_000
"""Steps of one trace, one below the other: what walks from a node to the root takes time in its depth."""
MOST_STEPS = 10_000
"""Of one record."""
LONGEST_TOLD = 1_000
"""Characters of what a record says beside its steps."""


class RecordError(ValueError):
    """A record is not of its format; the message says why, in words that follow `line 3: `."""


@dataclass(frozen=True, slots=True)
class RecordImporter:
    """One such format."""

    name: str
    title: str
    sure: Callable[[Record], float]
    """How surely a file whose first record this is has the format."""
    read: Callable[[Record], Rated]

    def recognises(self, head: Head) -> float:
        return self.sure(head.record) if isinstance(head.record, dict) else 0.0

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd]:
        for one in values_of(stream):
            yield one if isinstance(one, Odd) else self._run(one[0], one[1], source)

    def _run(self, number: int, record: Any, source: str) -> Kept | Odd:
        try:
            if not isinstance(record, dict):
                raise RecordError("it is no JSON object")
            rated = self.read(record)
            _check_size(rated)
        except RecordError as error:
            return Odd(number, str(error))
        return kept_steps(rated, f"{source[: LONGEST_NAME - 20]}, line {number}")


def _check_size(rated: Rated) -> None:
    if not rated.levels:
        raise RecordError("it has no steps")
    if len(rated.levels) > MOST_LEVELS:
        raise RecordError(f"it has {len(rated.levels):,} steps, and {MOST_LEVELS:,} can be shown")
    if sum(len(level.given) for level in rated.levels) > MOST_STEPS:
        raise RecordError(f"it has more than {MOST_STEPS:,} completions")


def text_in(record: Record, key: str) -> str:
    """A text that must be there."""
    value = record.get(key)
    if not isinstance(value, str):
        raise RecordError(f"its {key!r} is no text" if key in record else f"it has no {key!r}")
    return value


def texts_in(record: Record, key: str) -> list[str]:
    """A list of texts that must be there."""
    value = list_in(record, key)
    if not all(isinstance(text, str) for text in value):
        raise RecordError(f"one of its {key!r} is no text")
    return value


def list_in(record: Record, key: str) -> list[Any]:
    """A list that must be there."""
    value = record.get(key)
    if not isinstance(value, list):
        raise RecordError(f"its {key!r} is no list" if key in record else f"it has no {key!r}")
    return value


def object_in(record: Record, key: str) -> dict[str, Any]:
    """An object that must be there."""
    value = record.get(key)
    if not isinstance(value, dict):
        raise RecordError(f"its {key!r} is no object" if key in record else f"it has no {key!r}")
    return value


def words_in(record: Record, key: str) -> str:
    """A text or a number that may be there, as text; empty where it is not."""
    value = record.get(key)
    return "" if isinstance(value, bool) or not isinstance(value, str | int | float) else str(value)[:LONGEST_TOLD]


def told_by(record: Record, *keys: str) -> dict[str, str]:
    """What is there of these, as texts."""
    return {key: words[:LONGEST_TOLD] for key, words in told(record, *keys).items()}
