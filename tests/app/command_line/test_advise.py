"""`espalier advise`, with the real engine process and scripted models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line.cli import main
from engine.search.advice import encode_tables
from tests.engine.test_advice import TABLE
from tests.helpers.command_line import says, scripted_engine

WORDS = ["advise", "1 2 3 4", "--table", "table.json"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's current folder, with a table in it; engines play by script."""
    monkeypatch.chdir(tmp_path)
    scripted_engine(monkeypatch)
    (tmp_path / "table.json").write_bytes(encode_tables({"game24": TABLE}))
    return tmp_path


def test_the_proposal_comes_with_its_reason_its_command_and_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, *WORDS)
    assert status == 0
    assert "Proposal  mcts, at most 4096 tokens" in out
    assert "Reason    0% of 8 sampled chains are right by the exact rule (base pass rate): difficulty 5 of 5." in out
    assert "Command   espalier run '1 2 3 4' --problem game24 --search mcts --set samples=4 --verifiers rule,prm" in out
    assert out.count("best-of-n") == 3  # once in the reason, twice in the table


def test_limits_hold_and_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = says(capsys, *WORDS, "--verifiers", "prm,orm", "--budget-tokens", "1024", "--json")
    said = json.loads(out)
    assert status == 0
    assert (said["bin"], said["row"]["search"], said["row"]["budget"]) == (5, "best-of-n", 1024)
    assert said["command"].startswith("espalier run")
    assert said["difficulty"]["measure"] == "pass rate"


def test_it_leaves_no_session_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, *WORDS)[0] == 0
    assert [entry.name for entry in folder.iterdir()] == ["table.json"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["advise", "1 2 3 4", "--table", "none.json"], "none.json cannot be read"),
        (["advise", "1 2", "--table", "table.json"], "2 numbers were given"),
        ([*WORDS, "--budget-tokens", "5"], "no row for difficulty"),
        (["advise", "How many are 2 and 2?", "--problem", "words", "--table", "table.json"], "nothing on 'words'"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: list[str], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(words)
    err = capsys.readouterr().err.splitlines()[-1]
    assert status == 2
    assert err.startswith("espalier: ")
    assert part in err
