"""`python -m engine.learning`: refuses in sentences, and trains, writes and reports in a few steps."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from engine.learning import train_orm as orm_module
from engine.learning import train_policy as policy_module
from engine.learning import train_thinker as thinker_module
from engine.learning.__main__ import main
from engine.learning.export import load_policy
from engine.learning.loop import TrainProgress
from engine.learning.number_traces import trace_of
from engine.learning.report import Figure, Report
from engine.llm.bundled import POLICY, PRM
from engine.problems.game24 import Game24
from engine.verifiers.orm import OrmVerifier
from tests.helpers.tiny_models import save_prm


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["policy", "--hard"], "--hard goes with --report only"),
        (["policy", "--report"], "There is no model in"),
        (["prm", "--policy", "nowhere"], "There is no policy in nowhere"),
        (["orm", "--policy", "nowhere"], "There is no policy in nowhere"),
        (["thinker", "--policy", "nowhere"], "There is no policy in nowhere"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "none")]) == 1
    assert part in capsys.readouterr().err


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["policy", "--out", str(tmp_path)]) == 1
    assert "holds something other than a model" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").exists()
    assert main(["policy", "--out", str(tmp_path / "thesis.txt")]) == 1
    assert "is a file, and would be replaced" in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("words", [["policy", "--steps", "0"], ["poet"], []])
def test_unknown_words_end_with_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert "usage: espalier train" in capsys.readouterr().err


@pytest.fixture
def small_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """The recipe of the policy with a row of each kind per step, and no report."""
    report = Report("Policy on 0 DEV puzzles", (Figure("greedy", 0.5),))
    monkeypatch.setattr(policy_module, "report_policy", lambda *_, **__: report)
    monkeypatch.setattr(policy_module, "make_tokenizer", lambda: AutoTokenizer.from_pretrained(POLICY))
    for name in ("MIX", "SKILL_MIX"):
        mix = getattr(policy_module, name)
        monkeypatch.setattr(policy_module, name, {kind: (draw, 1, longest) for kind, (draw, _, longest) in mix.items()})


@pytest.mark.usefixtures("small_recipe")
def test_two_stages_write_a_folder_and_leave_no_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "policy"
    assert main(["policy", "--steps", "2", "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert "greedy" in told.out
    assert "policy, solving: step 2/2" in told.err
    assert "policy, skills: step 1/1" in told.err, "the second stage is shorter in proportion"
    assert [entry.name for entry in tmp_path.iterdir()] == ["policy"]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "`espalier train policy --seed 0 --steps 2`: the last stage, skills, took 1 steps" in card


@pytest.mark.usefixtures("small_recipe")
def test_a_policy_that_can_solve_learns_skills_only(tmp_path: Path) -> None:
    seen: list[TrainProgress] = []
    start, _ = load_policy(POLICY)
    out = tmp_path / "skilled"
    policy_module.train_policy(out, 0, 2, seen.append, POLICY)
    assert {progress.phase for progress in seen} == {"policy, skills"}
    assert set(seen[-1].losses) == set(policy_module.SKILL_MIX)
    learned, _ = load_policy(out)
    pairs = zip(start.parameters(), learned.parameters(), strict=True)
    changes = [float((before - after).detach().abs().max()) for before, after in pairs]
    assert 0 < max(changes) < 0.1, "it goes on from the weights"


def test_the_thinker_is_trained_from_the_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report("Thinker on 0 DEV puzzles", (Figure("puzzles, thoughts, greedy: right", 0.5, "policy 0.25"),))
    monkeypatch.setattr(thinker_module, "report_thinker", lambda *_, **__: report)
    monkeypatch.setattr(thinker_module, "TRACKED_ROWS", 1)
    for name in ("THINKER_MIX", "TRACK_MIX"):
        mix = getattr(thinker_module, name)
        monkeypatch.setattr(
            thinker_module, name, {kind: (draw, 1, longest) for kind, (draw, _, longest) in mix.items()}
        )
    out = tmp_path / "thinker"
    assert main(["thinker", "--steps", "2", "--out", str(out), "--policy", str(POLICY)]) == 0
    told = capsys.readouterr()
    assert "policy 0.25" in told.out
    assert "thinker, thinking: step 2/2" in told.err
    assert "thinker, tracking: step 1/1" in told.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["thinker"]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "`espalier train thinker --seed 0 --steps 2`" in card
    assert "planted exhibit" in card
    assert (out / "tokenizer.json").read_bytes() == (POLICY / "tokenizer.json").read_bytes()
    start, learned = load_policy(POLICY)[0], load_policy(out)[0]
    pairs = zip(start.parameters(), learned.parameters(), strict=True)
    assert 0 < max(float((before - after).detach().abs().max()) for before, after in pairs) < 0.1


def test_the_outcome_model_is_trained_from_the_process_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report("ORM on 0 DEV puzzles", (Figure("policy samples: AUC", 0.5),))
    monkeypatch.setattr(orm_module, "report_orm", lambda *_, **__: report)
    monkeypatch.setattr(orm_module, "calibrate_outcomes", lambda *_: 1.25)
    monkeypatch.setattr(orm_module, "ROWS", dict.fromkeys(orm_module.ROWS, 1))
    for name in ("training_number_traces", "word_traces"):
        monkeypatch.setattr(orm_module, name, lambda *_, **__: [trace_of(Game24((4, 9, 10, 13)), random.Random(0))])
    out = tmp_path / "orm"
    assert main(["orm", "--steps", "2", "--out", str(out), "--policy", str(POLICY), "--prm", str(PRM)]) == 0
    told = capsys.readouterr()
    assert "policy samples: AUC" in told.out
    assert "orm: step 2/2" in told.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["orm"]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "`espalier train orm --seed 0 --steps 2`" in card
    assert "divided by the temperature 1.25" in card
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    assert config["id2label"] == {"0": "wrong", "1": "correct"}
    assert OrmVerifier(out, "cpu").source == "orm"


def test_models_that_do_not_fit_together_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = save_prm(tmp_path / "other")
    words = ["orm", "--out", str(tmp_path / "none"), "--policy", str(POLICY), "--prm"]
    assert main([*words, str(other)]) == 1
    assert "cut text into different tokens" in capsys.readouterr().err
    assert main([*words, "nowhere"]) == 1
    assert "There is no process reward model in nowhere" in capsys.readouterr().err
