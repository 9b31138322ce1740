"""The Llama family (Llama, Mistral, Qwen 2 and 3) computed directly, used only where it proves equal. Knows no text.

A small network is called for longer than it computes: without transformers' layers of calls, batches of 1 to 16 rows
take about two thirds of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

from engine.llm.keys_values import CacheShape, KeyValues

FAMILY = ("llama", "mistral", "qwen2", "qwen3")
TOLERANCE = 1e-4
"""Largest difference from transformers' logits, relative to their size."""
SMALL = 200_000_000
"""Weights up to which it pays: a large network computes longer than it is called, and its weights need not lie in
memory twice."""
MORE_ANGLES = 512
"""Positions whose rotations are worked out ahead."""

Linear = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One decoder layer. q, k and v are one product, gate and up another."""

    norm_in: Tensor
    qkv: Linear
    norms_qk: Tensor | None
    """(heads + key heads, width), or None where queries and keys are not normalised."""
    out: Linear
    norm_mid: Tensor
    gate_up: Linear
    down: Linear


class FastNetwork:
    """A causal network of the Llama family with a head for words or for classes."""

    def __init__(self, model: Any, shape: CacheShape, longest: int) -> None:
        config, body = model.config, model.base_model
        self.shape = shape
        self._longest = longest
        self._heads: int = config.num_attention_heads
        self._epsilon: float = config.rms_norm_eps
        self._embedding = body.embed_tokens.weight
        self._layers = [_layer(layer, self._heads, shape) for layer in body.layers]
        self._norm = body.norm.weight
        head = model.get_output_embeddings() or model.score
        self._head = _linear(head.weight, head.bias) if isinstance(head, torch.nn.Linear) else head
        self._rotary = body.rotary_emb
        self._angles = torch.empty((2, 0, 1, shape.width), dtype=shape.dtype, device=shape.device)

    def run(self, ids: Tensor, batch: KeyValues, last_only: bool) -> Tensor:
        columns = ids.shape[1]
        batch.append(ids)
        if batch.used > self._angles.shape[1]:
            self._angles = self._make_angles(batch.used + MORE_ANGLES)
        cos, sin = self._angles[:, batch.positions(columns).clamp(max=self._longest - 1)]
        visible = batch.visible(columns)
        x = F.embedding(ids, self._embedding)
        for number, layer in enumerate(self._layers):
            kept = batch.data[number, :, :, : batch.used]
            x = x + self._attend(layer, self._scaled(x, layer.norm_in), kept, cos, sin, visible)
            gate, up = layer.gate_up(self._scaled(x, layer.norm_mid)).chunk(2, -1)
            x = x + layer.down(F.silu(gate) * up)
        return self._head(self._scaled(x[:, -1:] if last_only else x, self._norm)).float()

    def _attend(
        self, layer: _Layer, x: Tensor, kept: Tensor, cos: Tensor, sin: Tensor, visible: Tensor | None
    ) -> Tensor:
        """x (rows, columns, hidden); kept (2, rows, used, key heads, width), whose last columns are filled here."""
        rows, columns, _ = x.shape
        turned = self._heads + self.shape.heads
        qkv = layer.qkv(x).view(rows, columns, turned + self.shape.heads, self.shape.width)
        qk, value = qkv[:, :, :turned], qkv[:, :, turned:]
        if layer.norms_qk is not None:
            qk = F.rms_norm(qk, (self.shape.width,), None, self._epsilon) * layer.norms_qk
        qk = torch.addcmul(qk * cos, qk.roll(self.shape.width // 2, -1), sin)
        kept[0, :, -columns:] = qk[:, :, self._heads :]
        kept[1, :, -columns:] = value
        mixed = F.scaled_dot_product_attention(
            qk[:, :, : self._heads].transpose(1, 2),
            kept[0].transpose(1, 2),
            kept[1].transpose(1, 2),
            attn_mask=visible,
            is_causal=visible is None and columns > 1,
            enable_gqa=self._heads != self.shape.heads,
        )
        return layer.out(mixed.transpose(1, 2).reshape(rows, columns, -1))

    def _scaled(self, x: Tensor, weight: Tensor) -> Tensor:
        return F.rms_norm(x, weight.shape, weight, self._epsilon)

    def _make_angles(self, count: int) -> Tensor:
        """Cosines and sines (2, positions, 1, width); the sines carry the sign of the half that they turn."""
        positions = torch.arange(count, device=self.shape.device)[None]
        cos, sin = self._rotary(torch.empty(0, dtype=self.shape.dtype, device=self.shape.device), positions)
        sin = torch.cat((-sin[..., : self.shape.width // 2], sin[..., self.shape.width // 2 :]), -1)
        return torch.cat((cos, sin))[:, :, None]


def fast_network(model: Any, shape: CacheShape, longest: int) -> FastNetwork | None:
    """The network computed directly, where it is of the family and gives transformers' own numbers; else None."""
    config = model.config
    kinds = set(getattr(config, "layer_types", None) or ())
    rope = (getattr(config, "rope_parameters", None) or {}).get("rope_type", "default")
    if config.model_type not in FAMILY or kinds - {"full_attention"} or rope not in ("default", "linear", "llama3"):
        return None
    windowed = config.model_type == "mistral" and config.sliding_window is not None
    if windowed or model.num_parameters() > SMALL:
        return None
    try:
        network = FastNetwork(model, shape, longest)
        return network if _agrees(network, model) else None
    except (AttributeError, RuntimeError):  # a member of the family that is built in another way
        return None


@torch.inference_mode()
def _agrees(network: FastNetwork, model: Any) -> bool:
    ids = torch.arange(1, 8, device=network.shape.device)[None] % model.config.vocab_size
    wanted = model(input_ids=ids).logits.float()
    batch = KeyValues(network.shape, [0], ids.shape[1])
    got = torch.cat([network.run(part, batch, last_only=False) for part in (ids[:, :4], ids[:, 4:6], ids[:, 6:])], 1)
    return bool((got - wanted).abs().max() <= TOLERANCE * wanted.abs().max())


def _layer(layer: Any, heads: int, shape: CacheShape) -> _Layer:
    attention, mlp = layer.self_attn, layer.mlp
    norms = None
    if hasattr(attention, "q_norm"):
        norms = torch.cat((attention.q_norm.weight.expand(heads, -1), attention.k_norm.weight.expand(shape.heads, -1)))
    return _Layer(
        norm_in=layer.input_layernorm.weight,
        qkv=_joined(attention.q_proj, attention.k_proj, attention.v_proj),
        norms_qk=norms,
        out=_joined(attention.o_proj),
        norm_mid=layer.post_attention_layernorm.weight,
        gate_up=_joined(mlp.gate_proj, mlp.up_proj),
        down=_joined(mlp.down_proj),
    )


def _joined(*modules: Any) -> Linear:
    biases = [module.bias for module in modules]
    bias = None if biases[0] is None else torch.cat(biases)
    return _linear(torch.cat([module.weight for module in modules]), bias)


def _linear(weight: Tensor, bias: Tensor | None) -> Linear:
    """A product with weights that are packed once for the processor, where oneDNN can do that: every call would pack
    them again, which for few rows takes as long as the product."""
    if weight.device.type != "cpu" or weight.dtype != torch.float32 or not torch.backends.mkldnn.is_available():
        return lambda x: F.linear(x, weight, bias)
    packed = torch.ops.mkldnn._reorder_linear_weight(weight.detach(), 16)
    return lambda x: torch.ops.mkldnn._linear_pointwise(x, packed, bias, "none", [], "")
