"""Plain text in columns for a terminal: fitted, wrapped, shortened in the middle. Knows nothing of what it shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from app.plain_text import one_line

WIDTH = 100
HEAD = 12
"""Cells of the words a line begins with."""
MOST_ROWS = 24
"""Rows of a list that are shown if not all are asked for."""


def cells(text: str) -> int:
    """How wide a terminal draws a text."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitted(text: str, width: int) -> str:
    """`text` as one visible line of at most `width` cells, and an ellipsis where it was longer."""
    line = one_line(text, 4 * WIDTH)
    if cells(line) <= width:
        return f"{line}…" if len(text) > 4 * WIDTH and cells(line) < width else line
    kept, used = 0, 1
    while used + _cell(line[kept]) <= width:
        used += _cell(line[kept])
        kept += 1
    return f"{line[:kept].rstrip()}…"


def headed(head: str, text: str, indent: int = HEAD) -> Iterator[str]:
    """A line with its head, wrapped."""
    line = f"{head:<{indent}}" if len(head) < indent else f"{head} "
    room = WIDTH
    empty = True
    for word in one_line(text).split(" "):
        word = word if cells(word) <= WIDTH - indent else fitted(word, WIDTH - indent)
        if not empty and cells(line) + 1 + cells(word) > room:
            yield line
            line, empty = " " * indent, True
        line += word if empty else f" {word}"
        empty = False
    yield line.rstrip()


def shortened(rows: Sequence[tuple[str, bool]], most: int, noun: str) -> Iterator[str]:
    """Lines of rows; of more than `most` the middle is left out, but for those that matter (its flag), up to `most`."""
    if len(rows) <= most:
        yield from (line for line, _ in rows)
        return
    half = most // 2
    left_out, mattered = 0, 0
    for place, (line, matters) in enumerate(rows):
        mattering = matters and mattered < most
        if place < half or place >= len(rows) - half or mattering:
            if left_out:
                yield _gap(left_out, noun)
            left_out = 0
            mattered += matters and half <= place < len(rows) - half
            yield line
        else:
            left_out += 1
    if left_out:
        yield _gap(left_out, noun)


def _gap(count: int, noun: str) -> str:
    return f"  ... {many(count, noun)} ..."


def many(count: int, noun: str) -> str:
    """A count and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
