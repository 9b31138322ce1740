"""Model folders of many families, as they are met in the wild but tiny, for Espalier from source and as a bundle."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForTokenClassification
from transformers.utils.logging import disable_progress_bar

from tests.helpers.tiny_models import CLASSES, make_network
from tests.helpers.tiny_tokenizers import save_tokenizer

LONGEST = 512
"""Tokens of context."""
SHARD = "40KB"
"""Weights of such a size make two or more files of each network."""


@dataclass(frozen=True, slots=True)
class Family:
    """How a family's folder is made."""

    settings: dict[str, Any] = field(default_factory=dict)
    tokenizer: str = "bytes"
    """A kind of `tiny_tokenizers.save_tokenizer`."""
    dtype: torch.dtype = torch.float32
    sharded: bool = False
    """Whether the weights lie in several files with an index."""


_HALF = torch.bfloat16
_GPT = {"n_embd": 32, "n_layer": 2, "n_head": 4}
_MOE = {"num_experts_per_tok": 2, "moe_intermediate_size": 16} | dict.fromkeys(
    ("num_local_experts", "num_experts", "n_routed_experts"), 4
)
_SHARED = {**_MOE, "shared_expert_intermediate_size": 16}
_GROUPS = {**_MOE, "n_shared_experts": 1, "first_k_dense_replace": 1, "n_group": 1, "topk_group": 1}
_LATENT = {"kv_lora_rank": 8, "q_lora_rank": 8, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8}
_WINDOW = {"sliding_window": 6}
_WIDE = {"head_dim": 8}
_LINEAR = {"linear_key_head_dim": 8, "linear_value_head_dim": 8, "linear_num_key_heads": 2, "linear_num_value_heads": 4}
_STATE = {"mamba_n_heads": 4, "mamba_d_head": 16, "mamba_d_state": 8}
_HYBRID = {"hybrid_override_pattern": "M*-", "num_hidden_layers": 3, "mamba_num_heads": 4, "mamba_head_dim": 16} | {
    "ssm_state_size": 8,
    "n_groups": 1,
    "chunk_size": 16,
}

FAMILIES: dict[str, Family] = {
    "llama": Family({"num_key_value_heads": 2}, "pieces", _HALF, sharded=True),
    "mistral": Family(_WINDOW, "pieces", _HALF),
    "ministral3": Family(),
    "mixtral": Family(_MOE, "pieces", sharded=True),
    "qwen2": Family(dtype=_HALF),
    "qwen2_moe": Family(_SHARED),
    "qwen3": Family(_WIDE, sharded=True),
    "qwen3_moe": Family({**_MOE, **_WIDE}, sharded=True),
    "qwen3_next": Family({**_SHARED, **_LINEAR, **_WIDE, "num_hidden_layers": 4}),
    "gemma": Family(_WIDE, "unigram", _HALF),
    "gemma2": Family({**_WIDE, **_WINDOW, "query_pre_attn_scalar": 8}, "unigram"),
    "gemma3_text": Family({**_WIDE, **_WINDOW, "query_pre_attn_scalar": 8}, "unigram", _HALF, sharded=True),
    "phi": Family(tokenizer="two files"),
    "phi3": Family({**_WINDOW, "original_max_position_embeddings": LONGEST}, "pieces", _HALF),
    "phimoe": Family(_MOE, "pieces"),
    "olmo": Family(),
    "olmo2": Family(sharded=True),
    "olmo3": Family(_WINDOW),
    "olmoe": Family(_MOE),
    "granite": Family(dtype=_HALF),
    "granitemoe": Family(_MOE),
    "granitemoehybrid": Family(
        {**_MOE, **_STATE, "layer_types": ["mamba", "attention"], "shared_intermediate_size": 16}
    ),
    "smollm3": Family(dtype=_HALF),
    "starcoder2": Family(),
    "stablelm": Family(),
    "gpt2": Family({**_GPT, "n_positions": LONGEST}, "two files"),
    "gpt_neo": Family(
        {"attention_types": [[["global", "local"], 1]], "num_layers": 2, "num_heads": 4, "window_size": 6}, "two files"
    ),
    "gpt_neox": Family(),
    "gptj": Family({**_GPT, "rotary_dim": 4}, "two files"),
    "gpt_bigcode": Family(_GPT),
    "codegen": Family({**_GPT, "rotary_dim": 4}, "two files"),
    "opt": Family({"ffn_dim": 48, "word_embed_proj_dim": 32}, "two files", torch.float16),
    "bloom": Family({"n_layer": 2, "n_head": 4}, dtype=_HALF),
    "mpt": Family({"d_model": 32, "n_heads": 4, "n_layers": 2, "max_seq_len": LONGEST}),
    "falcon": Family({"multi_query": True, "new_decoder_architecture": False}, dtype=_HALF),
    "mamba": Family({"state_size": 4}),
    "mamba2": Family({"state_size": 8, "num_heads": 8, "head_dim": 8, "n_groups": 1, "chunk_size": 16}),
    "jamba": Family({**_MOE, "mamba_d_state": 4, "attn_layer_period": 2, "attn_layer_offset": 1}, "pieces"),
    "recurrent_gemma": Family({**_WIDE, "lru_width": 32, "attention_window_size": 16, "num_hidden_layers": 3}),
    "rwkv": Family({"attention_hidden_size": 32, "context_length": LONGEST}),
    "falcon_h1": Family({**_STATE, **_WIDE, "mamba_d_ssm": 64, "mamba_chunk_size": 16}),
    "nemotron_h": Family({**_HYBRID, **_WIDE}),
    "cohere": Family(),
    "cohere2": Family(_WINDOW),
    "deepseek_v2": Family({**_GROUPS, **_LATENT}),
    "deepseek_v3": Family({**_GROUPS, **_LATENT}, dtype=_HALF, sharded=True),
    "glm": Family(_WIDE),
    "glm4": Family(_WIDE, dtype=_HALF),
    "glm4_moe": Family({**_GROUPS, **_WIDE}),
    "gpt_oss": Family({**_MOE, **_WIDE, **_WINDOW}, dtype=_HALF, sharded=True),
    "ernie4_5": Family(_WIDE),
    "exaone4": Family(_WINDOW),
    "hunyuan_v1_dense": Family(_WIDE),
    "internlm3": Family(_WIDE, "pieces"),
    "lfm2": Family(),
    "minimax": Family({**_MOE, **_WIDE}),
    "nemotron": Family(_WIDE),
    "persimmon": Family(tokenizer="unigram"),
    "seed_oss": Family(_WIDE),
    "arcee": Family(),
    "apertus": Family(),
    "bitnet": Family(),
    "helium": Family(_WIDE, "unigram"),
    "xglm": Family({"d_model": 32, "num_layers": 2, "attention_heads": 4, "ffn_dim": 48}, "unigram"),
    "biogpt": Family(),
    "openai-gpt": Family({**_GPT, "n_positions": LONGEST}),
    "doge": Family(),
    "diffllama": Family(),
}
"""By transformers' name of the architecture: among them every kind of attention, of experts and of recurrent state."""


def save_family(name: str, folder: Path, scores: bool = False) -> Path:
    """A policy's folder of the family `name`, or that of a process reward model; equal names give equal weights.

    Raises ValueError where the family has no head that scores tokens.
    """
    disable_progress_bar()
    family = FAMILIES[name]
    folder.mkdir(parents=True)
    entries = save_tokenizer(family.tokenizer, folder)
    settings = {"max_position_embeddings": LONGEST, "vocab_size": entries, **family.settings}
    head = AutoModelForTokenClassification if scores else AutoModelForCausalLM
    network = make_network(name, head, seed=int(scores), **settings, **(CLASSES if scores else {}))
    network.to(family.dtype).save_pretrained(folder, max_shard_size=SHARD if family.sharded else "1GB")
    return folder


def can_score(name: str) -> bool:
    """Whether transformers has a head for this family that scores tokens."""
    return type(AutoConfig.for_model(name)) in AutoModelForTokenClassification._model_mapping
