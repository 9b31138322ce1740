"""Rows: joined they are the text, they fit, and no page depends on the pages above it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.trace_text import rows as rows_module
from app.trace_text.rows import BLOCK, Rows
from app.trace_text.shown_ranges import ShownRanges
from app.trace_text.text import Piece, TraceText
from app.trace_text.wrapping import LONGEST_ROW, Codes, Widths, codes_of, wrap

TEXTS = st.text(st.sampled_from("ab, \t\n\r-/日本\u0301\u202e\x00\ud800😀") | st.characters(), max_size=300)


def widths(codes: Codes) -> Widths:
    """Every character a pixel; accents and line ends none."""
    found = np.ones(len(codes), dtype=np.float32)
    found[(codes == ord("\n")) | (codes == 0x301)] = 0
    return found


def rows_of(text: str, room: float, starts: tuple[int, ...] = ()) -> list[str]:
    codes = codes_of(text)
    at = [*wrap(codes, widths(codes), room, starts), len(text)]
    return [text[start:end] for start, end in pairwise(at)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three", ["one two ", "three"]),
        ("one two\n\nthree\n", ["one two\n", "\n", "three\n"]),
        ("one two\r\nthree", ["one two\r\n", "three"]),
        ("12345678 x", ["12345678 ", "x"]),  # a blank hangs over the edge
        ("123456789 x", ["12345678", "9 x"]),  # no place for the word
        ("http://a/b/c", ["http://", "a/b/c"]),  # a long word is cut behind a sign
        ("aaaa=bbbbbb", ["aaaa=", "bbbbbb"]),
        ("well-known", ["well-", "known"]),
        ("5-10-2012", ["5-10-201", "2"]),  # numbers are not parted at a minus
        ("日本語のテキストは", ["日本語のテキスト", "は"]),
        ("a" * 20, ["a" * 8, "a" * 8, "aaaa"]),
        ("e\u0301" * 9, ["e\u0301" * 8, "e\u0301"]),  # an accent stays with its letter
        ("", []),
    ],
)
def test_rows_end_where_a_reader_expects_it(text: str, rows: list[str]) -> None:
    assert rows_of(text, 8) == rows


def test_a_row_begins_where_it_must() -> None:
    assert rows_of("one two three", 100, (4, 8)) == ["one ", "two ", "three"]


def test_characters_without_a_width_do_not_make_an_endless_row() -> None:
    assert max(map(len, rows_of("a" + "\u0301" * 5000, 8))) == LONGEST_ROW


@given(TEXTS, st.floats(0.5, 40))
def test_joined_rows_are_the_text_and_fit(text: str, room: float) -> None:
    rows = rows_of(text, room)
    assert "".join(rows) == text
    for row in rows:
        drawn = row.removesuffix("\n").removesuffix("\r")
        hanging = 1 if drawn[-1:] in (" ", "\t") else 0
        assert len(drawn) - hanging <= 1 or float(widths(codes_of(drawn)).sum()) - hanging <= room


def index(text: str, room: float, pieces: tuple[Piece, ...] = (), ranges: list[tuple[int, int]] | None = None) -> Rows:
    return Rows(TraceText(text, pieces), ShownRanges(text, ranges), widths, room, 1.0)


def all_rows(rows: Rows) -> list[tuple[int, int]]:
    while rows.work(0):
        pass
    return [(row.start, row.end) for row in map(rows.row, range(rows.count))]


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab \n"), max_size=400), st.integers(3, 30), st.integers(16, 64))
def test_blocks_lose_nothing_and_any_order_gives_the_same_rows(text: str, room: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "BLOCK", block)
        rows = all_rows(index(text, room))
        assert "".join(text[start:end] for start, end in rows) == text
        assert all(before[1] == after[0] for before, after in pairwise(rows))
        backwards = index(text, room)
        for place in range(len(text) - 1, -1, -7):
            backwards.number_of(place)
        assert all_rows(backwards) == rows


def test_a_line_of_200_000_characters_is_wrapped_in_blocks() -> None:
    text = "x" * 200_000
    rows = index(text, 80)
    number = rows.number_of(150_000)
    start, end = rows.row(number)
    assert start <= 150_000 < end
    assert end - start <= 80
    assert "".join(text[start:end] for start, end in all_rows(rows)) == text


def test_only_what_is_asked_for_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped: list[int] = []

    def counting(codes: Codes, found: Widths, room: float, starts: Sequence[int]) -> list[int]:
        wrapped.append(len(codes))
        return wrap(codes, found, room, starts)

    monkeypatch.setattr(rows_module, "wrap", counting)
    rows = index("a few words\n" * 20_000, 80)
    rows.row(rows.number_of(100_000))
    assert 0 < sum(wrapped) <= 2 * BLOCK


def test_estimates_are_near_what_comes_out() -> None:
    rows = index("some words that go on and on, as they do, " * 5_000, 80)
    estimated = rows.count
    assert len(all_rows(rows)) == pytest.approx(estimated, rel=0.1)


def test_a_row_that_was_estimated_but_does_not_exist_is_the_last_one() -> None:
    text = "a\n" * 3
    rows = index(text, 80)
    assert rows.row(10_000) == (4, 6)
    assert rows.number_of(10_000) == 2
    with pytest.raises(IndexError):
        index("", 80).row(0)


def test_pieces_and_ranges_begin_rows() -> None:
    text = "one two three four"
    pieces = (Piece(0, 4, "hidden"), Piece(4, 8, "hidden"), Piece(8, 14, "hidden"))
    assert [text[start:end] for start, end in all_rows(index(text, 80, pieces))] == ["one ", "two ", "three ", "four"]
    rows = all_rows(index(text, 80, pieces, [(0, 8), (14, 18)]))
    assert rows == [(0, 4), (4, 8), (8, 12)]
