"""One way to run any network: token ids in, logits out, keys and values kept beside it. Knows no text."""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

from engine.llm.fast import fast_network
from engine.llm.keys_values import CacheShape, KeyValues
from engine.policies import ModelError

LOOKS_AHEAD = 1e-3
"""Difference of a token's numbers that another token behind it makes, relative to their size: rounding is less."""


class Network(Protocol):
    """A causal network. `run` appends `ids` to the batch and computes them."""

    shape: CacheShape

    def run(self, ids: Tensor, batch: KeyValues, last_only: bool) -> Tensor:
        """ids (rows, columns) -> logits in float32 (rows, columns or 1, outputs)."""
        ...


class CachedNetwork:
    """Any transformers network with plain attention, its cache layers writing into our batch.

    Rows that are finished but still in the batch may run past `longest` positions; nobody reads what they compute.
    """

    def __init__(self, model: Any, shape: CacheShape, longest: int) -> None:
        self.model = model
        self.shape = shape
        self.longest = longest

    def run(self, ids: Tensor, batch: KeyValues, last_only: bool) -> Tensor:
        columns = ids.shape[1]
        cache = DynamicCache()
        cache.layers = [_RoomLayer(batch, layer, batch.used) for layer in range(self.shape.layers)]
        batch.append(ids)
        seen = torch.arange(batch.used, device=ids.device) >= batch.pads[:, None]
        output = self.model(
            input_ids=ids,
            attention_mask=seen.long(),
            position_ids=batch.positions(columns).clamp(max=self.longest - 1),
            past_key_values=cache,
            use_cache=True,
            **({"logits_to_keep": 1} if last_only and self.model.can_generate() else {}),
        )
        return _wanted(output.logits, last_only)


class RecomputingNetwork:
    """Any network whose state cannot be forked by rows and columns (recurrent layers and the like).

    Reads the whole context again for every token: slow, and right for every architecture.
    """

    def __init__(self, model: Any, device: torch.device) -> None:
        self.model = model
        self.shape = CacheShape(0, 1, 1, torch.float32, device)

    def run(self, ids: Tensor, batch: KeyValues, last_only: bool) -> Tensor:
        batch.append(ids)
        columns = torch.arange(batch.used, device=ids.device)
        shifted = (columns + batch.pads[:, None]) % batch.used  # padding moves to the right: nothing can leak from it
        contexts = batch.ids[:, : batch.used].gather(1, shifted)
        logits = self.model(
            input_ids=contexts,
            attention_mask=(columns < batch.used - batch.pads[:, None]).long(),
            use_cache=False,
        ).logits
        wanted = (columns[batch.used - ids.shape[1] :] - batch.pads[:, None]) % batch.used
        return _wanted(logits.gather(1, wanted[:, :, None].expand(-1, -1, logits.shape[-1])), last_only)


class _RoomLayer(DynamicLayer):
    """A layer of transformers' cache that lives in a `KeyValues` batch, so that nothing is copied as it grows."""

    def __init__(self, batch: KeyValues, layer: int, start: int) -> None:
        super().__init__()
        self.batch = batch
        self.layer = layer
        self.start = start
        self.is_initialized = True

    def update(self, key_states: Tensor, value_states: Tensor, *args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
        kept = self.batch.data[self.layer]
        end = self.start + key_states.shape[-2]
        kept[0, :, self.start : end] = key_states.transpose(1, 2)
        kept[1, :, self.start : end] = value_states.transpose(1, 2)
        self.start = end
        return kept[0, :, :end].transpose(1, 2), kept[1, :, :end].transpose(1, 2)

    def get_seq_length(self) -> int:
        return self.start


def choose_network(model: Any, longest: int) -> Network:
    """The fastest network that computes what `model` computes. Raises ModelError for one that looks ahead."""
    shape = _cache_shape(model)
    fast = None if shape is None else fast_network(model, shape, longest)
    if fast is not None:
        return fast
    _check_order(model)
    return RecomputingNetwork(model, model.device) if shape is None else CachedNetwork(model, shape, longest)


@torch.inference_mode()
def _check_order(model: Any) -> None:
    """See that a token's numbers hang on nothing behind it: whatever is remembered of a beginning rests on that."""
    ids = torch.tensor([[1, 2, 3], [1, 2, 0]], device=model.device)
    one, other = model(input_ids=ids, attention_mask=torch.ones_like(ids), use_cache=False).logits[:, :2].float()
    if (one - other).abs().max() > LOOKS_AHEAD * one.abs().max():
        raise ModelError(
            f"The model in {model.config.name_or_path} reads texts in both directions, so that what it says of a step "
            "changes with what is written behind it: choose one that reads them in order."
        )


def _cache_shape(model: Any) -> CacheShape | None:
    """The shape that a token leaves in transformers' own cache; None where it is not the same in every layer."""
    cache = DynamicCache(config=model.config)
    try:
        with torch.inference_mode():
            model(input_ids=torch.zeros((1, 3), dtype=torch.long, device=model.device), past_key_values=cache)
    except (TypeError, ValueError, AttributeError):
        return None
    tensors = [
        tensor for layer in cache.layers for tensor in (getattr(layer, "keys", None), getattr(layer, "values", None))
    ]
    first, *others = tensors or [None]
    # exactly these: some of their kinds keep recurrent state or an index beside keys and values
    plain = all(type(layer) in (DynamicLayer, DynamicSlidingWindowLayer) for layer in cache.layers)
    if first is None or not plain or any(tensor is None or tensor.shape != first.shape for tensor in others):
        return None
    return CacheShape(len(cache.layers), first.shape[1], first.shape[3], first.dtype, first.device)


def _wanted(logits: Tensor, last_only: bool) -> Tensor:
    return (logits[:, -1:] if last_only else logits).float()
