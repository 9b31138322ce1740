"""Tiny models with random weights in real Hugging Face folders, and a tokenizer of the bundled models' kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForTokenClassification,
    PreTrainedTokenizerFast,
)
from transformers.utils.logging import disable_progress_bar

CONTROL = ("<|pad|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>")
THINK = ("<think>", "</think>")
WORDS = ("Make", " from", " (left: ", ")\n", ".\n", " + ", " - ", " = ", "Answer", ": ", "24", "10", "13", "Try")
PIECES = r" \(left: |\)\n| [-+*/=] |, |\. |\.\n|: |\d{1,3}| ?[A-Za-z]+|\n|."
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% if enable_thinking %}<think>\n{% endif %}{% endif %}"
)
FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    "qwen3": ("qwen3", {"head_dim": 8, "max_position_embeddings": 256}),
    "llama": ("llama", {"num_key_value_heads": 2, "max_position_embeddings": 256}),
    "qwen2": ("qwen2", {"num_key_value_heads": 1, "max_position_embeddings": 256}),
    "gpt2": ("gpt2", {"n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 256}),
    "window": ("mistral", {"sliding_window": 6, "max_position_embeddings": 256}),
    "mamba": ("mamba", {"state_size": 4}),
}
"""Name -> transformers' name of the architecture and settings. `window` sees 6 tokens; `mamba` is recurrent."""

CLASSES = {"id2label": {0: "dead_end", 1: "solvable"}, "label2id": {"dead_end": 0, "solvable": 1}}
"""Settings of a process reward model."""

_SIZES = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "tie_word_embeddings": True,
}
_IDS = {"bos_token_id": None, "eos_token_id": 1, "pad_token_id": 0}


def make_tokenizer(
    tags: tuple[str, ...] = THINK, template: str = TEMPLATE, *, special: bool = False
) -> PreTrainedTokenizerFast:
    """Whole words and byte fallback, with the control tokens and the chat template of the bundled models.

    `tags` are tokens of their own, too, control tokens if they are `special`.
    """
    vocabulary = {word: place for place, word in enumerate((*CONTROL, *tags))}
    symbols = {" ": "Ġ", "\n": "Ċ"}
    words = ("".join(symbols.get(letter, letter) for letter in word) for word in WORDS)
    for piece in (*sorted(pre_tokenizers.ByteLevel.alphabet()), *words):
        vocabulary.setdefault(piece, len(vocabulary))
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], ignore_merges=True))
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(PIECES), "isolated"), byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in CONTROL])
    add = tokenizer.add_special_tokens if special else tokenizer.add_tokens
    add([AddedToken(name, special=special, normalized=False) for name in tags])
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|end|>", pad_token="<|pad|>", clean_up_tokenization_spaces=False
    )
    wrapped.chat_template = template
    return wrapped


def make_model(family: str, head: Any = AutoModelForCausalLM, seed: int = 0, **changes: Any) -> Any:
    """A network of the family with random weights, large enough for every token to matter."""
    architecture, settings = FAMILIES[family]
    return make_network(architecture, head, seed, **{"vocab_size": len(make_tokenizer()), **settings, **changes})


def make_network(architecture: str, head: Any = AutoModelForCausalLM, seed: int = 0, **settings: Any) -> Any:
    """The same for any of transformers' architectures; settings that it does not know do no harm."""
    torch.manual_seed(seed)
    model = head.from_config(AutoConfig.for_model(architecture, **{**_SIZES, **_IDS, **settings})).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter * 8 if parameter.dim() > 1 else parameter + torch.randn_like(parameter) / 5)
    return model


def save_policy(folder: Path, family: str = "qwen3", seed: int = 0) -> Path:
    """A policy folder; the networks are random, so they write nonsense, but always the same."""
    return _save(make_model(family, seed=seed), folder)


def save_prm(folder: Path, family: str = "qwen3", seed: int = 1) -> Path:
    """A process reward model folder with the bundled model's names for its classes."""
    return _save(make_model(family, AutoModelForTokenClassification, seed, **CLASSES), folder)


def edit_settings(folder: Path, **changes: Any) -> None:
    """Change the settings of the tokenizer in a model's folder."""
    settings = folder / "tokenizer_config.json"
    settings.write_text(json.dumps(json.loads(settings.read_text()) | changes))


def _save(model: Any, folder: Path) -> Path:
    disable_progress_bar()
    model.save_pretrained(folder)
    make_tokenizer().save_pretrained(folder)
    edit_settings(folder, tokenizer_class="PreTrainedTokenizerFast")
    return folder
