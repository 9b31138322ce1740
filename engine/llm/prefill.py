"""Bring contexts into a batch, reading only what no snapshot holds. Knows no text and no sampling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.llm.keys_values import KeyValues, Snapshots
from engine.llm.network import Network
from engine.policies import Cancelled

CHUNK = 512
"""Tokens read between two looks at `cancelled`, rows times columns: under a tenth of a second of a small network."""

Context = tuple[int, ...]
"""The token ids that a network has read when it speaks next; never empty."""


@dataclass(frozen=True)
class Prefilled:
    """Contexts that were read."""

    batch: KeyValues
    logits: Tensor
    """(rows, columns, outputs) of the last columns; a single column where only the last was asked for."""
    cached: tuple[int, ...]
    """Tokens of each context that a snapshot held. (To keep the rows level, some of them may have been read again.)"""


def prefill(
    network: Network,
    contexts: Sequence[Context],
    snapshots: Snapshots,
    cancelled: Callable[[], bool],
    unread: Sequence[int] = (),
) -> Prefilled:
    """Read `contexts` (different from each other) and keep a snapshot of each. Raises Cancelled.

    `unread[row]`: the logits of this token and those after it are wanted; by default only of the last one. Every row
    reads the same number of last tokens: as many as the row that needs most.
    """
    limits = unread or [len(context) - 1 for context in contexts]
    found = [snapshots.longest_prefix(context, limit) for context, limit in zip(contexts, limits, strict=True)]
    cached = tuple(len(snapshot.ids) if snapshot else 0 for snapshot in found)
    longest = max(map(len, contexts))
    columns = max(len(context) - held for context, held in zip(contexts, cached, strict=True))
    batch = KeyValues(network.shape, [longest - len(context) for context in contexts], longest)
    batch.begin(found, longest - columns)
    ids = padded([context[-columns:] for context in contexts], left=True).to(network.shape.device)
    logits = run_in_chunks(network, ids, batch, cancelled, last_only=not unread)
    for row in range(len(contexts)):
        snapshots.keep(batch.snapshot(row))
    return Prefilled(batch, logits, cached)


def run_in_chunks(
    network: Network, ids: Tensor, batch: KeyValues, cancelled: Callable[[], bool], last_only: bool
) -> Tensor:
    """Like `network.run`, with a look at `cancelled` before each chunk of columns. Raises Cancelled."""
    parts = []
    for chunk in ids.split(max(CHUNK // len(ids), 1), dim=1):
        if cancelled():
            raise Cancelled
        parts.append(network.run(chunk, batch, last_only))
    return parts[-1] if last_only else torch.cat(parts, dim=1)


def padded(rows: Sequence[Sequence[int]], left: bool) -> Tensor:
    """Rows of ids as one tensor (rows, columns), filled up with zeros."""
    columns = max(map(len, rows))
    fill = [[0] * (columns - len(row)) for row in rows]
    return torch.tensor([[*pad, *row] if left else [*row, *pad] for row, pad in zip(rows, fill, strict=True)])
