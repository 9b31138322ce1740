"""What somebody looks for, as terms: all of them must stand in a text, anywhere, in any case. Knows no database.

Steps are full of `13 - 9 = 4`, where words are not what is looked for: a term is a piece of text, of any characters.
Pieces of three characters and more are found through the index (FTS5, trigrams), shorter ones among what those leave.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TRIGRAM = 3
MOST_TERMS = 12
LONGEST_TERM = 500
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


class Query(NamedTuple):
    """The terms, without those that say nothing."""

    terms: tuple[str, ...]

    @property
    def indexed(self) -> str:
        """As FTS5 takes it; empty where every term is too short for an index of trigrams."""
        return " AND ".join(_quoted(term) for term in self.terms if len(term) >= TRIGRAM)

    @property
    def short(self) -> tuple[str, ...]:
        return tuple(term for term in self.terms if len(term) < TRIGRAM)

    def first(self, text: str) -> int:
        """Where the first of the terms stands in a text; 0 if none does."""
        found = (re.search(re.escape(term), text, re.IGNORECASE) for term in self.terms)
        return min((match.start() for match in found if match is not None), default=0)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where terms stand in a text, [start, end), in order; some may overlap."""
        found = [match.span() for term in self.terms for match in re.finditer(re.escape(term), text, re.IGNORECASE)]
        return sorted(found)


def parse_query(words: str) -> Query:
    """`apples "13 - 9"` are two terms. A quotation mark that is not closed closes at the end."""
    proper = words.replace("\0", " ").encode("utf-8", "replace").decode()  # what SQLite takes
    found = (quoted or bare for quoted, bare in _TERM.findall(proper))
    terms = (term[:LONGEST_TERM] for term in found if term.strip())
    return Query(tuple(dict.fromkeys(terms))[:MOST_TERMS])


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
