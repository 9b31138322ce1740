"""`python -m engine.learning`: refuses in sentences, and trains, writes and reports in a few steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from transformers import AutoTokenizer

from engine.learning import train_policy as policy_module
from engine.learning.__main__ import main
from engine.learning.report import Figure, Report
from engine.llm.bundled import POLICY


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["policy", "--hard"], "--hard goes with --report only"),
        (["policy", "--report"], "There is no model in"),
        (["prm", "--policy", "nowhere"], "There is no policy in nowhere"),
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


@pytest.mark.parametrize("words", [["policy", "--steps", "0"], ["poet"], []])
def test_unknown_words_end_with_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert "usage: espalier train" in capsys.readouterr().err


def test_two_steps_write_a_folder_and_leave_no_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report("Policy on 0 DEV puzzles", (Figure("greedy", 0.5),))
    monkeypatch.setattr(policy_module, "report_policy", lambda *_, **__: report)
    monkeypatch.setattr(policy_module, "make_tokenizer", lambda: AutoTokenizer.from_pretrained(POLICY))
    monkeypatch.setattr(
        policy_module, "MIX", {kind: (draw, 1, longest) for kind, (draw, _, longest) in policy_module.MIX.items()}
    )
    out = tmp_path / "policy"
    assert main(["policy", "--steps", "2", "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert "greedy" in told.out
    assert "policy, solving: step 2/2" in told.err
    assert [entry.name for entry in tmp_path.iterdir()] == ["policy"]
    assert "--steps 2" in (out / "README.md").read_text(encoding="utf-8")
