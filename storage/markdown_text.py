"""Markdown in which what a model wrote is text: escaped, in tables, in fences that it cannot close. Knows no trace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from storage.plain_text import LONGEST_DRAWN, one_line, visible

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~!&$])")
_FENCES = re.compile(r"`{3,}")


def escaped(text: str, longest: int = LONGEST_DRAWN) -> str:
    """One visible line in which nothing is markup, not even the mathematics of some programs; `…` says that it is
    longer."""
    return _SIGNS.sub(r"\\\1", one_line(text, longest)) + "…" * (len(text) > longest)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are escaped here."""
    first, *others = [" | ".join(map(escaped, row)) for row in (head, *rows)]
    return "\n".join(f"| {line} |" for line in (first, " | ".join(["---"] * len(head)), *others))


def fenced(text: str) -> str:
    """A text as it stands, with its lines, between fences longer than any in it."""
    longest = max((len(found) for found in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{visible(text).rstrip()}\n{fence}"
