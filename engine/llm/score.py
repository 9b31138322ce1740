"""Read numbers at chosen tokens of texts: each shared beginning once. Knows no text, no problem and no search."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import torch

from engine.llm.keys_values import Snapshots
from engine.llm.measures import Measure
from engine.llm.network import Network
from engine.llm.prefill import Prefilled, padded, prefill, run_in_chunks
from engine.llm.readings import Known, Outputs, Read, Reading
from engine.llm.trunks import batches, trunks

KNOWN = 200_000
"""Places remembered: a search asks for the steps of a trace again with every step that is added to it."""


class TokenScorer:
    """Reads texts with one network: what they share once, and no text twice."""

    def __init__(self, network: Network, measure: Measure, max_rows: int, snapshots: Snapshots) -> None:
        self.network = network
        self.measure = measure
        """What is wanted at each place."""
        self.max_rows = max_rows
        self.snapshots = snapshots
        self._known: OrderedDict[bytes, Outputs] = OrderedDict()

    @torch.inference_mode()
    def read(self, readings: Sequence[Reading], cancelled: Callable[[], bool] = lambda: False) -> list[Read]:
        """The numbers at every place of every reading. Raises Cancelled, or ModelError for numbers that are none."""
        keys = [reading.keys() for reading in readings]
        found = {key: self._known[key] for mine in keys for key in mine if key in self._known}
        new = [number for number, mine in enumerate(keys) if any(key not in found for key in mine)]
        ahead = self.measure.ahead
        rows = {number: _Row(readings[number], keys[number], ahead) for number in new}
        try:
            self._read_trunks(list(rows.values()), found, cancelled)
            self._read_rows(list(rows.values()), found, cancelled)
        finally:
            self._remember(found)
        counts = [rows[number].tokens if number in rows else 0 for number in range(len(readings))]
        return [Read(tuple(found[key] for key in mine), count) for mine, count in zip(keys, counts, strict=True)]

    def _read_trunks(self, rows: Sequence[_Row], found: Known, cancelled: Callable[[], bool]) -> None:
        """Read first what several stems begin with, from the root to the branches."""
        each = self.network.shape.token_bytes
        if not each:
            return  # it keeps nothing to share
        for level in trunks([row.reading for row in rows]):
            leaders = [_Row(reading, reading.keys(), self.measure.ahead) for reading in level]
            kept = [row for row in leaders if len(row.ids) * (each + 8) <= self.snapshots.budget]
            wanted = [row for row in kept if row.is_worth_reading(found, self.snapshots)]
            wanted.sort(key=lambda row: (len(row.ids) - row.first_unknown(found), row.ids))
            for batch in self._batches(wanted, lambda row: len(row.ids) - row.first_unknown(found)):
                read = self._prefill(batch, [row.first_unknown(found) for row in batch], cancelled)
                for row, outputs, cached in zip(batch, read.logits.tolist(), read.cached, strict=True):
                    row.note(found, outputs, len(row.stem) - len(outputs))
                    self._count(rows, row, len(row.stem) - cached)

    def _count(self, rows: Sequence[_Row], trunk: _Row, tokens: int) -> None:
        """A trunk's tokens count for the first reading that begins with it."""
        end = len(trunk.ids)
        next(row for row in rows if row.ids[:end] == trunk.ids).tokens += tokens

    def _read_rows(self, rows: list[_Row], found: Known, cancelled: Callable[[], bool]) -> None:
        """Read the stems once, then what follows them in each row."""
        unread = {tuple(row.keys): row for row in reversed(rows) if any(key not in found for key in row.keys)}
        rows = sorted(unread.values(), key=lambda row: (len(row.rest), row.reading.stem, row.ids))
        for batch in self._batches(rows, lambda row: len(row.rest)):
            self._read_batch(sorted(batch, key=lambda row: (row.reading.stem, row.ids)), found, cancelled)

    def _batches(self, rows: Sequence[_Row], unread: Callable[[_Row], int]) -> Iterator[list[_Row]]:
        return batches(rows, lambda row: len(row.ids), unread, self.network.shape, self.max_rows)

    def _read_batch(self, rows: Sequence[_Row], found: Known, cancelled: Callable[[], bool]) -> None:
        groups = [list(equal) for _, equal in groupby(rows, key=lambda row: row.shared)]
        unread = [min(row.first_unknown(found) for row in group) for group in groups]
        read = self._prefill([group[0] for group in groups], unread, cancelled)
        for group, cached, outputs in zip(groups, read.cached, read.logits.tolist(), strict=True):
            stem = len(group[0].stem)
            group[0].tokens += stem - cached
            for row in group:
                row.note(found, outputs, stem - len(outputs))
        room = max(len(row.rest) for row in rows)
        if not room:
            return
        batch = read.batch.fork([len(group) for group in groups], room)
        ids = padded([row.rest for row in rows], left=False).to(self.network.shape.device)
        follow = padded([row.after_rest for row in rows], left=False).to(self.network.shape.device)
        reduced = self.measure.reducing(follow, batch.used)
        logits = run_in_chunks(self.network, ids, batch, cancelled, last_only=False, reduced=reduced)
        for row, outputs in zip(rows, logits.tolist(), strict=True):
            row.tokens += len(row.rest)
            row.note(found, outputs, len(row.stem))

    def _prefill(self, rows: Sequence[_Row], unread: Sequence[int], cancelled: Callable[[], bool]) -> Prefilled:
        follow = padded([row.after_stem for row in rows], left=True).to(self.network.shape.device)
        reduced = self.measure.reducing(follow, 0)
        return prefill(self.network, [row.stem for row in rows], self.snapshots, cancelled, unread, reduced)

    def _remember(self, found: Known) -> None:
        for key, outputs in found.items():
            self._known[key] = outputs
            self._known.move_to_end(key)
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)


class _Row:
    """One reading in a batch.

    For a measure that looks ahead the numbers at a place stand in the column of the token before it. The stem that is
    read then lacks its last token, which begins the rest.
    """

    def __init__(self, reading: Reading, keys: Sequence[bytes], ahead: int) -> None:
        self.reading = reading
        self.ids = reading.ids
        self.keys = keys
        self.shared = reading.ids[: reading.stem]
        end = reading.stem - ahead
        self.stem, self.rest = reading.ids[:end], reading.ids[end:]
        follow = (*reading.ids[1:], 0)
        self.after_stem, self.after_rest = follow[:end], follow[end:]
        self.tokens = 0
        self._columns = {key: place - ahead for place, key in zip(reading.places, keys, strict=True)}

    def first_unknown(self, found: Known) -> int:
        """The first column of the stem whose numbers are not known yet; its last one where all are."""
        unknown = (column for key, column in self._columns.items() if key not in found and column < len(self.stem))
        return min(unknown, default=len(self.stem) - 1)

    def is_worth_reading(self, found: Known, snapshots: Snapshots) -> bool:
        """Whether numbers in the stem are unknown, or nobody has read it."""
        return any(key not in found for key in self.keys) or not snapshots.holds(self.stem)

    def note(self, found: Known, outputs: Sequence[Sequence[float]], first: int) -> None:
        """Take the outputs of the columns from `first` on."""
        for key, column in self._columns.items():
            if first <= column < first + len(outputs):
                found.setdefault(key, tuple(outputs[column - first]))
