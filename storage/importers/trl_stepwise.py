"""TRL's stepwise supervision: a prompt, its completions step by step, and a label for each.

Labels are true and false, or 1 and 0, or 1, 0 and -1; `labels` may be called `label`.
"""

from __future__ import annotations

from typing import Any

from engine.importing_steps import Rated, chain
from storage.importers.records import Record, RecordError, RecordImporter, list_in, text_in, texts_in, told_by, words_in

TITLE = "TRL stepwise"


def _sure(record: Record) -> float:
    fits = isinstance(record.get("prompt"), str) and isinstance(record.get("completions"), list)
    return 0.9 if fits and isinstance(record.get(_key(record)), list) else 0.0


def _key(record: Record) -> str:
    return "labels" if "labels" in record else "label"


def _read(record: Record) -> Rated:
    steps, labels = texts_in(record, "completions"), list_in(record, _key(record))
    if len(steps) != len(labels):
        raise RecordError(f"it has {len(steps):,} completions and {len(labels):,} labels")
    return Rated(
        TITLE,
        text_in(record, "prompt"),
        chain(steps, ratings(labels)),
        answer=words_in(record, "answer"),
        told=told_by(record, "id", "task", "model"),
    )


def ratings(labels: list[Any]) -> list[int | None]:
    """True is 1, false is -1. A 0 is -1 too, but where the record has a -1 it is neutral. None stays None."""
    if not all(label is None or (isinstance(label, int | float) and label in (-1, 0, 1)) for label in labels):
        raise RecordError("one of its labels is none of true, false, 1, 0 and -1")
    has_three = any(label == -1 for label in labels)
    return [None if label is None else _rating(label, has_three) for label in labels]


def _rating(label: float, has_three: bool) -> int:
    if label == 0:
        return 0 if has_three and label is not False else -1
    return int(label)


TRL_STEPWISE = RecordImporter("trl", TITLE, _sure, _read)
