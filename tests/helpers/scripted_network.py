"""A network that says given tokens, one by one, whatever it reads: for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from engine.llm.keys_values import CacheShape, KeyValues
from tests.helpers.tiny_models import make_tokenizer


class Scripted:
    """`entries`: how many different tokens there are."""

    shape = CacheShape(0, 1, 1, torch.float32, torch.device("cpu"))

    def __init__(self, ids: list[int], entries: int = len(make_tokenizer())) -> None:
        self.ids: Iterator[int] = iter(ids)
        self.calls = 0
        self._entries = entries

    def run(self, ids: torch.Tensor, batch: KeyValues, last_only: bool) -> torch.Tensor:
        batch.append(ids)
        self.calls += 1
        logits = torch.zeros(len(ids), 1, self._entries)
        logits[:, :, next(self.ids)] = 50
        return logits
