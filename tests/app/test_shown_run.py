"""The run on screen: what it shows at every cursor is the fold of that many events, and it tells its views so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.history import History
from app.models.shown_run import STEPS, ShownRun
from engine.events import Expanded, NewNode, Record, RunResumed
from engine.frames import Branch, Status
from engine.tree import Tree, TreeError, fold
from tests.helpers.logs import search_log
from tests.helpers.made_up_log import made_up_log
from tests.helpers.same_tree import assert_same_tree

LOG = search_log(iterations=40)


def heard(signal: Any) -> list[tuple[Any, ...]]:
    """What a signal says from now on."""
    said: list[tuple[Any, ...]] = []
    signal.connect(lambda *values: said.append(values))
    return said


@pytest.fixture
def shown() -> ShownRun:
    run = ShownRun()
    run.show(1, LOG)
    return run


def test_nothing_is_shown_at_first() -> None:
    shown = ShownRun()
    assert (shown.run, shown.total, shown.cursor, shown.live, shown.selected) == (None, 0, 0, True, None)
    assert shown.tree == Tree()


def test_a_run_is_shown_at_its_end(shown: ShownRun) -> None:
    assert shown.cursor == shown.total == len(LOG)
    assert shown.live
    assert shown.tree == fold(LOG)


@given(cursors=st.lists(st.integers(-3, len(LOG) + 3), max_size=12))
@settings(max_examples=40, deadline=None)
def test_seeking_shows_the_fold_of_the_prefix(cursors: list[int]) -> None:
    shown = ShownRun()
    shown.show(1, LOG)
    for cursor in cursors:
        shown.seek(cursor)
        expected = max(0, min(cursor, len(LOG)))
        assert shown.cursor == shown.history.cursor == expected
        assert shown.live == (expected == len(LOG))
        assert_same_tree(shown.tree, fold(LOG[:expected]))
        assert shown.history.visits.tolist() == [node.visits for node in shown.tree.nodes.values()]


@given(seed=st.integers(0, 99), cursors=st.lists(st.integers(0, 300), max_size=12))
@settings(max_examples=25, deadline=None)
def test_seeking_far_and_near_while_events_come(seed: int, cursors: list[int]) -> None:
    """Steps, leaps and the end of the log, in any order; resumptions, which change every node, among them."""
    records = made_up_log(300, seed)
    shown = ShownRun()
    shown.show(1, records[:100])
    for number, cursor in enumerate(cursors, 1):
        shown.seek(cursor)
        shown.append(records[shown.total : 100 + 20 * number])
        assert shown.cursor == (shown.total if shown.live else min(cursor, 80 + 20 * number))
        assert_same_tree(shown.tree, fold(records[: shown.cursor]))
        shown.seek(shown.cursor + 3)
        assert_same_tree(shown.tree, fold(records[: shown.cursor]))
        assert shown.history.visits.tolist() == [node.visits for node in shown.tree.nodes.values()]


def test_a_few_events_forward_are_told_one_by_one_and_a_leap_as_everything(shown: ShownRun) -> None:
    shown.seek(60)
    touched = heard(shown.tree_changed)
    shown.seek(61)
    shown.seek(61 + 2 * STEPS)
    shown.seek(20)
    assert touched == [(fold(LOG[:61]).changed,), (None,), (None,)]


def test_live_events_move_the_cursor_and_name_what_they_touched() -> None:
    shown = ShownRun()
    shown.show(1, LOG[:1])
    touched, moved = heard(shown.tree_changed), heard(shown.cursor_moved)
    shown.append(LOG[1:5])
    assert touched == [((0, 1, 2),)]
    assert moved == [(5, 5)]
    assert shown.tree == fold(LOG[:5])


def test_events_do_not_disturb_one_who_looks_back() -> None:
    shown = ShownRun()
    shown.show(1, LOG[:20])
    live = heard(shown.live_changed)
    shown.seek(7)
    touched, moved = heard(shown.tree_changed), heard(shown.cursor_moved)
    shown.append(LOG[20:30])
    assert (shown.cursor, shown.total, touched, moved) == (7, 30, [], [(7, 30)])
    shown.go_live()
    assert live == [(False,), (True,)]
    assert shown.tree == fold(LOG[:30])


def test_one_signal_for_each_batch(shown: ShownRun) -> None:
    shown.show(1, LOG[:1])
    touched = heard(shown.tree_changed)
    shown.append(LOG[1:])
    assert len(touched) == 1
    assert set(touched[0][0]) == set(shown.tree.nodes)


def test_the_selection_waits_for_its_node_to_be_born(shown: ShownRun) -> None:
    shown.select(9)
    said = heard(shown.selection_changed)
    shown.seek(3)
    seen_then = shown.selected
    shown.go_live()
    assert (seen_then, shown.selected) == (None, 9)
    assert said == [(None,), (9,)]


def test_showing_another_run_forgets_the_selection(shown: ShownRun) -> None:
    shown.select(4)
    shown.set_status(Status(1, "running"))
    changed, said = heard(shown.run_changed), heard(shown.selection_changed)
    shown.show(2, search_log(2, run=2))
    assert (len(changed), said, shown.run, shown.status) == (1, [(None,)], 2, None)


def test_writing_is_told_once(shown: ShownRun) -> None:
    said = heard(shown.writing_changed)
    for _ in range(2):
        shown.set_writing((Branch(0, 0, "13 - "),))
    assert said == [((Branch(0, 0, "13 - "),),)]


def test_a_log_that_does_not_fold_changes_nothing(shown: ShownRun) -> None:
    with pytest.raises(TreeError):
        shown.show(2, LOG[1:])
    assert (shown.run, shown.total) == (1, len(LOG))


def test_a_live_event_that_does_not_fit_keeps_those_before_it() -> None:
    shown = ShownRun()
    shown.show(1, LOG[:1])
    forged = Record(1, 4, 0.0, Expanded(1, 77, (NewNode(3, "?", 1.0),)))
    with pytest.raises(TreeError):
        shown.append((*LOG[1:3], forged))
    assert shown.records == list(LOG[:3])
    assert shown.tree == fold(LOG[:3])


def test_what_comes_while_one_looks_back_changes_nothing_of_the_past() -> None:
    shown = ShownRun()
    shown.show(1, LOG[:60])
    shown.seek(10)
    shown.append(LOG[60:90])
    assert_same_tree(shown.tree, fold(LOG[:10]))
    shown.go_live()
    shown.seek(59)
    assert_same_tree(shown.tree, fold(LOG[:59]))


def test_an_event_that_does_not_fit_is_found_while_one_looks_back() -> None:
    shown = ShownRun()
    shown.show(1, LOG[:20])
    shown.seek(10)
    with pytest.raises(TreeError):
        shown.append((LOG[20], Record(1, 22, 0.0, Expanded(1, 77, (NewNode(3, "?", 1.0),)))))
    assert (shown.cursor, shown.total) == (10, 21)
    shown.go_live()
    assert_same_tree(shown.tree, fold(LOG[:21]))


@given(seed=st.integers(0, 99), known=st.integers(1, 150))
@settings(max_examples=15, deadline=None)
def test_a_run_that_was_only_read_goes_on_as_one_that_was_folded(seed: int, known: int) -> None:
    """Resumptions among what comes, which change every node: also those that nobody has looked at."""
    records = made_up_log(200, seed)
    history = History()
    history.extend(records[:known])
    history.advance(known)
    shown = ShownRun()
    shown.show(1, records[:known], history)
    assert_same_tree(shown.tree, fold(records[:known]))
    for first in range(known, 200, 17):
        shown.append(records[first : first + 17])
        if first % 2:
            shown.seek(first // 2)
            assert_same_tree(shown.tree, fold(records[: first // 2]))
            shown.go_live()
    assert_same_tree(shown.tree, fold(records))


def test_a_resumption_of_a_run_that_was_only_read_may_have_changed_everything() -> None:
    history = History()
    history.extend(LOG)
    history.advance(len(LOG))
    shown = ShownRun()
    shown.show(1, LOG, history)
    touched = heard(shown.tree_changed)
    shown.append([Record(1, len(LOG) + 1, 1.0, RunResumed("more"))])
    assert touched == [(None,)]
    assert shown.tree.finished is None
