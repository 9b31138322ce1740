"""What somebody looks for: pieces of text, some of them in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.finding.query import MOST_TERMS, parse_query


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("apples bags", ("apples", "bags")),
        ('apples "13 - 9"', ("apples", "13 - 9")),
        ('"not closed', ("not closed",)),
        ("  ", ()),
        ('""', ()),
        ("same same", ("same",)),
        ("a*b OR NEAR(", ("a*b", "OR", "NEAR(")),
        ("nothing\0 half \ud800", ("nothing", "half", "?")),
    ],
)
def test_terms(words: str, terms: tuple[str, ...]) -> None:
    assert parse_query(words).terms == terms


def test_short_pieces_are_not_for_the_index() -> None:
    query = parse_query("13 apples")
    assert (query.indexed, query.short) == ('"apples"', ("13",))


def test_places_are_those_of_every_term_in_any_case() -> None:
    assert parse_query("ab b.").places("AB. ab") == [(0, 2), (1, 3), (4, 6)]
    assert parse_query("b. zz").first("AB. ab") == 1
    assert parse_query("zz").first("AB. ab") == 0


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_query(words: str) -> None:
    query = parse_query(words)
    assert len(query.terms) <= MOST_TERMS
    assert all(term.strip() for term in query.terms)
