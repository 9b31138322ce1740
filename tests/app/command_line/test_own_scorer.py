"""A scorer that nobody but its user knows: a model and an entry in a TOML file, from the words to the kept scores."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoConfig, Qwen2Model

from engine.llm.device import be_quiet
from engine.policies import ModelError
from engine.problems import parse_problem
from engine.tree import fold
from storage.session import Session
from tests.helpers.command_line import says
from tests.helpers.running import plan, run_log
from tests.helpers.scored_traces import made
from tests.helpers.tiny_scorers import TAG, save_headed, tokenizer_of

RECIPE = f"""
[[scorer]]
name = "gauge"
title = "Three classes behind a tag"
family = "token_head"
architectures = ["GaugeForSteps"]
form = "chat"
tag = "{TAG}"
at = "tag"
head = ["gauge"]
classes = ["bad", "fine", "good"]
channels = {{ passable = ["fine", "good"] }}
value = "passable"
aggregate = "mean"
"""


def by_hand(folder: Path, problem: str, steps: list[str]) -> torch.Tensor:
    """Probabilities of the three classes behind each step, with transformers and a matrix product."""
    tokenizer, tensors = tokenizer_of(folder), load_file(folder / "model.safetensors")
    body = Qwen2Model.from_pretrained(folder, config=AutoConfig.from_pretrained(folder, trust_remote_code=False)).eval()
    turns = [
        {"role": "user", "content": problem},
        {"role": "assistant", "content": "".join(f"{step.strip()}{TAG}" for step in steps)},
    ]
    text = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=False)
    ids = tokenizer(text, return_tensors="pt", add_special_tokens=False).input_ids
    with torch.inference_mode():
        hidden = body(ids).last_hidden_state[0][ids[0] == tokenizer.convert_tokens_to_ids(TAG)]
    return (hidden @ tensors["gauge.weight"].T + tensors["gauge.bias"]).softmax(-1)


def first_traces(path: Path) -> None:
    wish = plan("self-consistency", samples=2)
    with Session.create(path) as session:
        session.append(run_log(wish, number=session.new_run(wish)))


def test_a_recipe_of_the_users_own_scores_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    be_quiet()
    folder, own, path = tmp_path / "dial", tmp_path / "own.toml", tmp_path / "a.espalier"
    save_headed(folder, "qwen2", {"gauge": (3, True)}, "GaugeForSteps")
    first_traces(path)
    words = ("score", str(path), "--with", f"prm:{folder}", "--json")
    with pytest.raises(ModelError):  # nothing says yet how such a model is read
        made(f"prm:{folder}")
    own.write_text(RECIPE, encoding="utf-8")
    monkeypatch.setenv("ESPALIER_SCORERS", str(own))
    status, out, err = says(capsys, *words)
    assert (status, json.loads(out)["scored"]) == (0, 2), err
    with Session.open(path) as kept:
        tree = fold(kept.records(1))
    assert set(tree.rescored) == {"dial"}
    prompt = parse_problem("game24", "4 9 10 13").prompt
    for trace in json.loads(out)["traces"]:
        shares = by_hand(folder, prompt, [tree.nodes[node].step for node in trace["nodes"]])
        assert trace["scores"] == pytest.approx((shares[:, 1] + shares[:, 2]).tolist(), abs=1e-4)
        for node, (bad, fine, good) in zip(trace["nodes"], shares.tolist(), strict=True):
            channels = dict(tree.rescored["dial"][node].channels)
            assert (channels["bad"], channels["fine"], channels["good"]) == pytest.approx((bad, fine, good), abs=1e-4)
    shutil.rmtree(folder)
    save_headed(folder, "llama", {"gauge": (3, True)}, "GaugeForSteps")
    status, out, _ = says(capsys, *words[:-1])
    assert "Scored    2 traces now" in out
    assert "Anew      1 run: another model of this name had scored before" in out
