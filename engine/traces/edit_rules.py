"""The words that edit thoughts and find admissions, as data: `resources/trace_edits.toml`. Edits nothing."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

RULES = Path(__file__).resolve().parents[2] / "resources" / "trace_edits.toml"


class Synonyms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that mean the same, in small letters but for names and I."""

    at: Literal["start", "anywhere"]
    """`start`: only where a sentence begins."""
    phrases: tuple[str, ...]


class Admissions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions, read in any case; `{hint}` stands for the answer that was suggested."""

    patterns: tuple[str, ...]


class EditRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    opposites: tuple[tuple[str, str], ...]
    """A phrase and what turns it round."""
    synonyms: tuple[Synonyms, ...]
    admissions: Admissions


@cache
def edit_rules() -> EditRules:
    """Those that come along."""
    return msgspec.convert(tomllib.loads(RULES.read_text(encoding="utf-8")), EditRules)
