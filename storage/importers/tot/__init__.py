"""Logs of princeton-nlp/tree-of-thought-llm (Yao et al. 2023, arXiv 2305.10601): a list with one puzzle in each entry.

Breadth-first searches have steps, depth-first ones are lists of visits, and the plain prompts beside them have
neither.
"""

from __future__ import annotations

from typing import Any

from engine.importing import Kept
from storage.importers.records import RecordError
from storage.importers.tot.beam import TITLE, read_beam
from storage.importers.tot.crosswords import read_crosswords
from storage.importers.tot.samples import read_samples
from storage.importers.trees import Place, TreeImporter


def _sure(record: Any) -> float:
    if isinstance(record, list):
        return 1.0 if record and _is_visit(record[0]) else 0.0
    if not isinstance(record, dict) or not isinstance(record.get("ys"), list):
        return 0.0
    return 1.0 if _is_search(record) else 0.9 if "infos" in record or "accs" in record else 0.0


def _is_search(record: dict[str, Any]) -> bool:
    steps = record.get("steps")
    return isinstance(steps, list) and bool(steps) and isinstance(steps[0], dict) and "new_ys" in steps[0]


def _is_visit(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("actions"), list) and "env_step" in entry


def _read(record: Any, place: Place) -> Kept:
    if isinstance(record, list) and record:
        return read_crosswords(record, place)
    if not isinstance(record, dict):
        raise RecordError("it is neither a puzzle nor a list of visits")
    return read_beam(record, place) if record.get("steps") else read_samples(record, place)


TREE_OF_THOUGHTS = TreeImporter("tot", TITLE, _sure, _read)
