"""Bring contexts into a batch, reading only what no snapshot holds. Knows no text and no sampling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from engine.llm.keys_values import KeyValues, Snapshot, Snapshots, shared
from engine.llm.network import Network
from engine.policies import Cancelled

CHUNK = 512
"""Tokens read between two looks at `cancelled`, rows times columns: under a tenth of a second of a small network."""

WORTH = 16
"""Tokens that several contexts must share, and nobody has read, for a pass of their own."""

Context = tuple[int, ...]
"""The token ids that a network has read when it speaks next; never empty."""

Reduce = Callable[[Tensor, int], Tensor]
"""Makes less of logits (rows, columns, outputs), whose first column is the batch's column of this number."""


def _whole(logits: Tensor, _first: int) -> Tensor:
    return logits


@dataclass(frozen=True)
class Prefilled:
    """Contexts that were read."""

    batch: KeyValues
    logits: Tensor
    """(rows, columns, outputs) of the last columns; a single column where only the last was asked for."""
    cached: tuple[int, ...]
    """Tokens of each context that a snapshot held, or another context of the same call had read. (To keep the rows
    level, some of them may have been read again.)"""


def prefill(
    network: Network,
    contexts: Sequence[Context],
    snapshots: Snapshots,
    cancelled: Callable[[], bool],
    unread: Sequence[int] = (),
    reduced: Reduce = _whole,
) -> Prefilled:
    """Read `contexts` (different from each other) and keep a snapshot of each. Raises Cancelled.

    `unread[row]`: the logits of this token and those after it are wanted; by default only of the last one. Every row
    reads the same number of last tokens: as many as the row that needs most. `reduced`: what is kept of them.
    """
    limits = unread or [len(context) - 1 for context in contexts]
    found = _found(contexts, snapshots, limits)
    held = [count for _, count in found]
    shares = network.shape.layers > 0 and not unread
    if shares and _read_leaders(network, contexts, snapshots, cancelled, held):
        found = _found(contexts, snapshots, limits)
    batch, logits = _read(network, contexts, found, cancelled, not unread, reduced)
    for row, context in enumerate(contexts):
        if not snapshots.holds(context):
            snapshots.keep(batch.snapshot(row))
    return Prefilled(batch, logits, tuple(held))


Found = Sequence[tuple[Snapshot | None, int]]
"""For each context the snapshot that serves it, and for how many tokens."""


def _found(contexts: Sequence[Context], snapshots: Snapshots, limits: Sequence[int]) -> Found:
    return [snapshots.longest_prefix(context, limit) for context, limit in zip(contexts, limits, strict=True)]


def _read(
    network: Network,
    contexts: Sequence[Context],
    found: Found,
    cancelled: Callable[[], bool],
    last_only: bool,
    reduced: Reduce = _whole,
) -> tuple[KeyValues, Tensor]:
    """One batch of contexts and their logits."""
    longest = max(map(len, contexts))
    columns = max(len(context) - held for context, (_, held) in zip(contexts, found, strict=True))
    batch = KeyValues(network.shape, [longest - len(context) for context in contexts], longest)
    batch.begin([snapshot for snapshot, _ in found], longest - columns)
    ids = padded([context[-columns:] for context in contexts], left=True).to(network.shape.device)
    return batch, run_in_chunks(network, ids, batch, cancelled, last_only, reduced)


def _read_leaders(
    network: Network,
    contexts: Sequence[Context],
    snapshots: Snapshots,
    cancelled: Callable[[], bool],
    held: list[int],
) -> bool:
    """Read first what many of the contexts begin with, since the rows of one batch cannot share: of each group that
    shares much which nobody has read, the longest. Says whether there were any.

    `held`: tokens of each context that are there; kept up to date, but for those that were read here.
    """
    waiting = dict(enumerate(contexts))
    while leaders := _leaders(waiting, held):
        mine = [waiting.pop(row) for row in leaders]
        batch, _ = _read(network, mine, _found(mine, snapshots, [len(each) - 1 for each in mine]), cancelled, True)
        for row in range(len(mine)):
            snapshots.keep(batch.snapshot(row))
        if not all(map(snapshots.holds, mine)):
            break  # there is no room for them: the others read for themselves
        for row, context in waiting.items():
            held[row] = snapshots.longest_prefix(context, len(context) - 1)[1]
    return len(waiting) < len(contexts)


def _leaders(waiting: Mapping[int, Context], known: Sequence[int]) -> list[int]:
    """The longest of each group of contexts that share at least WORTH tokens more than is known of them."""
    order = sorted(waiting, key=waiting.__getitem__)
    leaders: list[int] = []
    group: list[int] = order[:1]
    for before, after in pairwise([*order, -1]):
        common = shared(waiting[before], waiting[after]) if after >= 0 else 0
        if common >= max(known[before], known[after]) + WORTH:
            group.append(after)
            continue
        if len(group) > 1:
            leaders.append(max(group, key=lambda row: len(waiting[row])))
        group = [after]
    return leaders


def run_in_chunks(
    network: Network,
    ids: Tensor,
    batch: KeyValues,
    cancelled: Callable[[], bool],
    last_only: bool,
    reduced: Reduce = _whole,
) -> Tensor:
    """Like `network.run`, with a look at `cancelled` before each chunk of columns. Raises Cancelled.

    Of each chunk's logits only what `reduced` makes of them is kept: those of all words at many places fill memories.
    """
    parts = []
    for chunk in ids.split(max(CHUNK // len(ids), 1), dim=1):
        if cancelled():
            raise Cancelled
        first = batch.used
        parts.append(reduced(network.run(chunk, batch, last_only), first))
    return parts[-1] if last_only else torch.cat(parts, dim=1)


def padded(rows: Sequence[Sequence[int]], left: bool) -> Tensor:
    """Rows of ids as one tensor (rows, columns), filled up with zeros."""
    columns = max(map(len, rows))
    fill = [[0] * (columns - len(row)) for row in rows]
    return torch.tensor([[*pad, *row] if left else [*row, *pad] for row, pad in zip(rows, fill, strict=True)])
