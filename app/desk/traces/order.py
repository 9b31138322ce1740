"""In which order the rows of the heat map stand. Pure: arrays in, an array of rows out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from app.language import mark
from engine.scores.table import Ints, Places

Order = Literal["total", "run", "length", "answer"]
ORDER_WORDS: Mapping[Order, str] = {
    "total": mark("Best first"),
    "run": mark("In run order"),
    "length": mark("Longest first"),
    "answer": mark("By answer"),
}
"""All orders, as a list offers them."""


def ordered(order: Order, best_first: Places, lengths: Ints, answers: Ints) -> Places:
    """(traces,) indices of the traces, from the top row down.

    `best_first`: them by their total; `answers`: the number of each one's answer, -1 without one. Equal lengths, and
    traces of one answer, stand best first among themselves; the answers in the order of the best trace of each, and
    those without one last.
    """
    match order:
        case "total":
            return best_first
        case "run":
            return np.arange(len(lengths))
        case "length":
            return best_first[np.argsort(-lengths[best_first], kind="stable")]
        case "answer":
            return _by_answer(best_first, answers)


def _by_answer(best_first: Places, answers: Ints) -> Places:
    """Grouped by answer."""
    given = answers[best_first]
    _, first, group = np.unique(given, return_index=True, return_inverse=True)
    places = np.where(given < 0, len(given), first[group])
    return best_first[np.argsort(places, kind="stable")]
