"""How unsure the policy was while it wrote each step: the mean entropy of its tokens. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from app.models.columns import Column
from engine.events import Expanded, Record, RunStarted
from engine.tokens import TokenRowError, unpack

MISSING = float("nan")


class TokenEntropy:
    """One number for each node, in order of creation. Token rows are unpacked when the numbers are asked for."""

    def __init__(self) -> None:
        self._unread: list[Sequence[Record]] = []
        self._known = Column(np.float32)

    def extend(self, records: Sequence[Record]) -> None:
        """Nobody looks into them before somebody asks: in most sittings nobody does."""
        self._unread.append(tuple(records))

    def values(self) -> npt.NDArray[np.float32]:
        """Nats, shape (nodes,); nan where there is no row, or one that cannot be read."""
        fresh, self._unread = self._unread, []
        for records in fresh:
            self._known.extend(np.array([mean_entropy(row) for row in _rows(records)], np.float32))
        return self._known.view


def _rows(records: Sequence[Record]) -> Iterator[bytes]:
    """The token rows of the nodes that are born, in order."""
    for record in records:
        event = record.event
        if type(event) is Expanded:
            yield from [new.tokens for new in event.children]
        elif type(event) is RunStarted:
            yield b""


def mean_entropy(blob: bytes) -> float:
    """Of the tokens in a packed row, in nats; nan if there are none."""
    if not blob:
        return MISSING
    try:
        row = unpack(blob)
    except TokenRowError:
        return MISSING
    return sum(token.entropy for token in row) / len(row) if row else MISSING
