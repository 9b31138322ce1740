"""Heads that transformers does not know, put on its own networks from safetensors; no code of a model runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn
from transformers.modeling_outputs import TokenClassifierOutput

from engine.llm.folder import weight_files
from engine.policies import ModelError

MAX_OUTPUTS = 1000
"""Numbers that the last layer of a head may give."""


class HeadedModel(nn.Module):
    """A backbone with a head on its last hidden state, called as transformers' own models with heads are."""

    def __init__(self, backbone: Any, head: nn.Module) -> None:
        super().__init__()
        self.base_model = backbone
        self.score = head
        self.config = backbone.config

    @property
    def device(self) -> torch.device:
        return torch.device(self.base_model.device)

    def forward(self, **inputs: Any) -> TokenClassifierOutput:
        hidden = self.base_model(**inputs).last_hidden_state
        return TokenClassifierOutput(logits=self.score(hidden))

    def can_generate(self) -> bool:
        return False

    def get_output_embeddings(self) -> None:
        return None

    def num_parameters(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


def tensor_names(folder: Path) -> frozenset[str]:
    """Names of all tensors in the weight files. Raises ModelError."""
    names: set[str] = set()
    for file in weight_files(folder):
        with _opened(file) as tensors:
            names |= set(tensors.keys())
    return frozenset(names)


def read_head(folder: Path, layers: Sequence[str], width: int, dtype: torch.dtype) -> nn.Sequential:
    """The layers of a head, ReLU between them, from a folder's weight files.

    `width` numbers of a hidden state go in. Raises ModelError where a layer is missing or does not fit.
    """
    found = _tensors(folder, layers)
    parts: list[nn.Module] = []
    for layer in layers:
        weight, bias = found.get(f"{layer}.weight"), found.get(f"{layer}.bias")
        if weight is None:
            raise ModelError(
                f"The weights in {folder} have no {layer}.weight, the head that the recipe reads: "
                "choose the recipe that this model was made for."
            )
        if weight.dim() != 2 or weight.shape[1] != width or (bias is not None and bias.shape != weight.shape[:1]):
            raise ModelError(
                f"The head in {folder} does not fit: {layer}.weight has the shape {tuple(weight.shape)}, "
                f"and {width} numbers go into it."
            )
        parts += [nn.ReLU(), _linear(weight.to(dtype), None if bias is None else bias.to(dtype))]
        width = weight.shape[0]
    if not 0 < width <= MAX_OUTPUTS:
        raise ModelError(f"The head in {folder} gives {width:,} numbers, which are no classes of a step.")
    return nn.Sequential(*parts[1:])


def only_labels(model: Any, labels: Sequence[int]) -> None:
    """Let a language model speak of these tokens alone, in this order, as the next ones: a head of so many classes.

    What its family does to the numbers of all tokens (scaling, a soft cap) it goes on doing to these.
    """
    words = model.get_output_embeddings()
    index = torch.tensor(labels, device=words.weight.device)
    bias = None if words.bias is None else words.bias.detach()[index]
    model.set_output_embeddings(_linear(words.weight.detach()[index].clone(), bias))


def _linear(weight: Tensor, bias: Tensor | None) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0], bias is not None, device="meta")
    layer.weight = nn.Parameter(weight, requires_grad=False)
    if bias is not None:
        layer.bias = nn.Parameter(bias, requires_grad=False)
    return layer


def _tensors(folder: Path, layers: Sequence[str]) -> dict[str, Tensor]:
    wanted = {f"{layer}.{kind}" for layer in layers for kind in ("weight", "bias")}
    found: dict[str, Tensor] = {}
    for file in weight_files(folder):
        with _opened(file) as tensors:
            found |= {name: tensors.get_tensor(name) for name in wanted & set(tensors.keys())}
    return found


def _opened(file: Path) -> Any:
    try:
        return safe_open(file, framework="pt")
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{file} cannot be read: {error}. Fetch the file again.") from error
