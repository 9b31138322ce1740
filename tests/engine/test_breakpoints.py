"""Breakpoints: which event hits which, in words; and patterns that cannot hang."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.breakpoints import (
    AnswerFound,
    Breakpoint,
    DepthPassed,
    Hit,
    IterationReached,
    ScoredBelow,
    TextMatched,
    ValueDropped,
    hit,
    matches,
)
from engine.events import (
    ROOT,
    Backpropagated,
    Event,
    Expanded,
    IterationFinished,
    NewNode,
    RolledOut,
    Score,
    Scored,
)
from engine.pace import Pace
from engine.tree import Tree, apply
from tests.storage.samples import started

BORN = Expanded(1, ROOT, (NewNode(1, "13 - 9 = 4\n", 0.5), NewNode(2, "Answer: 24", 0.5, terminal=True)))
DEEPER = Expanded(1, 1, (NewNode(3, "10 - 4 = 6\n", 1.0),))


def after(*events: Event) -> Tree:
    tree = Tree()
    for event in (started(), *events):
        apply(event, tree)
    return tree


def scored(node: int, value: float, source: str = "prm") -> Scored:
    return Scored(1, (Score(node, value, source, source),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "before", "event", "found"),
    [
        (AnswerFound(), (), BORN, Hit("An answer was found: node 2.", 2)),
        (AnswerFound(0.5), (BORN,), scored(2, 0.7), Hit("An answer was found: node 2, 0.70 by prm.", 2)),
        (AnswerFound(0.5), (BORN,), scored(2, 0.4), None),
        (AnswerFound(0.5), (BORN,), scored(1, 0.7), None),
        (AnswerFound(0.5), (BORN,), scored(2, 0.0, "rule"), None),
        (AnswerFound(0.5), (), BORN, None),
        (AnswerFound(), (BORN,), RolledOut(1, 1, ("a\n",), "24", 1.0, "rule"),
         Hit("A rollout from node 1 came to an answer.", 1)),
        (AnswerFound(0.9), (BORN,), RolledOut(1, 1, ("a\n",), "24", 1.0, "rule"),
         Hit("A rollout from node 1 came to an answer worth 1.00.", 1)),
        (AnswerFound(0.9), (BORN,), RolledOut(1, 1, ("a\n",), "24", None, None), None),
        (ValueDropped(0.3), (BORN, scored(1, 0.9), DEEPER), scored(3, 0.5),
         Hit("The score falls from 0.90 to 0.50 at node 3.", 3)),
        (ValueDropped(0.5), (BORN, scored(1, 0.9), DEEPER), scored(3, 0.5), None),
        (ValueDropped(0.3), (BORN, Backpropagated(1, 1, 0.9, "prm")), Backpropagated(2, 1, 0.1, "prm"),
         Hit("Q of node 1 fell from 0.90 to 0.50.", 1)),
        (ValueDropped(0.3), (BORN,), Backpropagated(1, 1, 0.1, "prm"), None),
        (TextMatched("13 - 9"), (), BORN, Hit("Node 1 matches “13 - 9”.", 1)),
        (TextMatched("answer*24"), (), BORN, Hit("Node 2 matches “answer*24”.", 2)),
        (TextMatched("25"), (), BORN, None),
        (DepthPassed(1), (BORN,), DEEPER, Hit("Node 3 lies 2 steps deep, more than 1.", 3)),
        (DepthPassed(1), (), BORN, None),
        (IterationReached(3), (), IterationFinished(3), Hit("Iteration 3 is done.", None)),
        (IterationReached(3), (), IterationFinished(4), None),
        (ScoredBelow(0.2), (BORN,), scored(1, 0.15), Hit("Node 1 was scored 0.15 by prm, below 0.2.", 1)),
        (ScoredBelow(0.2), (BORN,), scored(1, 0.2), None),
    ],
)  # fmt: skip
def test_an_event_hits_it(entry: Breakpoint, before: tuple[Event, ...], event: Event, found: Hit | None) -> None:
    assert hit((IterationReached(99), entry), event, after(*before, event)) == found


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("left", "13 - 9 = 4 (left: 4)", True),
        ("LEFT*4", "13 - 9 = 4 (left: 4)", True),
        ("left*9", "13 - 9 = 4 (left: 4)", False),
        ("*", "anything", False),
        ("", "anything", False),
        ("(.*)+$", "aaaa", False),
        ("(.*)+$", "x(.y)+$", True),
    ],
)
def test_a_pattern_is_parts_in_order(pattern: str, text: str, found: bool) -> None:
    assert matches(pattern, text) == found


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=4), st.text("ab*", max_size=30))
def test_a_text_made_of_the_parts_matches(parts: list[str], between: str) -> None:
    pattern = "*".join(parts)
    assert matches(pattern, between.join(parts)) == bool(pattern.strip("* "))


def test_no_pattern_can_hang() -> None:
    began = time.process_time()
    matches("*".join(["a"] * 5_000) + "b", "a" * 100_000)
    assert time.process_time() - began < 5.0  # a backtracking matcher would not end in this life


def test_a_step_that_was_asked_for_during_a_step_is_not_lost_and_a_held_key_leaves_no_row_of_them() -> None:
    pace, goes_on = Pace(paused=True), []
    for _ in range(5):
        pace.step("phase")
    for _ in range(2):
        pace.done("phase")
        goes_on.append(pace.may_go)
    assert goes_on == [True, False]


def test_a_pause_forgets_the_step_that_waited() -> None:
    pace = Pace(paused=True)
    pace.step("phase")
    pace.step("phase")
    pace.pause()
    pace.step("phase")
    pace.done("phase")
    assert not pace.may_go


def steps(pace: Pace, count: int = 4) -> int:
    """How many phases of an iteration of two it goes on by itself."""
    done = 0
    while pace.may_go and done < count:
        done += 1
        pace.done("phase")
        if done % 2 == 0:
            pace.done("iteration")
    return done


def test_a_smaller_step_asked_for_during_a_larger_one_takes_its_place_and_a_larger_one_goes_on() -> None:
    pace = Pace(paused=True)
    pace.step("iteration")
    pace.step("phase")
    assert steps(pace) == 1
    pace.step("phase")
    pace.step("iteration")
    assert steps(pace) == 2


def test_a_whole_iteration_asked_for_twice_is_done_twice() -> None:
    pace = Pace(paused=True)
    for _ in range(3):
        pace.step("iteration")
    assert steps(pace, 9) == 4
    assert not pace.once_more


def test_a_step_that_waits_goes_with_a_breakpoint_and_with_going_on() -> None:
    pace = Pace(paused=True)
    for _ in range(2):
        pace.step("phase")
    pace.stop_at(Hit("An answer was found.", 1))
    pace.done("phase")
    assert (pace.may_go, pace.hit) == (False, Hit("An answer was found.", 1))
    for _ in range(2):
        pace.step("phase")
    assert pace.hit is None
    pace.go_on()
    pace.pause()
    assert steps(pace) == 0


def test_a_step_asked_for_while_it_runs_is_the_last_one() -> None:
    pace = Pace()
    pace.step("phase")
    assert steps(pace) == 1
    assert pace.paused
