"""Traces as values: what a user moves, and what undo finds."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.spans import Kind, Opaque, Span, Trace, joined
from engine.traces.splitter import split
from engine.traces.tags import named
from tests.helpers.fuzz_splitter import covers

QWEN = named("qwen3")
TRACE = split("<think>3*4=12. So 10.</think>10", QWEN)


def parts(trace: Trace) -> list[tuple[str, str]]:
    return [(span.kind, trace.text[span.start : span.end]) for span in trace.spans]


def test_the_border_is_where_the_answer_begins() -> None:
    assert [TRACE.text[border:] for border in TRACE.borders] == ["10"]
    assert split("10").borders == ()


def test_a_user_moves_the_border_back_into_the_thought() -> None:
    moved = TRACE.moved(TRACE.text.index("So"))
    assert parts(moved) == [
        ("tag", "<think>"),
        ("hidden", "3*4=12. "),
        ("exposed", "So 10."),
        ("tag", "</think>"),
        ("exposed", "10"),
    ]
    assert moved.how == f"moved by hand; before: {TRACE.how}"
    assert (moved.text, moved.splitter) == (TRACE.text, TRACE.splitter)


def test_moving_twice_says_it_once_and_undo_is_the_old_value() -> None:
    old = TRACE
    moved = old.moved(10)
    assert moved.moved(12).how == moved.how
    assert parts(moved.moved(old.borders[0])) == parts(old)
    assert old == TRACE


def test_a_user_moves_the_border_on_into_the_answer() -> None:
    moved = TRACE.moved(len(TRACE.text) - 1)
    assert parts(moved)[-3:] == [("tag", "</think>"), ("hidden", "1"), ("exposed", "0")]


def test_a_border_stops_at_its_neighbours() -> None:
    trace = split("<think>a</think><tool_call>x</tool_call>bb<think>c</think>d", named("qwen3"))
    assert [trace.text[border] for border in trace.borders] == ["b"]
    two = split("<think>a</think>\n<think>c</think>dd", QWEN)
    first, second, _third = two.borders
    assert parts(two.moved(len(two.text), first)) == parts(two.marked(first, second, "hidden"))


def test_a_trace_without_a_border_is_divided() -> None:
    moved = split("Let me think. 10").moved(14)
    assert parts(moved) == [("hidden", "Let me think. "), ("exposed", "10")]
    assert moved.thinking == "on"


def test_a_cut_off_thought_whose_end_is_exposed_by_hand_is_a_cut_off_answer() -> None:
    trace = split("<think>3*4. The answ", QWEN, reason="length")
    assert trace.cut_off == "hidden"
    assert trace.moved(trace.text.index("The")).cut_off == "exposed"


KINDS: list[Kind] = ["hidden", "exposed", "tool", "tag", "summary"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 5)), max_size=8), st.integers(-3, 45))
def test_moving_keeps_text_and_cover_and_all_other_kinds(shape: list[tuple[Kind, int]], to: int) -> None:
    spans, place = [], 0
    for kind, length in shape:
        spans.append(Span(kind, place, place + length))
        place += length
    trace = Trace("x" * place, joined(spans), "made up", "test")
    moved = trace.moved(to)
    assert moved.text == trace.text
    assert covers(moved.spans, place)
    for kind in ("tool", "tag", "summary"):
        assert moved.of(kind) == trace.of(kind)
    if len(trace.borders) == 1:
        assert len(moved.borders) <= 1


def test_what_cannot_be_read_is_kept_as_hash_and_size() -> None:
    opaque = Opaque.of("redacted", "b3BhcXVl", 12, 3)
    assert opaque.sha256 == hashlib.sha256(b"b3BhcXVl").hexdigest()
    assert (opaque.size, opaque.tokens, opaque.at) == (8, 12, 3)
    assert Opaque.of("encrypted", "\ud800é").size == 5


@pytest.mark.parametrize("kind", ["redacted"])
def test_places_of_parts_that_cannot_be_read_stay_apart(kind: Kind) -> None:
    spans = (Span("hidden", 0, 2), Span(kind, 2, 2), Span(kind, 2, 2), Span("exposed", 2, 4))
    assert joined(spans) == spans
    assert Trace("abcd", spans, "", "").moved(1).spans[2:4] == spans[1:3]
