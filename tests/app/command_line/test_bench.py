"""`espalier bench` for tables of strategies: what the engine is told, and the table that is printed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app import benchmarks
from app.benchmarks.tables import tables_text
from tests.helpers.command_line import says, scripted_engine


def row(search: str, solved: float | None, **more: Any) -> dict[str, Any]:
    return {
        "search": search,
        "settings": {"verifiers": ["rule", "prm"]},
        "set": "hard",
        "puzzles": 100,
        "seeds": [0, 1, 2],
        "solved": solved,
        "any_solved": 0.95,
        "ci95": [0.9, 0.961],
        "tokens": 1615.6,
        "prm_tokens": 700.0,
        "seconds_per_puzzle": 0.514,
        "same_budget": {"search": "self-consistency", "solved": 0.3},
        **more,
    }


BARE = {"search": "ORM", "settings": {"verifiers": ["orm"]}, "set": "hard", "solved": None, "same_budget": None}


def test_a_table_of_strategies_is_markdown_with_the_best_last() -> None:
    other = row("CoT", 0.34, settings={"verifiers": []}, same_budget=None, set="dev")
    lines = tables_text([row("MCTS | 64", 0.947), row("beam", 0.9), BARE, other]).splitlines()
    assert lines[0] == "Set hard: 100 problems, seeds 0, 1, 2"
    assert lines[4].startswith("| ORM | orm | – | – | – | – | – | – |")
    assert lines[5].startswith("| beam |")
    assert lines[6] == (
        "| MCTS / 64 | rule, prm | 94.7 % (90.0-96.1) | 95.0 % | 1,616 | 700 | 0.51 | 30.0 % (self-consistency) |"
    )
    assert lines[8].startswith("Set dev")
    assert lines[12].startswith("| CoT | none | 34.0 %")
    assert len({line.count("|") for line in lines if line.startswith("|")}) == 1


def test_a_run_in_which_a_gold_answer_was_used_says_so() -> None:
    assert "MCTS (a gold answer was used)" in tables_text([row("MCTS", 1.0, gold=True)])


def test_the_words_for_a_table_reach_the_engine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scripted_engine(monkeypatch)
    monkeypatch.chdir(tmp_path)
    code = "import json, sys; print(json.dumps({'rows': [], 'words': sys.argv[1:]}))"
    monkeypatch.setattr(benchmarks, "child_command", lambda *words: [sys.executable, "-c", code, *words])
    wishes = ("--set", "hard", "--set", "dev", "--rows", "MCTS", "--seeds", "1", "--resume", "a.jsonl", "--json")
    words = json.loads(says(capsys, "bench", "game24", *wishes)[1])["figures"]["words"]
    assert words[:4] == ["--benchmarks", "game24", "--seed", "0"]
    state = str(tmp_path / "a.jsonl")
    assert words[4:] == ["--set", "hard", "--set", "dev", "--rows", "MCTS", "--seeds", "1", "--resume", state]


def test_the_words_for_a_table_fit_no_other_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = says(capsys, "bench", "prm", "--rows", "MCTS")
    assert status == 2
    assert "--rows is for the benchmarks game24 and words alone." in err


def test_figures_that_were_kept_are_printed_without_measuring(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(benchmarks, "measure", lambda *_: pytest.fail("nothing is to be measured"))
    path = tmp_path / "game24.json"
    path.write_text(json.dumps({"bench": "game24", "figures": {"rows": [row("MCTS", 0.947)]}}))
    status, out, _ = says(capsys, "bench", "game24", "--markdown", str(path))
    assert status == 0
    assert "| MCTS | rule, prm | 94.7 %" in out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "There is no file"),
        ("{", "does not hold what `espalier bench words --json` prints"),
        ('{"bench": "words", "figures": {"rows": [{}]}}', "does not hold"),
        ('{"bench": "game24", "figures": {"rows": []}}', "holds figures of the benchmark game24, not words"),
    ],
)
def test_a_file_without_such_figures_is_refused(
    text: str | None, sentence: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "figures.json"
    if text is not None:
        path.write_text(text)
    status, _, err = says(capsys, "bench", "words", "--markdown", str(path))
    assert status == 2
    assert sentence in err
