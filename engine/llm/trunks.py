"""What many texts begin with, branch by branch, and how many of them fit into one batch. Knows no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from engine.llm.keys_values import CacheShape
from engine.llm.prefill import WORTH
from engine.llm.readings import Reading

BATCH_BYTES = 1_000_000_000
"""Keys and values of the longest text times the rows of a batch; a single row may take more."""
ENOUGH_ROWS = 16
"""Rows from which on a batch is not made larger by texts of which much more is to be read: all rows read as many
tokens as the longest, and a second call costs less than that padding."""
UNEVEN = 1.25
"""How much more, as a factor."""
Item = TypeVar("Item")


def trunks(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The beginnings that several different stems share, as readings of their own: each level stands on the one before.

    They end where a step ends or the first one begins, and where the stems part.
    """
    stems = {reading.ids[: reading.stem]: reading for reading in readings}
    if len(stems) < 2:
        return []
    ends = [_ends(reading) for reading in stems.values()]
    names = [reading.names(mine) for reading, mine in zip(stems.values(), ends, strict=True)]
    shared = Counter(name for mine in names for name in mine)
    levels: list[dict[bytes, Reading]] = []
    for reading, mine, named in zip(stems.values(), ends, names, strict=True):
        level = 0
        for place, (end, name) in enumerate(zip(mine, named, strict=True)):
            if shared[name] < 2:
                break
            if place + 1 < len(named) and shared[named[place + 1]] == shared[name]:
                continue  # nothing parts here
            if level == len(levels):
                levels.append({})
            places = tuple(token for token in reading.places if token < end)
            levels[level].setdefault(name, Reading(reading.ids[:end], places, end, reading.opening))
            level += 1
    return [list(level.values()) for level in levels]


def _ends(reading: Reading) -> list[int]:
    """Where the stem of a reading can be parted, as numbers of tokens, ascending."""
    opening = [reading.opening] if WORTH <= reading.opening <= reading.stem else []
    return opening + [token + 1 for token in reading.places if reading.opening <= token < reading.stem]


def batches(
    items: Sequence[Item],
    length: Callable[[Item], int],
    rest: Callable[[Item], int],
    shape: CacheShape,
    max_rows: int,
) -> Iterator[list[Item]]:
    """The items in order, as many at a time as memory is meant for and as are alike. `length`: tokens of each; `rest`:
    those of them that are to be read, ascending."""
    batch: list[Item] = []
    longest = 0
    for item in items:
        longest = max(longest, length(item))
        is_full = len(batch) == max_rows or (len(batch) + 1) * longest * shape.token_bytes > BATCH_BYTES
        is_uneven = len(batch) >= ENOUGH_ROWS and rest(item) > UNEVEN * rest(batch[0])
        if batch and (is_full or is_uneven):
            yield batch
            batch, longest = [], length(item)
        batch.append(item)
    if batch:
        yield batch
