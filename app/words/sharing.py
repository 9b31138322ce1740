"""What may be left out of a copy for others, in words of the window. Knows no widget."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.language import mark, tr


@dataclass(frozen=True, slots=True)
class Words:
    """One of storage.sharing.PARTS, by its name."""

    name: str
    title: str
    line: str
    """What exactly is left out, and what stays."""


PARTS: tuple[Words, ...] = (
    Words("private", mark("Private runs"), mark("Runs marked as private do not come along at all.")),
    Words("prompts", mark("Problems and prompts"), mark("What was asked is replaced; what the model wrote stays.")),
    Words("paths", mark("Folders and hosts"), mark("Of files the last name stays, of servers the model.")),
    Words("tokens", mark("Token rows"), mark("Probabilities and alternatives of each token do not come along.")),
    Words("notes", mark("Notes and names"), mark("What was written about steps, and names of runs, is emptied.")),
)
KEYS = Words(
    "keys",
    mark("Passwords and keys"),
    mark("What looks like a password or a key stays here; the words of problems and models are left as they are."),
)


def left_out(left: Mapping[str, int], without: Collection[str]) -> str:
    """What was left out, as a sentence."""
    chosen = [words for words in (*PARTS, KEYS) if words.name in without or left.get(words.name, 0)]
    if not chosen:
        return tr("Nothing was left out.")
    parts = ", ".join(f"{tr(words.title)} ({left.get(words.name, 0):,})" for words in chosen)
    return tr("Left out: {parts}.").format(parts=parts)
