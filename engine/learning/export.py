"""Writes a trained model as a standard Hugging Face folder, whole or not at all, and reads one back for training."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import torch
from transformers import (
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    Qwen3ForCausalLM,
    Qwen3ForTokenClassification,
)
from transformers.utils.logging import disable_progress_bar

from engine.learning.tokenizer import END, MAX_LENGTH, PAD

ON_DISK = torch.float16
"""Half the size; the config asks for float32 when loading, since 16-bit arithmetic is slower on a CPU."""


def export_model(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    card: str,
    out: Path,
    more: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write config, weights (float16), tokenizer, chat template and card to the folder `out`, replacing it at once.

    `more`: the texts of other files, by name. Raises OSError.
    """
    fresh = out.with_name(f"{out.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _write_model(model, fresh)
    _write_tokenizer(tokenizer, fresh)
    for name, text in {"README.md": card, **more}.items():
        (fresh / name).write_text(text, encoding="utf-8")
    _take_place(fresh, out)


def load_policy(folder: Path) -> tuple[Qwen3ForCausalLM, PreTrainedTokenizerFast]:
    """A policy folder as written by `export_model`, in float32."""
    disable_progress_bar()
    model = Qwen3ForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return model.eval(), AutoTokenizer.from_pretrained(folder)


def load_prm(folder: Path) -> Qwen3ForTokenClassification:
    """A process reward model's folder as written by `export_model`, in float32."""
    disable_progress_bar()
    return Qwen3ForTokenClassification.from_pretrained(folder, dtype=torch.float32).eval()


def _write_model(model: PreTrainedModel, folder: Path) -> None:
    half = type(model)(model.config)
    half.load_state_dict(model.state_dict())
    disable_progress_bar()
    half.to(ON_DISK).save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    _edit(folder / "config.json", {"dtype": "float32"})


def _write_tokenizer(tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """The tokenizer's files; of ours with a config of only what any version of transformers understands."""
    tokenizer.save_pretrained(folder)
    if tokenizer.eos_token != END:
        return
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": END,
        "pad_token": PAD,
        "model_max_length": MAX_LENGTH,
        "clean_up_tokenization_spaces": False,
    }
    _write_json(folder / "tokenizer_config.json", settings)


def _take_place(fresh: Path, out: Path) -> None:
    old = out.with_name(f"{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _edit(file: Path, changes: dict[str, str]) -> None:
    _write_json(file, json.loads(file.read_text(encoding="utf-8")) | changes)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
