"""The sentences of a thought as their folder tells of them: functions, numbers, words. Knows no run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.traces.functions import FUNCTIONS, Function
from storage.importers.thought_anchors.folders import CHUNKS, Problem
from storage.importers.trees import count, number

ACCURACY = "accuracy"
"""How often a rollout from here came to the right answer."""
MOST_CHUNKS = 5_000
MOST_NUMBERS = 50
MOST_SHOWN = 3
"""Later sentences named that one moves the most."""
LONGEST_NOTE = 5_000
_NO_NUMBER = ("chunk_idx", ACCURACY)
_TAGS: dict[str, Function] = {
    "problem_setup": "setup",
    "plan_generation": "plan",
    "fact_retrieval": "fact",
    "active_computation": "compute",
    "uncertainty_management": "uncertain",
    "self_checking": "check",
    "result_consolidation": "consolidate",
    "final_answer_emission": "answer",
}
_OWN: dict[str, Function] = {function: function for function in FUNCTIONS}
_FUNCTIONS = _TAGS | _OWN
"""By the tags of the paper, and by our own names."""


class Chunk(NamedTuple):
    """One sentence."""

    number: int
    text: str
    function: Function | None
    accuracy: float | None
    numbers: tuple[tuple[str, float], ...]
    """Its importances, and what else is a number, by their names in the file. What was not computed is left out."""
    note: str
    """What else is said of it."""


def chunks_of(problem: Problem) -> list[Chunk]:
    """All of them, in their order; what is none is said."""
    given = problem.values(CHUNKS)
    good = [one for one in given if isinstance(one, dict) and isinstance(one.get("chunk"), str)]
    if len(good) < len(given):
        problem.odd.append(f"{len(given) - len(good):,} entries of {CHUNKS} have no text and are left out")
    if len(good) > MOST_CHUNKS:
        problem.odd.append(f"of {len(good):,} sentences the first {MOST_CHUNKS:,} are read")
    moved = _moved(problem.values("step_importance.json"))
    return [_chunk(one, place, moved) for place, one in enumerate(good[:MOST_CHUNKS])]


def _chunk(one: Mapping[str, Any], place: int, moved: Mapping[int, str]) -> Chunk:
    index = count(one.get("chunk_idx"))
    index = place if index is None else index
    tags = _texts(one.get("function_tags"))
    function = next((_FUNCTIONS[tag] for tag in tags if tag in _FUNCTIONS), None)
    rest = [tag for tag in tags if tag not in _FUNCTIONS or _FUNCTIONS[tag] != function]
    given = {key: number(value) for key, value in one.items() if key not in _NO_NUMBER}
    found = tuple((key[:100], value) for key, value in given.items() if value is not None)
    said = (
        _texts([one.get("summary")]),
        [f"tags: {', '.join(rest)}"] if rest else [],
        [f"depends on: {', '.join(_texts(one.get('depends_on')))}"] if _texts(one.get("depends_on")) else [],
        [moved[index]] if index in moved else [],
    )
    note = "\n".join(text for texts in said for text in texts)
    return Chunk(index, one["chunk"], function, number(one.get(ACCURACY)), found[:MOST_NUMBERS], note[:LONGEST_NOTE])


def _texts(given: Any) -> list[str]:
    """The texts and whole numbers of a list, as texts."""
    found = given if isinstance(given, list) else []
    return [str(one) for one in found if isinstance(one, str | int) and not isinstance(one, bool) and one != ""]


def _moved(given: Sequence[Any]) -> dict[int, str]:
    """By the number of a sentence: which later ones it moves the most, in words."""
    found: dict[int, str] = {}
    for one in given:
        index = count(one.get("source_chunk_idx")) if isinstance(one, dict) else None
        impacts = one.get("target_impacts") if index is not None else None
        scored = _impacts(impacts) if isinstance(impacts, list) else []
        if index is not None and scored:
            best = sorted(scored, key=lambda impact: -abs(impact[1]))[:MOST_SHOWN]
            found[index] = "moves " + ", ".join(f"sentence {target} by {score:.3g}" for target, score in best)
    return found


def _impacts(given: list[Any]) -> list[tuple[int, float]]:
    pairs = ((count(one.get("target_chunk_idx")), number(one.get("importance_score")))
             for one in given if isinstance(one, dict))  # fmt: skip
    return [(target, score) for target, score in pairs if target is not None and score is not None]
