"""ProcessBench (Zheng et al. 2024, arXiv 2412.06559): solutions with the place of their first wrong step.

The steps before it are good, it is bad, and nobody looked at those after it.
"""

from __future__ import annotations

from engine.importing_steps import Rated, chain
from storage.importers.records import Record, RecordError, RecordImporter, text_in, texts_in, told_by, words_in

TITLE = "ProcessBench"


def _sure(record: Record) -> float:
    fits = isinstance(record.get("problem"), str) and isinstance(record.get("steps"), list)
    return 0.95 if fits and "label" in record else 0.0


def _read(record: Record) -> Rated:
    steps, label = texts_in(record, "steps"), record.get("label")
    if isinstance(label, bool) or not isinstance(label, int) or not -1 <= label < len(steps):
        raise RecordError(f"its 'label' is neither -1 nor the number of one of its {len(steps):,} steps")
    correct = record.get("final_answer_correct")
    return Rated(
        TITLE,
        text_in(record, "problem"),
        chain(steps, first_wrong_as_ratings(label, len(steps))),
        answer=words_in(record, "answer"),
        correct=correct if isinstance(correct, bool) else None,
        model=words_in(record, "generator"),
        told=told_by(record, "id", "generator", "final_answer_correct"),
    )


def first_wrong_as_ratings(label: int, steps: int) -> tuple[int | None, ...]:
    """A rating for each of `steps` steps, of which the one at `label` is the first wrong one; -1: none is."""
    if label < 0:
        return (1,) * steps
    return (*(1,) * label, -1, *(None,) * (steps - label - 1))


PROCESS_BENCH = RecordImporter("processbench", TITLE, _sure, _read)
