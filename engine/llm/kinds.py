"""Whether a kind of model, by what its config.json says of it, can do what is asked of it. Loads nothing."""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from transformers import __version__
from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING_NAMES,
    MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES,
    MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES,
    MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES,
    MODEL_MAPPING_NAMES,
)

from engine.llm.folder import refuse_remote_code
from engine.policies import ModelError

_SCORES_STEPS = "ForTokenClassification"
_OTHER_HEADS = {
    _SCORES_STEPS: "scores steps; it cannot write them. Choose it as a verifier.",
    "ForSequenceClassification": "scores whole texts; it cannot write them.",
    "ForMaskedLM": "fills gaps in a text; it cannot write one.",
}
"""How names in `architectures` end, and what a model with that head does instead of writing."""
_UNLIKE: tuple[tuple[Container[str], str], ...] = (
    (MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES, "it reads pictures. Choose a model of that family for text alone."),
    (MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES, "it makes one text of another. Choose a causal language model."),
)


def check_writes(folder: Path, config: dict[str, Any]) -> None:
    """See that it is a causal language model. Raises ModelError with a sentence that says what it is instead."""
    for head, does in _OTHER_HEADS.items():
        if _has(config, head):
            raise ModelError(f"The model in {folder} {does}")
    kind = _known_kind(folder, config, MODEL_FOR_CAUSAL_LM_MAPPING_NAMES)
    if config.get("is_encoder_decoder") is True or (kind and kind not in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES):
        why = next((why for kinds, why in _UNLIKE if kind in kinds), "it writes no text.")
        raise ModelError(f"The model in {folder} is of the kind '{kind}', which cannot be a policy: {why}")


def check_scores(folder: Path, config: dict[str, Any]) -> None:
    """See that it has a head that scores tokens. Raises ModelError with a sentence."""
    kind = _known_kind(folder, config, MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES)
    if not _has(config, _SCORES_STEPS) or (kind and kind not in MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES):
        raise ModelError(f"The model in {folder} has no head that scores tokens, so it is no process reward model.")


def check_body(folder: Path, config: dict[str, Any]) -> None:
    """See that transformers has a network for it, whatever head stands on that. Raises ModelError with a sentence.

    Code that comes with the model is passed over: its head is read from the weights, and its body is transformers' own.
    """
    kind = config.get("model_type")
    _check_known(folder, kind)
    if not kind or kind not in MODEL_MAPPING_NAMES:
        raise ModelError(f"The config.json in {folder} names no kind of network (model_type) that can be a scorer.")


def _has(config: dict[str, Any], head: str) -> bool:
    return any(name.endswith(head) for name in _named(config))


def _named(config: dict[str, Any]) -> list[str]:
    """The classes that the model was saved from."""
    named = config.get("architectures")
    return [str(name) for name in named] if isinstance(named, list) else []


def _known_kind(folder: Path, config: dict[str, Any], classes: Mapping[str, str]) -> str:
    """Transformers' name of the architecture; empty where an old config.json has none.

    Many models come with code from before transformers knew them: that is passed over where transformers' own class,
    which `classes` has by kind, is the very one that the model names. Raises ModelError.
    """
    kind = config.get("model_type") or ""
    if not isinstance(kind, str) or classes.get(kind) not in _named(config):
        refuse_remote_code(folder, config)
    _check_known(folder, kind)
    return str(kind)


def _check_known(folder: Path, kind: object) -> None:
    if kind and (not isinstance(kind, str) or kind not in CONFIG_MAPPING_NAMES):
        raise ModelError(
            f"The config.json in {folder} cannot be used: transformers {__version__}, which Espalier has, knows no "
            f"kind of model called {kind!r}. Perhaps a newer Espalier does."
        )
