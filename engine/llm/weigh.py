"""How likely chosen tokens are to come next: one reading of a context, nothing is drawn. Knows no text, no search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from engine.llm.keys_values import Snapshots
from engine.llm.network import Network
from engine.llm.prefill import Context, prefill


@dataclass(frozen=True, slots=True)
class Next:
    """What comes after one context."""

    probabilities: tuple[float, ...]
    """Of the chosen tokens, in their order, at temperature 1."""
    cached: int
    """Tokens of the context that need not be read."""


@torch.inference_mode()
def weigh_next(
    network: Network,
    contexts: Sequence[Context],
    wanted: Sequence[int],
    snapshots: Snapshots,
    max_rows: int,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Next]:
    """The probability of each of the tokens `wanted` after each context. Raises Cancelled."""
    found: dict[Context, Next] = {}
    waiting = sorted(set(contexts), key=lambda context: (len(context), context))
    for start in range(0, len(waiting), max_rows):
        batch = waiting[start : start + max_rows]
        read = prefill(network, batch, snapshots, cancelled)
        rows = read.logits[:, -1].float().softmax(-1)[:, list(wanted)].tolist()
        found |= {each: Next(tuple(row), held) for each, row, held in zip(batch, rows, read.cached, strict=True)}
    return [found[context] for context in contexts]
