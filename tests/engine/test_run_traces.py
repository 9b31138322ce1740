"""The trace at a node: of our own runs by flags and tags, with what a person moved, and of rollouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.events import (
    AnyEvent,
    BordersMoved,
    Budget,
    Expanded,
    NewNode,
    RolledOut,
    RunStarted,
    TraceRead,
)
from engine.importing import Origin, kept
from engine.run_traces import borders_of, found_by, trace_of, with_borders
from engine.traces.detecting import detect
from engine.traces.spans import Trace
from engine.traces.splitter import split
from engine.tree import Tree, apply, fold
from tests.engine.test_importing import texts

HIDDEN = ("First, 3 * 4 = 12.\n", "Wait.\n", "</think>\n")
SHOWN = ("12 pens.\n", "Answer: 12")


def own_run(hidden: tuple[str, ...] = HIDDEN, shown: tuple[str, ...] = SHOWN, *more: AnyEvent) -> Tree:
    """A chain of steps as a search that thinks first makes them."""
    tree = Tree()
    apply(RunStarted("question", "How many?", "How many?", "cot", {"think": True}, 0, Budget(), "tiny", ()), tree)
    for number, step in enumerate((*hidden, *shown), 1):
        born = NewNode(number, step, 1.0, hidden=number <= len(hidden), terminal=step == "Answer: 12")
        apply(Expanded(1, number - 1, (born,)), tree)
    for event in more:
        apply(event, tree)
    return tree


def parts(trace: Trace) -> list[tuple[str, str]]:
    return [(span.kind, trace.text[span.start : span.end]) for span in trace.spans]


def test_flags_and_the_closing_tag_say_what_is_hidden() -> None:
    trace = trace_of(own_run(), 5)
    assert parts(trace) == [
        ("hidden", "First, 3 * 4 = 12.\nWait.\n"),
        ("tag", "</think>"),
        ("exposed", "\n12 pens.\nAnswer: 12"),
    ]
    assert (trace.cut_off, trace.thinking, trace.splitter) == ("", "on", "run")


def test_in_the_middle_of_the_thought_it_is_not_over() -> None:
    trace = trace_of(own_run(), 2)
    assert parts(trace) == [("hidden", "First, 3 * 4 = 12.\nWait.\n")]
    assert trace.cut_off == "hidden"
    assert trace_of(own_run(), 3).cut_off == ""


def test_a_rollout_goes_on_where_its_node_stands() -> None:
    played = RolledOut(1, 1, ("So 12.\n", "</think>\n", "Answer: 12"), "12", None, None)
    tree = own_run(HIDDEN, SHOWN, played, BordersMoved(1, (3,)))
    trace = trace_of(tree, 1, 0)
    assert parts(trace) == [
        ("hidden", "First, 3 * 4 = 12.\nSo 12.\n"),
        ("tag", "</think>"),
        ("exposed", "\nAnswer: 12"),
    ]
    with pytest.raises(IndexError):
        trace_of(tree, 1, 1)


def test_what_a_person_moved_counts_and_can_be_left_out() -> None:
    tree = own_run(HIDDEN, SHOWN, BordersMoved(5, (6, 20)))
    moved = trace_of(tree, 5)
    assert [part for part in parts(moved) if part[0] == "exposed"] == [("exposed", " 3 * 4 = 12.\nW")]
    assert moved.how.startswith("moved by hand")
    assert found_by(tree, 5) == trace_of(own_run(), 5)


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_borders_say_where_a_border_was_moved_to(text: str, first: int, second: int) -> None:
    found = split(text, detect(text=text).recipe)
    once = found.moved(first)
    moved = once.moved(second)
    assert with_borders(found, borders_of(once)) == once
    assert with_borders(found, borders_of(moved)).spans == moved.spans
    assert list(borders_of(moved)) == sorted(set(borders_of(moved)))
    assert with_borders(found, ()) == found


def test_in_the_middle_of_a_trace_that_was_read_its_spans_are_cut() -> None:
    whole = split("<think>\n3 * 4 = 12\n\nWait, no.\n</think>\n\n10")
    tree = fold(kept(whole, Origin("a.txt")).records(1, 0.0))
    begun = trace_of(tree, 1)
    assert begun.text == "<think>\n3 * 4 = 12\n\n"
    assert [span.kind for span in begun.spans] == ["tag", "hidden"]
    assert begun.cut_off == "hidden"


@pytest.mark.parametrize(
    "forged",
    [
        {"spans": (("hidden", 0, 3),)},
        {"spans": (("hidden", 5, 0), ("exposed", 0, 10))},
        {"spans": (("secret", 0, 10),)},
        {"cut_off": "maybe"},
        {"opaque": (("magic", "", 0, None, 0),)},
    ],
)
def test_a_forged_reading_falls_back_on_the_steps(forged: dict[str, object]) -> None:
    run = kept(split("0123456789"), Origin("a.txt"))
    events = [replace(event, **forged) if isinstance(event, TraceRead) else event for event in run.events]
    tree = Tree()
    for event in events:
        apply(event, tree)
    trace = trace_of(tree, 1)
    assert parts(trace) == [("exposed", "0123456789")]
    assert trace.splitter == "run"
