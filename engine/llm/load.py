"""Load a Hugging Face folder safely: safetensors and JSON only, no remote code, no network. Knows no search."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoModelForTokenClassification, AutoTokenizer

from engine.llm.device import be_quiet, choose_device
from engine.llm.folder import Weights, check_folder
from engine.llm.kinds import check_body, check_scores, check_writes
from engine.policies import ModelError

LONGEST_TEMPLATE = 200_000
"""Characters of a chat template."""
UNLIMITED = 1 << 20
"""Tokens of context for a model that names no limit."""
_MISSING = re.compile(r"module transformers\S* has no attribute (\w+)|No module named '(transformers\.models\.\w+)'")
"""How transformers says that one of its own parts is not there."""
_CHECKS = {AutoModelForCausalLM: check_writes, AutoModelForTokenClassification: check_scores, AutoModel: check_body}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model and its tokenizer, ready to compute."""

    folder: Path
    model: Any
    tokenizer: Any
    ends: frozenset[int]
    """Tokens that end a turn."""
    end: int | None
    """The one that stands at the end of a finished turn."""
    longest: int
    """Most tokens that it reads."""
    entries: int
    """Different tokens that it knows."""


def load_policy(folder: Path, device: str = "auto") -> Loaded:
    """A model that writes. Raises ModelError with a sentence that says what is wrong with the folder."""
    return _load(folder, AutoModelForCausalLM, device)


def load_scorer(folder: Path, device: str = "auto") -> Loaded:
    """A model with a classification head for every token. Raises ModelError like `load_policy`."""
    return _load(folder, AutoModelForTokenClassification, device)


def load_body(folder: Path, device: str = "auto") -> Loaded:
    """A network without a head, of a class of transformers' own. Raises ModelError like `load_policy`."""
    return _load(folder, AutoModel, device)


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer of a folder alone, which need not hold a network. Raises ModelError like `load_policy`."""
    be_quiet()
    tokenizer = _tried(folder, "tokenizer", AutoTokenizer, {})
    _check_template(folder, tokenizer)
    return tokenizer


def _load(folder: Path, kind: Any, device: str) -> Loaded:
    be_quiet()
    place = choose_device(device)
    contents = check_folder(folder)
    _CHECKS[kind](folder, contents.config)
    config = _tried(folder, "config.json", AutoConfig, {})
    config._attn_implementation = None  # a folder may name one that is not here: transformers chooses one that is
    _check_size(folder, config, kind, contents.weights)
    tokenizer = _tried(folder, "tokenizer", AutoTokenizer, {})
    _check_template(folder, tokenizer)
    dtype = torch.float32 if place.type == "cpu" else "auto"
    arguments = {"config": config, "dtype": dtype, "use_safetensors": True, "output_loading_info": True}
    model, report = _tried(folder, "weights", kind, arguments)
    if missing := sorted(report["missing_keys"]):
        raise ModelError(f"The weights in {folder} lack {missing[0]} ({len(missing)} tensors in all are missing).")
    model = model.eval().requires_grad_(False).to(place)
    longest = getattr(config.get_text_config(), "max_position_embeddings", None) or UNLIMITED
    return Loaded(
        folder=folder,
        model=model,
        tokenizer=tokenizer,
        ends=_ends(model, tokenizer),
        end=tokenizer.eos_token_id,
        longest=longest,
        entries=config.get_text_config().vocab_size,
    )


def _tried(folder: Path, what: str, loader: Any, arguments: dict[str, Any]) -> Any:
    """Loaded by transformers, which raises anything at all for a folder that is not as it should be."""
    try:
        return loader.from_pretrained(folder, local_files_only=True, trust_remote_code=False, **arguments)
    except Exception as error:
        raise _refusal(error, folder, f"The {what} of the model in {folder} cannot be used") from error


def _refusal(error: Exception, folder: Path, sentence: str) -> ModelError:
    """What transformers says of a folder, in one line."""
    if getattr(sys, "frozen", False) and (missing := _MISSING.search(str(error))):
        return ModelError(
            f"This build of Espalier has no {missing[1] or missing[2]}, which the model in {folder} needs: "
            "parts of transformers for pictures and sound were left out. Espalier from source has it."
        )
    first, *others = str(error).strip().splitlines() or [type(error).__name__]
    return ModelError(f"{sentence}: {' '.join([first, *others[:1]]) if first.endswith(':') else first}")


def _check_size(folder: Path, config: Any, kind: Any, weights: Weights) -> None:
    """Compare with the network that the config describes, built without memory: a false one could ask for all of it."""
    try:
        with torch.device("meta"):
            claimed = sum(
                parameter.numel() for parameter in kind.from_config(config, trust_remote_code=False).parameters()
            )
    except Exception as error:
        raise _refusal(error, folder, f"The config.json in {folder} describes no network that can be built") from error
    if claimed > 2 * weights.numbers:
        raise ModelError(
            f"The config.json in {folder} describes {claimed:,} weights, but the files hold {weights.numbers:,}."
        )


def _check_template(folder: Path, tokenizer: Any) -> None:
    if len(str(tokenizer.chat_template or "")) > LONGEST_TEMPLATE:
        raise ModelError(f"The chat template in {folder} is larger than {LONGEST_TEMPLATE:,} characters.")


def _ends(model: Any, tokenizer: Any) -> frozenset[int]:
    """Every end-of-turn token that the model's files name."""
    named = [model.config.get_text_config().eos_token_id, tokenizer.eos_token_id]
    if getattr(model, "generation_config", None):
        named.append(model.generation_config.eos_token_id)
    return frozenset(
        number for entry in named for number in (entry if isinstance(entry, list) else [entry]) if number is not None
    )
