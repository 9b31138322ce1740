"""The rows of the tables can be run: registered strategies, known settings, verifiers that are enough."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from engine.benchmarks.game24 import SETS
from engine.benchmarks.rows import Row, play
from engine.benchmarks.strategies_table import GAME24_ROWS, WORD_ROWS
from engine.problems.held_out import ranks_901_1000
from engine.search import STRATEGIES, make_search
from engine.shelf import Shelf
from engine.verifiers.registry import NAMES

RANKS = Path(__file__).parents[4] / "shared" / "data" / "tot_logs" / "24.csv"
"""The published list, where it lies beside the checkout."""


@pytest.mark.parametrize("row", [*GAME24_ROWS, *WORD_ROWS], ids=lambda row: row.title)
def test_a_row_can_be_run_as_it_is_written(row: Row) -> None:
    search = make_search(row.search, row.settings)
    assert search.refusal(row.verifiers) == ""
    assert set(row.verifiers) <= set(NAMES)


@pytest.mark.parametrize("rows", [GAME24_ROWS, WORD_ROWS], ids=["game24", "words"])
def test_a_table_has_every_strategy_under_titles_that_differ(rows: tuple[Row, ...]) -> None:
    assert len({row.title for row in rows}) == len(rows)
    assert any(row.quick for row in rows)
    assert {row.search for row in chain(GAME24_ROWS, WORD_ROWS)} == {strategy.name for strategy in STRATEGIES}


def test_with_and_without_the_rule_checker_and_without_any_verifier() -> None:
    asked = {row.verifiers for row in GAME24_ROWS if row.search not in ("cot", "self-consistency")}
    assert asked >= {(), ("prm",), ("rule", "prm")}


def test_the_sets_are_those_of_the_rule() -> None:
    assert list(SETS) == ["hard", "ranks901_1000", "dev"]
    texts = [{question.asked.text for question in make()} for make in SETS.values()]
    assert [len(found) for found in texts] == [100, 100, 100]
    assert len(set.union(*texts)) == 300


@pytest.mark.skipif(not RANKS.exists(), reason="the published list of puzzles is not here")
def test_the_puzzles_ranked_901_to_1000_are_the_published_ones() -> None:
    lines = [line.split(",") for line in RANKS.read_text().splitlines()[1:]]
    published = [tuple(map(int, line[1].split())) for line in lines if 901 <= int(line[0]) <= 1000]
    assert published == list(ranks_901_1000())


def test_the_bundled_models_give_the_same_counts_again() -> None:
    row = Row("MCTS", "mcts", {"simulations": 8, "width": 4}, ("rule", "prm"))
    questions = SETS["hard"]()[:2]
    first, second = (play(Shelf(), row, questions, 0)[0] for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert (one.chosen, one.any, one.mean, one.duplicates) == (
            other.chosen,
            other.any,
            other.mean,
            other.duplicates,
        )
        for name in ("calls", "generated", "prompt", "cached", "scored"):
            assert getattr(one.cost, name) == getattr(other.cost, name) > 0
