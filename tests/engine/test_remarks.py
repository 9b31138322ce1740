"""Notes and bookmarks: what a person says about nodes changes nothing else, at whatever time it is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import remarking
from engine.commands import Bookmark, Note, StartRun, Stop
from engine.editing import EditError
from engine.events import Bookmarked, Expanded, Noted, Record, RunFinished, phase_of
from engine.frames import Writing
from engine.remarking import LONGEST_NOTE
from engine.tree import Tree, TreeError, apply, fold
from tests.engine.test_edits import begun
from tests.helpers.engine_pipe import SCRIPTED, EnginePipe
from tests.helpers.rich_log import rich_log
from tests.helpers.running import go, plan, run_log

LOG = [record.event for record in rich_log(4)]


def tree_after(*events: Noted | Bookmarked) -> Tree:
    tree = Tree()
    for event in (*LOG, *events):
        apply(event, tree)
    return tree


def test_the_last_word_counts_and_an_empty_one_takes_it_back() -> None:
    assert tree_after(Noted(3, "odd"), Noted(3, "very odd"), Noted(1, "x")).notes == {3: "very odd", 1: "x"}
    assert tree_after(Noted(3, "odd"), Noted(3, "")).notes == {}
    assert tree_after(Bookmarked(3, True), Bookmarked(2, True), Bookmarked(3, False)).bookmarks == {2}
    assert tree_after(Noted(3, "odd")).changed == (3,)
    assert phase_of(Noted(3, "odd")) is None


_node = st.integers(0, 5)


@given(st.lists(st.builds(Noted, _node, st.text()) | st.builds(Bookmarked, _node, st.booleans())))
def test_nothing_else_changes(said: list[Noted | Bookmarked]) -> None:
    before, after = tree_after(), tree_after(*said)
    assert after.nodes == before.nodes
    assert (after.finished, after.phase, after.iteration) == (before.finished, before.phase, before.iteration)


def test_a_node_that_does_not_exist_is_no_place_for_a_note() -> None:
    for event in (Noted(999, "x"), Bookmarked(999, True)):
        with pytest.raises(TreeError, match="names node 999"):
            tree_after(event)


def test_what_cannot_be_is_refused_in_words() -> None:
    tree = tree_after(Noted(1, "odd"), Bookmarked(2, True))
    for attempt, words in (
        (lambda: remarking.noted(tree, 999, "x"), "There is no node 999"),
        (lambda: remarking.noted(tree, 1, " odd\n"), "Node 1 has this note already"),
        (lambda: remarking.noted(tree, 2, "  "), "Node 2 has no note"),
        (lambda: remarking.noted(tree, 2, "x" * (LONGEST_NOTE + 1)), "has 20,001 characters"),
        (lambda: remarking.noted(tree, 2, "a\ud800b"), "no proper Unicode"),
        (lambda: remarking.bookmarked(tree, 2, True), "Node 2 has a bookmark already"),
        (lambda: remarking.bookmarked(tree, 1, False), "Node 1 has no bookmark"),
    ):
        with pytest.raises(EditError, match=words):
            attempt()


def test_a_note_leaves_the_next_move_and_the_end_alone() -> None:
    log: list[Record] = []
    plain: list[Record] = []
    live, other = begun(log, simulations=10, paused=True), begun(plain, simulations=10, paused=True)
    ahead = live.run._move
    live.run.say(Note(1, 1, " look here \n"))
    live.run.say(Bookmark(1, 1, True))
    assert live.run._move is ahead
    assert live.run.tree.notes == {1: "look here"}
    for each in (live, other):
        each.run.pace.go_on()
        go(each)
    said = [record.event for record in log if isinstance(record.event, Noted | Bookmarked)]
    assert said == [Noted(1, "look here"), Bookmarked(1, True)]
    assert [record.event for record in log if record.event not in said] == [record.event for record in plain]
    assert fold(log) == live.run.tree
    live.run.say(Note(1, 2, "after the end"))
    assert live.run.finished
    assert [record.seq for record in log] == list(range(1, len(log) + 1))


def test_a_note_is_kept_at_once_in_the_middle_of_a_model_call() -> None:
    with EnginePipe(SCRIPTED, "30") as engine:
        engine.send(StartRun(1, plan(simulations=3)))
        engine.until(lambda frame: isinstance(frame, Writing))
        assert not engine.reply(engine.send(Note(1, 0, "what a problem"))).error
        assert not engine.reply(engine.send(Bookmark(1, 0, True))).error
        assert "has a bookmark already" in engine.reply(engine.send(Bookmark(1, 0, True))).error
        assert "is not under way" in engine.reply(engine.send(Note(7, 0, "x"))).error
        events = [record.event for record in engine.records()]
        assert events[-2:] == [Noted(0, "what a problem"), Bookmarked(0, True)]
        assert not any(isinstance(event, Expanded) for event in events)  # the call goes on
        engine.reply(engine.send(Stop(1)))


def test_a_run_is_gone_on_with_after_its_notes() -> None:
    log = list(run_log(plan(simulations=4)))
    assert isinstance(log[-1].event, RunFinished)
    live = begun([], turns=0, simulations=6)
    noted = [*log, Record(1, len(log) + 1, log[-1].at, Noted(1, "odd"))]
    live.run.resume(noted, "again")
    assert live.run.tree.notes == {1: "odd"}
    assert live.run.seq == len(noted) + 1
