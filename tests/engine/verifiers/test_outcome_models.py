"""Models that give one number for a complete answer: read at the last token, as a plain forward pass has it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForSequenceClassification, Qwen2Model

from engine.policies import ModelError, Watch
from engine.verifiers import ScoreRequest
from tests.helpers.scored_traces import TRACES, agree, made
from tests.helpers.tiny_scorers import save_headed, save_number, tokenizer_of

SYSTEM = r"Please reason step by step, and put your final answer within \boxed{}."


def ids_of(folder: Path, trace: int, system: str = "") -> torch.Tensor:
    problem, steps = TRACES[trace]
    turns = [{"role": "system", "content": system}] if system else []
    turns += [{"role": "user", "content": problem.prompt}, {"role": "assistant", "content": "".join(steps).strip()}]
    tokenizer = tokenizer_of(folder)
    text = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=False)
    return torch.tensor([tokenizer.encode(text, add_special_tokens=False)])


def only_last(trace: int, raw: float) -> list[float | None]:
    return [*[None] * (len(TRACES[trace][1]) - 1), float(torch.tensor(raw).sigmoid())]


def test_a_classifier_with_one_number(tmp_path: Path) -> None:
    folder = save_number(tmp_path / "Skywork-Reward")
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    raws = [float(model(ids_of(folder, trace)).logits.detach()[0, 0]) for trace in range(len(TRACES))]
    agree(f"orm:{folder}", [only_last(trace, raw) for trace, raw in enumerate(raws)])
    asked = [ScoreRequest(*TRACES[0], ended=True), ScoreRequest(*TRACES[0], ended=False)]
    verifier = made(f"orm:{folder}")
    ended, open_ = verifier.score(asked, Watch()).traces
    assert (verifier.name, verifier.source) == ("Skywork-Reward", "orm")
    assert dict(ended.channels[-1]) == pytest.approx({"raw": raws[0]}, abs=1e-5)
    assert ended.notes == ("", "", "", "The sigmoid of the raw reward.")
    assert open_.values == (None,) * 4


def test_an_answer_keeps_its_blank_lines_and_loses_the_tags_of_a_thought(tmp_path: Path) -> None:
    folder = save_number(tmp_path / "Skywork-Reward")
    verifier = made(f"orm:{folder}")
    problem = TRACES[0][0]
    asked = [
        ScoreRequest(problem, steps, ended=True, thinking=len(steps) == 4)
        for steps in (("a\n\nb",), ("a\n", "\n", "b"), ("a\n", "</think>", "\n", "b"), ("a\n", "b"))
    ]
    whole, parts, thought, other = (each.values[-1] for each in verifier.score(asked, Watch()).traces)
    assert whole == parts == thought
    assert whole != other


def test_qwen_math_rm_has_a_head_of_its_own(tmp_path: Path) -> None:
    layers = {"score.0": (16, True), "score.2": (1, True)}
    folder = save_headed(tmp_path / "rm", "qwen2", layers, "Qwen2ForRewardModel")
    config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
    body, tensors = Qwen2Model.from_pretrained(folder, config=config).eval(), load_file(folder / "model.safetensors")
    wanted = []
    for trace in range(len(TRACES)):
        hidden = body(ids_of(folder, trace, SYSTEM)).last_hidden_state.detach()[0, -1]
        between = torch.relu(tensors["score.0.weight"] @ hidden + tensors["score.0.bias"])
        raw = tensors["score.2.weight"] @ between + tensors["score.2.bias"]
        wanted.append(only_last(trace, float(raw)))
    agree(f"orm:{folder}", wanted)


def test_an_outcome_model_is_not_asked_for_as_a_process_model(tmp_path: Path) -> None:
    folder = save_number(tmp_path / "number")
    with pytest.raises(ModelError, match="skywork-reward is for orm:FOLDER, not for prm:FOLDER: it scores complete"):
        made(f"prm:{folder}#skywork-reward")
    with pytest.raises(ModelError, match="math-shepherd is for prm:FOLDER, not for orm:FOLDER: it scores steps"):
        made(f"orm:{folder}#math-shepherd")
