"""Heads from safetensors on transformers' own networks; what does not fit or is unknown is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.llm.fast import FastNetwork
from engine.llm.heads import HeadedModel, only_labels, read_head, tensor_names
from engine.llm.load import load_body, load_policy
from engine.llm.network import choose_network
from engine.policies import ModelError
from tests.helpers.tiny_scorers import HEADS, WIDTH, save_headed, save_words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_headed(tmp_path_factory.mktemp("heads") / "own", "qwen2", HEADS, "OwnModel")


def test_a_body_loads_without_its_own_code(folder: Path) -> None:
    loaded = load_body(folder, "cpu")
    assert type(loaded.model).__name__ == "Qwen2Model"
    head = read_head(folder, list(HEADS), WIDTH, torch.float32)
    model = HeadedModel(loaded.model, head).eval()
    assert model.num_parameters() > loaded.model.num_parameters()
    assert isinstance(choose_network(model, 256), FastNetwork)
    assert {"score.0.weight", "score.2.bias", "model.norm.weight"} <= tensor_names(folder)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("own_kind", "knows no kind of model called 'own_kind'"), (None, "names no kind of network"), (3, "called 3")],
)
def test_a_kind_that_transformers_does_not_know_is_told(kind: object, told: str, folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    config = json.loads((folder / "config.json").read_text()) | {"model_type": kind}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match=told):
        load_body(tmp_path, "cpu")


def test_a_head_of_too_many_numbers_is_told(tmp_path: Path) -> None:
    wide = save_headed(tmp_path / "wide", "qwen2", {"score": (1001, False)}, "OwnModel")
    with pytest.raises(ModelError, match="gives 1,001 numbers, which are no classes of a step"):
        read_head(wide, ["score"], WIDTH, torch.float32)


@torch.inference_mode()
def test_a_language_model_speaks_of_two_labels_alone(tmp_path: Path) -> None:
    folder = save_words(tmp_path / "words", "gemma2")
    ids = torch.tensor([[5, 6, 7, 8]])
    wanted = AutoModelForCausalLM.from_pretrained(folder).eval()(ids).logits[..., [9, 4]]
    model = load_policy(folder, "cpu").model
    only_labels(model, [9, 4])
    torch.testing.assert_close(model(ids).logits, wanted)
    assert model.config.final_logit_softcapping, "what the family does to the numbers of all words, it does to these"
