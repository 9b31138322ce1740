"""Finds a text in the parts of a trace that are shown. Pure; knows no widget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.trace_text.text import Range

MOST_HITS = 20_000
"""That are kept; a text of one letter has no use for more."""


class Hits(NamedTuple):
    """Where a text was found, in order."""

    ranges: tuple[Range, ...]
    more: bool
    """Whether there are further ones that were not kept."""


def find(text: str, wanted: str, shown: Sequence[Range], match_case: bool = False) -> Hits:
    """Every place of `wanted` within one of the `shown` ranges; none for an empty text. Blanks match any others."""
    if not wanted.strip():
        return Hits((), False)
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())), 0 if match_case else re.IGNORECASE)
    found: list[Range] = []
    for start, end in shown:
        for match in pattern.finditer(text, start, end):
            if len(found) == MOST_HITS:
                return Hits(tuple(found), True)
            found.append(match.span())
    return Hits(tuple(found), False)
