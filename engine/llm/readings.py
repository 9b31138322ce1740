"""Texts in which numbers are read at some tokens, and the answers. Knows no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from engine.llm.prefill import Context

Outputs = tuple[float, ...]
"""What a measure gives at one place."""
Known = dict[bytes, Outputs]
"""By the name of the text up to the place."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text to be read."""

    ids: Context
    places: tuple[int, ...]
    """Tokens at which numbers are wanted, ascending."""
    stem: int
    """How many first tokens other readings are likely to share (all but the newest step); at least 1, and 2 for a
    measure that looks ahead."""
    opening: int = 0
    """How many first tokens stand before the first step."""

    def keys(self) -> list[bytes]:
        """A name for the text up to each place, which alone decides the numbers there."""
        return self.names([place + 1 for place in self.places])

    def names(self, ends: Sequence[int]) -> list[bytes]:
        """A name for the text up to each of some ends, ascending."""
        digest, start, names = blake2b(digest_size=16), 0, []
        for end in ends:
            digest.update(np.asarray(self.ids[start:end], dtype=np.int64).tobytes())
            start = end
            names.append(digest.digest())
        return names


@dataclass(frozen=True, slots=True)
class Read:
    """The answer to a Reading."""

    outputs: tuple[Outputs, ...]
    """One per place."""
    tokens: int
    """Tokens that were read for it; a stem counts for the first reading that needed it."""
