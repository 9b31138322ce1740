"""Word problems: strategies and budgets on templates and wordings that no training has seen."""

from __future__ import annotations

from typing import Any

from engine.benchmarks.strategies_table import WORD_ROWS
from engine.benchmarks.table import DEV, Options, Sets, measure_table
from engine.benchmarks.word_sets import dev_words, hard_words


def run(options: Options) -> dict[str, Any]:
    """The rows on the hard set; on the dev set only if that is asked for."""
    return measure_table(SETS, WORD_ROWS, options)


SETS: Sets = {"hard": hard_words, DEV: dev_words}
