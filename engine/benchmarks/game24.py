"""Game of 24: strategies and budgets on puzzles that no training has seen."""

from __future__ import annotations

from typing import Any

from engine.benchmarks.questions import Question
from engine.benchmarks.strategies_table import GAME24_ROWS
from engine.benchmarks.table import DEV, Options, Sets, measure_table
from engine.problems.game24 import Game24
from engine.problems.held_out import Numbers, dev_puzzles, hard_puzzles, ranks_901_1000


def run(options: Options) -> dict[str, Any]:
    """The rows on the hard set and on the puzzles ranked 901-1000; on the dev set only if that is asked for."""
    return measure_table(SETS, GAME24_ROWS, options)


def _questions(puzzles: tuple[Numbers, ...]) -> tuple[Question, ...]:
    games = map(Game24, puzzles)
    return tuple(Question(game, game) for game in games)  # the rules of the game are no gold answer


SETS: Sets = {
    "hard": lambda: _questions(hard_puzzles()),
    "ranks901_1000": lambda: _questions(ranks_901_1000()),
    DEV: lambda: _questions(dev_puzzles()),
}
