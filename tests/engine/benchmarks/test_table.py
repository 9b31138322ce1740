"""The table: figures, resuming, choice of rows and sets, and that no run sees a gold answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine.benchmarks import budget
from engine.benchmarks.questions import word_question
from engine.benchmarks.rows import Row, play
from engine.benchmarks.store import BenchmarkError
from engine.benchmarks.table import Options, measure_table
from engine.benchmarks.word_sets import dev_words, hard_words
from engine.events import Cost
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.problems.words import WordProblem
from engine.search.advice import load_table
from tests.helpers.lending import GAMES, Counter, ScriptedLender

SETS = {"hard": lambda: GAMES, "dev": lambda: GAMES[:2]}
ROWS = (
    Row("CoT", "cot", {}, quick=True),
    Row("CoT, mean", "cot", {"samples": 8, "temperature": 1.0}, reading="mean"),
    Row("MCTS", "mcts", {"simulations": 12}, ("prm",)),
    Row("MCTS and rule", "mcts", {"simulations": 12}, ("rule", "prm")),
)
KEYS = {
    "search", "settings", "set", "puzzles", "seeds", "solved", "any_solved", "ci95", "tokens", "prompt_tokens",
    "cached_tokens", "prm_tokens", "calls", "seconds_per_puzzle", "same_budget", "mean_solved", "duplicates", "gold",
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("capsys")  # progress is no noise here


@pytest.fixture(autouse=True)
def _shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody draws hundreds of chains for the puzzle that has no solution."""
    monkeypatch.setattr(budget, "MOST", 64)


def table(listed: Sequence[Row] = ROWS, /, borrow: Any = None, **wishes: Any) -> list[dict[str, Any]]:
    figures = measure_table(
        SETS, listed, Options(**{"seeds": 2, **wishes}), borrow or Counter(), lambda _names: "scripted"
    )
    rows_found: list[dict[str, Any]] = json.loads(json.dumps(figures))["rows"]
    return rows_found


def counts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "seconds_per_puzzle"} for row in rows]


def test_every_row_has_every_figure() -> None:
    rows = table()
    assert [row["search"] for row in rows] == [row.title for row in ROWS]
    for row in rows:
        assert row.keys() >= KEYS
        assert (row["set"], row["puzzles"], row["gold"]) == ("hard", 4, False)
        assert row["ci95"][0] <= row["solved"] <= row["ci95"][1]
        assert row["solved"] <= row["any_solved"] <= 0.75  # nobody can make 24 from 1 1 1
    cot, mean, prm, rule = rows
    assert cot["seeds"] == [0]
    assert mean["seeds"] == [0, 1]
    assert cot["same_budget"] is mean["same_budget"] is None
    assert mean["solved"] == mean["mean_solved"] < mean["any_solved"]
    assert prm["settings"]["verifiers"] == ["prm"]
    assert prm["settings"]["simulations"] == 12
    assert prm["settings"]["c_init"] == 1.25  # all that was set, defaults included
    assert prm["same_budget"].keys() >= {"search", "solved", "tokens", "prm_tokens", "each"}
    assert rule["solved"] == rule["any_solved"]  # a proof ends the search, and is chosen


def test_the_same_seeds_give_the_same_counts_again_and_others_do_not() -> None:
    first = counts(table())
    assert counts(table()) == first
    assert counts(table(ROWS[2:3], seed=7)) != first[2:3]


def test_a_table_that_was_interrupted_goes_on_where_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = table()
    state = tmp_path / "state.jsonl"
    table(ROWS[:3], resume=state)
    borrow = Counter()
    resumed = table(resume=state, borrow=borrow)
    assert counts(resumed) == counts(whole)
    assert "from the file" in capsys.readouterr().err
    idle = Counter()
    assert table(resume=state, borrow=idle) == resumed  # seconds, too
    assert idle.borrowed < borrow.borrowed
    assert idle.borrowed <= 3  # only to see which verifiers there are


def test_a_row_that_has_changed_is_measured_again(tmp_path: Path) -> None:
    state = tmp_path / "state.jsonl"
    (before,) = table(ROWS[2:3], resume=state)
    (after,) = table([Row("MCTS", "mcts", {"simulations": 3}, ("prm",))], resume=state)
    assert after["tokens"] < before["tokens"]
    lines = len(state.read_text().splitlines())
    measure_table(SETS, ROWS[2:3], Options(seeds=2, resume=state), Counter(), lambda _names: "other weights")
    assert len(state.read_text().splitlines()) > lines


def test_sets_rows_and_seeds_are_chosen_by_name() -> None:
    (row,) = table(sets=("dev",), rows="and RULE", seeds=1)
    assert (row["search"], row["set"], row["puzzles"], row["seeds"]) == ("MCTS and rule", "dev", 2, [0])
    assert [row["search"] for row in table(quick=True, seeds=None)] == ["CoT"]


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"sets": ("harder",)}, "There is no set called 'harder'; there are: hard, dev."),
        ({"rows": "beam"}, "No row is called anything with 'beam'"),
        ({"seeds": 0}, "At least one seed is needed, not 0."),
        ({"advice": Path("a.json"), "sets": ("hard",)}, "on the set dev alone, not on hard"),
    ],
)
def test_what_cannot_be_measured_is_said(wishes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BenchmarkError, match=sentence):
        table(**wishes)


def test_a_row_without_its_model_is_null_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    lost = Row("best by ORM", "best-of-n", {"by": "orm"}, ("orm",))
    cot, row = table([ROWS[0], lost])
    assert cot["solved"] is not None
    assert row["solved"] is row["tokens"] is row["ci95"] is row["same_budget"] is None
    assert "best by ORM was not measured: There is no folder" in capsys.readouterr().err


def test_the_file_of_advice_holds_every_strategy_by_difficulty(tmp_path: Path) -> None:
    path = tmp_path / "advice.json"
    table(advice=path)
    found = load_table(path, "game24")
    assert found.measured_on == "2 DEV problems, 2 seeds"
    assert {row.search for row in found.rows} == {"cot", "mcts", "self-consistency", "best-of-n"}
    for row in found.rows:
        assert 1 <= row.bin <= 5
        assert 0 < row.tokens <= row.budget
    mcts = [row for row in found.rows if row.search == "mcts" and "rule" not in row.verifiers]
    assert sum(row.problems for row in mcts) == 4


@dataclass
class Spy:
    """A policy that answers every question with 7, and remembers what it was shown."""

    name: str = "spy"
    shown: list[SampleRequest] = field(default_factory=list)

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        self.shown += requests
        answers = tuple(tuple(Sample("Answer: 7", -1.0, 4, "end") for _ in request.seeds) for request in requests)
        return Sampled(answers, tuple(Cost(generated=4) for _ in requests))


def test_the_gold_answer_of_a_word_problem_is_for_the_judge_alone() -> None:
    spy = Spy()
    questions = [word_question("Tom has 3 pens and 4 more. How many?", gold) for gold in ("7", "8")]
    for row in ROWS:
        outcomes, _ = play(ScriptedLender(spy), row, questions, 0)
        assert [outcome.chosen for outcome in outcomes] == [True, False]
        assert not any(outcome.gold for outcome in outcomes)
    assert spy.shown
    assert all(request.problem.gold is None and "####" not in request.problem.text for request in spy.shown)


@pytest.mark.parametrize("drawn", [hard_words, dev_words])
def test_the_sets_of_word_problems_are_fixed_and_can_be_judged(drawn: Any) -> None:
    questions = drawn()
    assert len({question.asked.text for question in questions}) == 100
    for question in questions:
        assert isinstance(question.judge, WordProblem)
        assert question.asked.gold is None
        assert question.is_right(f"Answer: {question.judge.answer}")
        assert not question.is_right("Answer: 1")


def test_the_held_out_words_share_no_question_with_the_dev_set() -> None:
    assert not {question.asked.text for question in hard_words()} & {question.asked.text for question in dev_words()}
