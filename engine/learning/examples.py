"""Training examples as token ids, and endless batches of similar length. Knows generators and tokenizer, no model."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from engine.learning.number_puzzles import Example
from engine.learning.tokenizer import ASSISTANT, END, USER

IGNORED = -100
"""The label of a position without loss, as torch's cross-entropy has it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Token ids and a label per position: the token itself (policy) or a class (PRM), IGNORED where nothing counts."""

    ids: list[int]
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Right-padded ids and labels, int64, both (rows, length)."""

    ids: Tensor
    labels: Tensor


class Codec:
    """Writes conversations as token ids: `<|user|>PROMPT<|assistant|>COMPLETION<|end|>`."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self.tokenizer = tokenizer
        self.pad: int = tokenizer.pad_token_id
        self.end, self.user, self.assistant = tokenizer.convert_tokens_to_ids([END, USER, ASSISTANT])

    def ids(self, text: str) -> list[int]:
        return list(self.tokenizer(text)["input_ids"]) if text else []

    def prompt_ids(self, prompt: str, given: str = "") -> list[int]:
        return [self.user, *self.ids(prompt), self.assistant, *self.ids(given)]

    def text(self, ids: Sequence[int]) -> str:
        return str(self.tokenizer.decode(list(ids)))

    def policy_example(self, example: Example) -> Labelled:
        before = self.prompt_ids(example.prompt, example.given)
        after = self.ids(example.completion) + [self.end] * example.ends
        return Labelled(before + after, [IGNORED] * len(before) + after)


def padded(items: Sequence[Labelled], pad: int) -> Batch:
    length = max(len(item.ids) for item in items)
    ids = torch.full((len(items), length), pad)
    labels = torch.full((len(items), length), IGNORED)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        labels[row, : len(item.labels)] = torch.tensor(item.labels)
    return Batch(ids, labels)


class Stream:
    """Endless batches of one kind of example: a pool is drawn, sorted by length, cut, and the cuts are shuffled.

    The n-th batch depends on the seed alone, so a resumed training skips ahead and goes on with the same batches.
    """

    def __init__(
        self, draw: Callable[[random.Random], Labelled], rows: int, longest: int, seed: int, pad: int, pool: int = 16
    ) -> None:
        self._draw, self._rows, self._longest, self._pad, self._pool = draw, rows, longest, pad, pool
        self._rng = random.Random(seed)
        self._ready: list[list[Labelled]] = []

    def next(self) -> Batch:
        return padded(self._next_items(), self._pad)

    def skip(self, batches: int) -> None:
        for _ in range(batches):
            self._next_items()

    def _next_items(self) -> list[Labelled]:
        if not self._ready:
            self._ready = self._drawn_pool()
        return self._ready.pop()

    def _drawn_pool(self) -> list[list[Labelled]]:
        items: list[Labelled] = []
        while len(items) < self._rows * self._pool:
            item = self._draw(self._rng)
            if len(item.ids) <= self._longest:
                items.append(item)
        items.sort(key=lambda item: len(item.ids))
        cuts = [items[start : start + self._rows] for start in range(0, len(items), self._rows)]
        self._rng.shuffle(cuts)
        return cuts
