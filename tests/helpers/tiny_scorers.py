"""Tiny reward models in the layouts that published ones have, random weights, two layers of width 16."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import (
    AutoModel,
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
)
from transformers.utils.logging import disable_progress_bar

from tests.helpers.tiny_models import CONTROL, THINK, edit_settings, make_network, make_tokenizer
from tests.helpers.tiny_tokenizers import save_tokenizer

WIDTH = 16
LONGEST = 256
SIZES = {"hidden_size": WIDTH, "intermediate_size": 24, "max_position_embeddings": LONGEST, "num_key_value_heads": 2}
CHAT = (
    "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
DATED = (
    "{% if not date_string is defined %}{% set date_string = strftime_now('%d %b %Y') %}{% endif %}"
    "<|system|>\nToday Date: {{ date_string }}\n<|end|>"
    "{% for m in messages %}<|{{ m['role'] }}|>\n\n{{ m['content'] | trim }}<|end|>{% endfor %}"
)
"""Tells the date and trims, as Llama's does."""
TAG = "<extra_0>"
HEADS = {"score.0": (WIDTH, True), "score.2": (2, True)}


def save_headed(
    folder: Path, kind: str, layers: dict[str, tuple[int, bool]], architecture: str, *, words: bool = False, **more: Any
) -> Path:
    """A network of `kind` with layers (outputs, bias) of a head beside it, and code of its own that nobody may run.

    `words`: the head for words is among the weights, too. More settings go into config.json.
    """
    folder.mkdir(parents=True)
    entries = _tokens(folder, kind)
    network = make_network(kind, AutoModelForCausalLM if words else AutoModel, vocab_size=entries, **SIZES)
    tensors = {name if words else f"model.{name}": value for name, value in network.state_dict().items()}
    tensors.pop("lm_head.weight", None)
    torch.manual_seed(7)
    width = WIDTH
    for layer, (outputs, bias) in layers.items():
        tensors[f"{layer}.weight"] = torch.randn(outputs, width) * 0.6
        if bias:
            tensors[f"{layer}.bias"] = torch.randn(outputs)
        width = outputs
    save_file({name: value.clone().contiguous() for name, value in tensors.items()}, folder / "model.safetensors")
    config = network.config.to_dict() | {"architectures": [architecture], **more}
    config["auto_map"] = {"AutoConfig": "configuration_own.OwnConfig", "AutoModel": "modeling_own.OwnModel"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "modeling_own.py").write_text("raise SystemExit('code of a model was run')")
    return folder


def save_words(folder: Path, kind: str, seed: int = 0, template: str = CHAT) -> Path:
    """A language model."""
    return _saved(folder, kind, AutoModelForCausalLM, seed, template)


def save_classes(folder: Path, kind: str = "qwen2", **settings: Any) -> Path:
    """A token classifier as TRL leaves it: its classes have no names."""
    return _saved(folder, kind, AutoModelForTokenClassification, 1, CHAT, num_labels=2, **settings)


def save_number(folder: Path, kind: str = "llama") -> Path:
    """A classifier of whole texts with one number."""
    return _saved(folder, kind, AutoModelForSequenceClassification, 2, CHAT, num_labels=1)


def tokenizer_of(folder: Path) -> Any:
    return AutoTokenizer.from_pretrained(folder)


def _saved(folder: Path, kind: str, head: Any, seed: int, template: str, **settings: Any) -> Path:
    disable_progress_bar()
    folder.mkdir(parents=True)
    entries = _tokens(folder, kind, template)
    make_network(kind, head, seed, vocab_size=entries, **SIZES, **settings).save_pretrained(folder)
    return folder


def _tokens(folder: Path, kind: str, template: str = CHAT) -> int:
    """Mistral's kind of tokenizer for Mistral, with the tokens of Math-Shepherd; byte pairs for the others."""
    if kind == "mistral":
        return save_tokenizer("pieces", folder, (" ки", " +", " -"))
    tokenizer = make_tokenizer((*THINK, TAG), template)
    tokenizer.add_special_tokens({"additional_special_tokens": [*CONTROL[1:], TAG]})
    tokenizer.save_pretrained(folder)
    edit_settings(folder, tokenizer_class="PreTrainedTokenizerFast")
    return len(tokenizer)
