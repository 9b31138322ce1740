"""Model folders that are broken, unfinished or hostile get a sentence; nothing of them is run."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig

from engine.llm.device import choose_device
from engine.llm.load import load_policy, load_scorer
from engine.policies import ModelError

WEIGHTS = "model.safetensors"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n"


@pytest.fixture
def folder(policy_folder: Path, tmp_path: Path) -> Path:
    """A copy to be broken."""
    return Path(shutil.copytree(policy_folder, tmp_path / "model"))


def edit(file: Path, **changes: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def shard(folder: Path, *names: str) -> None:
    """Split the weights over files, and list them all."""
    tensors = sorted(load_file(folder / WEIGHTS).items())
    (folder / WEIGHTS).unlink()
    listed: dict[str, str] = {}
    for place, name in enumerate(names):
        part = dict(tensors[place :: len(names)])
        save_file(part, folder / name, {"format": "pt"})
        listed |= dict.fromkeys(part, name)
    (folder / f"{WEIGHTS}.index.json").write_text(json.dumps({"metadata": {}, "weight_map": listed}))


class Bomb:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def test_a_whole_folder_loads_in_float32(folder: Path) -> None:
    half = {name: tensor.bfloat16() for name, tensor in load_file(folder / WEIGHTS).items()}
    save_file(half, folder / WEIGHTS, {"format": "pt"})
    edit(folder / "config.json", dtype="bfloat16")
    loaded = load_policy(folder, "cpu")
    assert loaded.model.dtype == torch.float32
    assert (loaded.ends, loaded.end, loaded.longest) == (frozenset({1}), 1, 256)


def test_shards_load(folder: Path) -> None:
    shard(folder, "a.safetensors", "b.safetensors")
    assert load_policy(folder, "cpu").model.num_parameters() > 0


def test_every_end_of_turn_is_known(folder: Path) -> None:
    edit(folder / "generation_config.json", eos_token_id=[1, 3])
    assert load_policy(folder, "cpu").ends == {1, 3}


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, content: str) -> Callable[[Path], Any]:
    return lambda folder: (folder / name).write_text(content)


def claim(**changes: Any) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "config.json", **changes)


def rename(old: str, new: str) -> Callable[[Path], Any]:
    return lambda folder: (folder / old).rename(folder / new)


def truncate(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-100])


def lose_a_tensor(folder: Path) -> None:
    tensors = load_file(folder / WEIGHTS)
    tensors.pop("model.layers.1.mlp.up_proj.weight")
    save_file(tensors, folder / WEIGHTS, {"format": "pt"})


def lose_a_shard(folder: Path) -> None:
    shard(folder, "a.safetensors", "b.safetensors")
    (folder / "b.safetensors").unlink()


def point_outside(folder: Path) -> None:
    shard(folder, "a.safetensors")
    index = folder / f"{WEIGHTS}.index.json"
    index.write_text(index.read_text().replace("a.safetensors", "../a.safetensors"))


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no config": (remove("config.json"), r"no config\.json"),
    "no tokenizer": (remove("tokenizer.json"), r"no tokenizer\.json"),
    "a pointer to weights": (write(WEIGHTS, POINTER), r"model\.safetensors only points to .* `git lfs pull`"),
    "a pointer to a tokenizer": (write("tokenizer.json", POINTER), r"tokenizer\.json only points to .* `git lfs pull`"),
    "an adapter": (write("adapter_config.json", "{}"), "an adapter .* merge it into the model"),
    "weights for llama.cpp": (rename(WEIGHTS, "model-Q4.gguf"), r"model-Q4\.gguf is a file for llama\.cpp"),
    "quantised weights": (
        claim(quantization_config={"quant_method": "gptq", "bits": 4}),
        r"quantised \(gptq\).* weights of 16 or 32 bits",
    ),
    "quantised in some way": (claim(quantization_config=[4]), r"quantised \(quantization_config\)"),
    "no writer": (claim(model_type="resnet"), "of the kind 'resnet', .* it writes no text"),
    "pictures": (claim(model_type="qwen2_5_vl"), "'qwen2_5_vl', .* it reads pictures"),
    "an encoder and a decoder": (claim(model_type="t5"), "'t5', .* makes one text of another"),
    "half of an encoder and a decoder": (
        claim(model_type="bart", is_encoder_decoder=True),
        "makes one text of another",
    ),
    "fills gaps": (claim(architectures=["BertForMaskedLM"]), "fills gaps"),
    "scores texts": (claim(architectures=["Qwen3ForSequenceClassification"]), "scores whole texts; it cannot write"),
    "no weights": (remove(WEIGHTS), r"no model\.safetensors"),
    "config is no JSON": (write("config.json", "{"), r"config\.json cannot be read as JSON"),
    "config is a list": (write("config.json", "[]"), r"config\.json holds no JSON object"),
    "config is deep": (write("config.json", '{"a":' * 100_000), r"config\.json cannot be read as JSON"),
    "config is huge": (lambda folder: os.truncate(folder / "config.json", 65_000_000), "larger than 64 MB"),
    "config is binary": (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe"), "cannot be read as JSON"),
    "config of an unknown kind": (claim(model_type="gizmo"), r"transformers [\d.]+, .* called 'gizmo'"),
    "config of no kind at all": (claim(model_type=["qwen3"]), r"no kind of model called \['qwen3'\]"),
    "config without a kind": (claim(model_type=None, architectures=None), r"model"),
    "config with text for numbers": (claim(hidden_size="many"), r"model"),
    "remote code": (
        claim(auto_map={"AutoModelForCausalLM": "evil.Model"}, architectures=["EvilForCausalLM"]),
        "auto_map",
    ),
    "remote code of an unknown kind": (
        claim(auto_map={"AutoConfig": "evil.Config"}, model_type="gizmo", architectures=["Qwen3ForCausalLM"]),
        "auto_map",
    ),
    "remote tokenizer": (
        lambda folder: edit(folder / "tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.Tokenizer", None]}),
        "auto_map",
    ),
    "a million layers": (claim(num_hidden_layers=10**6, layer_types=None), "num_hidden_layers = 1000000"),
    "a huge network": (claim(intermediate_size=10**9), "describes .* weights, but the files hold"),
    "a huge vocabulary": (claim(vocab_size=10**10), "describes .* weights, but the files hold"),
    "another shape": (claim(head_dim=16), "weights of the model"),
    "another size": (claim(num_attention_heads=3), "weights of the model"),
    "tokenizer is no JSON": (write("tokenizer.json", "{]"), r"tokenizer\.json cannot be read"),
    "tokenizer is empty": (write("tokenizer.json", "{}"), "tokenizer of the model"),
    "tokenizer settings are no JSON": (write("tokenizer_config.json", "nonsense"), "tokenizer_config"),
    "a huge template": (write("chat_template.jinja", "x" * 300_000), "chat template"),
    "cut off": (truncate, r"model\.safetensors is cut off: it has [\d,]+ bytes of [\d,]+"),
    "empty weights": (write(WEIGHTS, ""), r"model\.safetensors is damaged or cut off"),
    "weights are text": (write(WEIGHTS, "x" * 1000), r"model\.safetensors is damaged or cut off"),
    "weights are JSON": (
        lambda folder: (folder / WEIGHTS).write_bytes((9).to_bytes(8, "little") + b'{"a": {}}'),
        r"no safetensors file",
    ),
    "a tensor is missing": (lose_a_tensor, r"lack model\.layers\.1\.mlp\.up_proj\.weight"),
    "a shard is missing": (lose_a_shard, r"no b\.safetensors, which model\.safetensors\.index\.json names"),
    "a shard outside": (point_outside, r"'\.\./a\.safetensors'"),
    "an index of nothing": (write(f"{WEIGHTS}.index.json", "{}"), "names no weight files"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_folder_gets_a_sentence(folder: Path, case: str) -> None:
    damage, sentence = BROKEN[case]
    damage(folder)
    with pytest.raises(ModelError, match=sentence) as told:
        load_policy(folder, "cpu")
    assert str(folder) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.ckpt", "model.pkl"])
def test_pickles_are_refused_and_never_opened(folder: Path, name: str) -> None:
    (folder / WEIGHTS).unlink()
    (folder / name).write_bytes(pickle.dumps(Bomb(folder / "boom")))
    with pytest.raises(ModelError, match=rf"in {name}, a format that can run programs.* Convert"):
        load_policy(folder, "cpu")
    assert not (folder / "boom").exists()


def test_code_in_a_folder_that_transformers_knows_is_passed_over(folder: Path) -> None:
    (folder / "evil.py").write_text(f"open({str(folder / 'boom')!r}, 'w')")
    own = {"AutoConfig": "evil.Config", "AutoModelForCausalLM": "evil.Model"}
    edit(folder / "config.json", auto_map=own)
    assert type(load_policy(folder, "cpu").model).__module__ == "transformers.models.qwen3.modeling_qwen3"
    assert not (folder / "boom").exists()


@pytest.mark.parametrize("name", ["flash_attention_2", "kernels-community/flash-attn2", "flex_attention"])
def test_the_machine_chooses_how_attention_is_computed(folder: Path, name: str) -> None:
    edit(folder / "config.json", _attn_implementation=name)
    assert load_policy(folder, "cpu").model.config._attn_implementation == "sdpa"


def test_a_tokenizer_that_only_sentencepiece_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    (folder / "tokenizer.json").rename(folder / "tokenizer.model")
    with pytest.raises(ModelError, match=r"tokenizer\.model alone, .* sentencepiece .* add the tokenizer\.json"):
        load_policy(folder, "cpu")


def test_a_file_is_no_folder(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json is a file; a model is a folder"):
        load_policy(folder / "config.json", "cpu")


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("module transformers has no attribute EncodecConfig"),
        ModuleNotFoundError("No module named 'transformers.models.encodec'"),
    ],
)
def test_what_a_build_leaves_out_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(AutoConfig, "from_pretrained", fail)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ModelError, match=r"This build of Espalier has no .*[eE]ncodec.* from source has it") as told:
        load_policy(folder, "cpu")
    assert str(folder) in str(told.value)


def test_no_folder() -> None:
    with pytest.raises(ModelError, match=r"There is no model folder .*nowhere"):
        load_policy(Path("nowhere"), "cpu")


def test_a_scorer_is_no_policy_and_a_policy_no_scorer(policy_folder: Path, prm_folder: Path) -> None:
    with pytest.raises(ModelError, match="it cannot write"):
        load_policy(prm_folder, "cpu")
    with pytest.raises(ModelError, match="no process reward model"):
        load_scorer(policy_folder, "cpu")


@pytest.mark.parametrize("name", ["gizmo", "cpu:1", "cuda:99", "cuda:x", ""])
def test_a_device_that_is_not_there(name: str) -> None:
    with pytest.raises(ModelError, match=f"no device called '{name}'"):
        choose_device(name)


def test_the_machine_has_a_device() -> None:
    assert choose_device("auto").type in ("cpu", "cuda", "mps")
    assert choose_device("cpu:0").type == "cpu"


def test_loading_is_silent(policy_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_policy(policy_folder, "cpu")
    assert capfd.readouterr() == ("", "")
