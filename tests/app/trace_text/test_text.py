"""A text, its pieces and its marks: what is where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.trace_text.shown_ranges import ShownRanges
from app.trace_text.text import Mark, Piece, TraceText, joined

TEXT = "abcdefghij" * 10


@st.composite
def ranges(draw: st.DrawFn) -> list[tuple[int, int]]:
    """In order and without overlap."""
    places = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=20)))
    return [(start, end) for start, end in zip(places[::2], places[1::2], strict=False) if start < end]


def test_pieces_are_found_by_offset() -> None:
    text = TraceText(TEXT, [Piece(0, 4, "tag"), Piece(4, 9, "hidden"), Piece(12, 20, "exposed")])
    assert [text.piece_at(offset) for offset in (0, 3, 4, 8, 9, 11, 12, 19, 20, 99)] == [
        0, 0, 1, 1, None, None, 2, 2, None, None,
    ]  # fmt: skip
    assert list(text.pieces_in(3, 12)) == list(text.pieces[:2])
    assert list(text.pieces_in(9, 13)) == [text.pieces[2]]


def test_pieces_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        TraceText(TEXT, [Piece(0, 5, "hidden"), Piece(4, 9, "hidden")])


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(1, 100)), max_size=12), st.integers(0, 99), st.integers(1, 99)
)
def test_marks_are_found_by_range(marks: list[tuple[int, int]], start: int, length: int) -> None:
    made = [Mark(at, min(100, at + size), "number", str(n)) for n, (at, size) in enumerate(marks)]
    found = TraceText(TEXT, (), made).marks_in(start, start + length)
    assert {mark.why for mark in found} == {m.why for m in made if m.start < start + length and m.end > start}
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)


def test_an_inner_mark_lies_over_the_one_around_it() -> None:
    marks = [Mark(0, 20, "only exposed"), Mark(0, 5, "number"), Mark(7, 9, "supported")]
    assert TraceText(TEXT, (), marks).marks_in(0, 30) == marks


@given(ranges())
def test_what_is_shown_has_places_of_its_own(shown: list[tuple[int, int]]) -> None:
    view = ShownRanges(TEXT, shown)
    assert len(view) == sum(end - start for start, end in shown)
    assert view.text(0, len(view)) == "".join(TEXT[start:end] for start, end in shown)
    offsets = [offset for start, end in shown for offset in range(start, end)]
    assert [view.offset_of(place) for place in range(len(view))] == offsets
    assert [view.place_of(offset) for offset in offsets] == list(range(len(view)))


@given(ranges(), st.integers(0, 100), st.integers(0, 100))
def test_a_part_of_what_is_shown_is_the_same_part_of_the_text(
    shown: list[tuple[int, int]], one: int, other: int
) -> None:
    view = ShownRanges(TEXT, shown)
    start, end = sorted((min(one, len(view)), min(other, len(view))))
    assert view.text(start, end) == view.text(0, len(view))[start:end]
    starts = [place for place in range(start + 1, end) if view.offset_of(place) != view.offset_of(place - 1) + 1]
    assert set(starts) <= set(view.starts_between(start, end))


def test_a_character_that_is_not_shown_has_the_place_of_the_next_one() -> None:
    view = ShownRanges(TEXT, [(10, 20), (30, 40)])
    assert [view.place_of(offset) for offset in (0, 9, 10, 25, 30, 39, 40, 90)] == [0, 0, 0, 10, 10, 19, 20, 20]
    assert view.offset_of(20) == 40
    assert view.shows(15, 35)
    assert not view.shows(20, 30)


def test_ranges_that_touch_are_one() -> None:
    assert list(joined(iter([(0, 3), (3, 5), (6, 6), (7, 9)]))) == [(0, 5), (7, 9)]
    assert list(joined(iter([]))) == []
