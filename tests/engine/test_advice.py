"""Compute-optimal choice: the table file, the estimate of difficulty, the bin, the proposal and its reason."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from engine.commands import RunPlan
from engine.search import SEARCHES, configure
from engine.search.advice import (
    Difficulty,
    Table,
    TableError,
    TableRow,
    advise,
    bin_of,
    difficulty,
    edges_of,
    encode_tables,
    load_table,
)
from engine.search.coverage import is_right
from engine.search.votes import samples_of
from engine.tree import fold
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedVerifier

EDGES = (0.8, 0.6, 0.4, 0.2)


def row(level: int, search: str, budget: int, solved: float, *verifiers: str, tokens: float | None = None) -> TableRow:
    return TableRow(level, search, {"samples": 4}, verifiers, budget, tokens or budget * 0.9, solved, 40)


TABLE = Table(
    "100 DEV puzzles",
    "policy",
    8,
    {"pass rate": EDGES, "score": EDGES},
    (
        row(1, "self-consistency", 256, 0.95),
        row(1, "best-of-n", 1024, 0.96, "prm"),
        row(5, "self-consistency", 256, 0.05),
        row(5, "best-of-n", 1024, 0.40, "prm"),
        row(5, "best-of-n", 4096, 0.60, "prm"),
        row(5, "mcts", 4096, 0.90, "rule", "prm"),
    ),
)


def hard(value: float = 0.0) -> Difficulty:
    return Difficulty("pass rate", value, 8)


def test_a_table_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_bytes(encode_tables({"game24": TABLE}))
    assert load_table(path, "game24") == TABLE


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (b"{", "is damaged"),
        (b'{"format": 1, "tables": {}}', "nothing on 'game24'"),
        (b'{"format": 9, "tables": {}}', "format 9"),
        (encode_tables({"game24": Table("", "", 1, {"score": (0.1, 0.2, 0.3, 0.4)}, ())}), "do not fall"),
        (encode_tables({"game24": Table("", "", 1, {}, (row(6, "cot", 1, 0.1),))}), "not from 1 to 5"),
        (None, "cannot be read"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_in_words(tmp_path: Path, body: bytes | None, part: str) -> None:
    path = tmp_path / "table.json"
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(TableError, match=part) as caught:
        load_table(path, "game24")
    assert str(caught.value).endswith(".")


def test_bins_run_from_easy_to_hard_and_hold_equal_shares() -> None:
    assert [bin_of(value, EDGES) for value in (1.0, 0.8, 0.79, 0.5, 0.2, 0.19, 0.0)] == [1, 1, 2, 3, 4, 5, 5]
    values = [number / 20 for number in range(20)]
    edges = edges_of(values)
    assert list(edges) == sorted(edges, reverse=True)
    assert [[bin_of(value, edges) for value in values].count(level) for level in range(1, 6)] == [4] * 5


def test_the_cheapest_of_equals_wins_on_easy_problems() -> None:
    advice = advise(hard(0.9), TABLE)
    assert (advice.bin, advice.row.search) == (1, "self-consistency")
    assert advice.rows[0] == advice.row
    assert len(advice.rows) == 2


def test_a_hard_problem_gets_what_solves_most() -> None:
    advice = advise(hard(), TABLE)
    assert (advice.bin, advice.row.search, advice.row.solved) == (5, "mcts", 0.9)
    assert [entry.solved for entry in advice.rows] == [0.9, 0.6, 0.4, 0.05]
    assert "difficulty 5 of 5" in advice.reason
    assert "base pass rate" in advice.reason
    assert "mcts solved 90%" in advice.reason
    assert "best-of-n, 60%" in advice.reason


def test_the_limits_of_the_user_hold() -> None:
    assert advise(hard(), TABLE, verifiers=("prm",)).row.search == "best-of-n"
    assert advise(hard(), TABLE, budget=1024).row.budget == 1024
    assert advise(hard(), TABLE, verifiers=()).row.search == "self-consistency"
    with pytest.raises(TableError, match="no row"):
        advise(hard(), TABLE, budget=100)
    with pytest.raises(TableError, match="no row"):
        advise(hard(0.5), TABLE)
    with pytest.raises(TableError, match="no bins by score"):
        advise(Difficulty("score", 0.5, 8), Table("", "", 1, {"pass rate": EDGES}, TABLE.rows))


def test_difficulty_is_the_base_pass_rate_where_a_rule_can_tell() -> None:
    tree = fold(run_log(plan("cot", text="2 3 4", samples=40, temperature=1.0)))
    found = difficulty(tree)
    right = sum(bool(is_right(tree, entry.at)) for entry in samples_of(tree))
    assert found == Difficulty("pass rate", right / 40, 40)
    assert 0 < right < 40
    assert "base pass rate" in found.words


def words_log(text: str, verifiers: list[ScriptedVerifier | RuleVerifier]) -> Difficulty:
    from tests.engine.test_self_consistency import Teller

    wish = RunPlan("words", text, "self-consistency", {"samples": 4, "batch": 4})
    return difficulty(fold(run_log(wish, Teller(), verifiers)))


def test_a_gold_answer_does_not_tell_how_hard_a_problem_is() -> None:
    question = "Tom has 5 boxes with 7 pens each. Tom gives away 12 pens. How many pens are left?"
    bare, gold = (words_log(text, [ScriptedVerifier()]) for text in (question, f"{question} #### 23"))
    assert bare == gold
    assert gold.measure == "score"
    assert "mean PRM score" in gold.words
    with pytest.raises(TableError, match="cannot be told"):
        words_log(question, [RuleVerifier()])


def test_every_table_that_is_bundled_names_strategies_that_are_there() -> None:
    path = Path(__file__).parents[2] / "resources" / "compute_optimal.json"
    kinds = msgspec.json.decode(path.read_bytes())["tables"]
    assert "game24" in kinds
    for kind in kinds:
        for entry in load_table(path, kind).rows:
            assert configure(SEARCHES[entry.search], entry.settings).refusal(entry.verifiers) == ""
