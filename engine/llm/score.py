"""Read the class of chosen tokens with a token classifier. Knows no text, no problem and no search."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby

import numpy as np
import torch
from torch import Tensor

from engine.llm.keys_values import Snapshots
from engine.llm.network import Network
from engine.llm.prefill import Context, padded, prefill, run_in_chunks

KNOWN = 200_000
"""Probabilities remembered: a search asks for the steps of a trace again with every step that is added to it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text to be read."""

    ids: Context
    places: tuple[int, ...]
    """Tokens whose class is wanted, ascending."""
    stem: int
    """How many first tokens other readings are likely to share (all but the newest step); at least 1."""

    def keys(self) -> list[bytes]:
        """A name for the text up to each place, which alone decides the probability there."""
        digest, start, keys = blake2b(digest_size=16), 0, []
        for place in self.places:
            digest.update(np.asarray(self.ids[start : place + 1], dtype=np.int64).tobytes())
            start = place + 1
            keys.append(digest.digest())
        return keys


@dataclass(frozen=True, slots=True)
class Read:
    """The answer to a Reading."""

    probabilities: tuple[float, ...]
    """Of the wanted class, one per place."""
    tokens: int
    """Tokens that were read for it; a stem counts for the first reading that needed it."""


class TokenScorer:
    """Reads texts with one network: shared stems once, and no text twice."""

    def __init__(self, network: Network, wanted: int, max_rows: int, snapshots: Snapshots) -> None:
        self.network = network
        self.wanted = wanted
        """The class whose probability is asked for."""
        self.max_rows = max_rows
        self.snapshots = snapshots
        self._known: OrderedDict[bytes, float] = OrderedDict()

    @torch.inference_mode()
    def read(self, readings: Sequence[Reading], cancelled: Callable[[], bool] = lambda: False) -> list[Read]:
        """The probability of the wanted class at every place of every reading. Raises Cancelled."""
        keys = [reading.keys() for reading in readings]
        tokens = [0] * len(readings)
        found = {key: self._known[key] for mine in keys for key in mine if key in self._known}
        new = [number for number, mine in enumerate(keys) if any(key not in found for key in mine)]
        new.sort(key=lambda number: (readings[number].stem, readings[number].ids))
        for start in range(0, len(new), self.max_rows):
            rows = [_Row(number, readings[number], keys[number]) for number in new[start : start + self.max_rows]]
            self._read_rows(rows, found, cancelled)
            for row in rows:
                tokens[row.number] = row.tokens
        self._remember(found)
        return [Read(tuple(found[key] for key in mine), count) for mine, count in zip(keys, tokens, strict=True)]

    def _read_rows(self, rows: list[_Row], found: dict[bytes, float], cancelled: Callable[[], bool]) -> None:
        """Read the shared stems once, then what follows them in each row."""
        groups = [list(equal) for _, equal in groupby(rows, key=lambda row: row.stem)]
        stems = [group[0].stem for group in groups]
        unread = [min(row.first_unknown(found) for row in group) for group in groups]
        read = prefill(self.network, stems, self.snapshots, cancelled, unread)
        for group, stem, cached, logits in zip(
            groups, stems, read.cached, self._probabilities(read.logits), strict=True
        ):
            group[0].tokens += len(stem) - cached
            for row in group:
                row.note(found, logits, len(stem) - len(logits))
        room = max(len(row.rest) for row in rows)
        if not room:
            return
        batch = read.batch.fork([len(group) for group in groups], room)
        ids = padded([row.rest for row in rows], left=False).to(self.network.shape.device)
        logits = run_in_chunks(self.network, ids, batch, cancelled, last_only=False)
        for row, probabilities in zip(rows, self._probabilities(logits), strict=True):
            row.tokens += len(row.rest)
            row.note(found, probabilities, len(row.stem))

    def _probabilities(self, logits: Tensor) -> list[list[float]]:
        """logits (rows, columns, classes) -> the wanted class's probability (rows, columns)."""
        probabilities: list[list[float]] = logits.softmax(-1)[:, :, self.wanted].tolist()
        return probabilities

    def _remember(self, found: dict[bytes, float]) -> None:
        for key, probability in found.items():
            self._known[key] = probability
            self._known.move_to_end(key)
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)


class _Row:
    """One reading in a batch."""

    def __init__(self, number: int, reading: Reading, keys: Sequence[bytes]) -> None:
        self.number = number
        self.stem, self.rest = reading.ids[: reading.stem], reading.ids[reading.stem :]
        self.tokens = 0
        self._keys = dict(zip(reading.places, keys, strict=True))

    def first_unknown(self, found: dict[bytes, float]) -> int:
        """The first place of the stem whose probability is not known yet; its last token where all are."""
        unknown = (place for place, key in self._keys.items() if key not in found and place < len(self.stem))
        return min(unknown, default=len(self.stem) - 1)

    def note(self, found: dict[bytes, float], probabilities: Sequence[float], first: int) -> None:
        """Take the probabilities of the tokens from `first` on."""
        for place, key in self._keys.items():
            if first <= place < first + len(probabilities):
                found.setdefault(key, probabilities[place - first])
