"""Undo as a list read off the log: back and forth it gives the tree that was there, whatever was done in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.inverses import Wish
from app.models.shown_run import ShownRun
from app.undo import Answered, UndoHistory
from engine import editing, remarking
from engine.commands import (
    Bookmark,
    InsertStep,
    JudgeRollout,
    LabelStep,
    MoveBorders,
    Note,
    Prune,
    Restore,
    SetScore,
    UndoTask,
)
from engine.editing import EditError
from engine.events import ROOT, AnyEvent, Expanded, NewNode, Pruned, Record, RolledOut, StepLabelled
from engine.importing_tree import Step, TreeDraft
from engine.tree import Tree, fold
from tests.helpers.rich_log import rich_log

SEARCHED = rich_log(8, finished=False)
PLAYED = RolledOut(9, 2, ("Answer: 24",), "24", None, None)
RECORDS = [*SEARCHED, Record(1, len(SEARCHED) + 1, SEARCHED[-1].at, PLAYED)]


class Performer:
    """Fulfils wishes as the engine would, at once or when it is told to."""

    def __init__(self, shown: ShownRun) -> None:
        self._shown = shown
        self.wishes: list[Wish] = []
        self.waits = False
        self._due: list[Callable[[], None]] = []

    def __call__(self, wish: Wish, answered: Answered) -> None:
        self.wishes.append(wish)
        self._due.append(lambda: self._fulfil(wish, answered))
        if not self.waits:
            self.go()

    def go(self) -> None:
        due, self._due = self._due, []
        for fulfil in due:
            fulfil()

    def _fulfil(self, wish: Wish, answered: Answered) -> None:
        try:
            event = event_of(wish, self._shown.tree)
        except EditError as error:
            answered(str(error))
            return
        append(self._shown, event)
        answered("")


def event_of(wish: Wish, tree: Tree) -> AnyEvent:
    match wish:
        case Prune(_, nodes):
            return editing.pruned(tree, nodes)
        case Restore(_, nodes):
            return editing.restored(tree, nodes)
        case InsertStep(_, parent, step):
            editing.check_parent(tree, parent)
            born = NewNode(len(tree.nodes), step, 0.1, samples=0)
            return Expanded(tree.iteration, parent, (born,), generator="person")
    assert not isinstance(wish, SetScore | UndoTask), "those are the engine's to obey"
    return remarking.said(tree, wish)


def append(shown: ShownRun, event: AnyEvent) -> None:
    shown.append([Record(shown.run or 1, shown.total + 1, 1_800_000_000.0 + shown.total, event)])


@pytest.fixture
def shown() -> ShownRun:
    shown = ShownRun()
    shown.show(1, RECORDS)
    return shown


def essence(tree: Tree) -> Any:
    """The tree but for what an undone insertion leaves behind, and for what only says which event was last."""
    alive = {number: node for number, node in tree.nodes.items() if not (node.pruned and not node.samples)}
    known = {
        number: replace(node, children=tuple(c for c in node.children if c in alive)) for number, node in alive.items()
    }
    said = tree.notes, tree.bookmarks, tree.borders, tree.labels, tree.verdicts
    return known, said, tree.iteration, tree.cost, tree.finished


WISHES = st.lists(
    st.one_of(
        st.builds(Prune, st.just(1), st.tuples(st.integers(1, 30))),
        st.builds(Restore, st.just(1), st.tuples(st.integers(1, 30))),
        st.builds(Note, st.just(1), st.integers(0, 30), st.sampled_from(["", "one", "two"])),
        st.builds(Bookmark, st.just(1), st.integers(0, 30), st.booleans()),
        st.builds(MoveBorders, st.just(1), st.integers(1, 4), st.sampled_from([(), (0,), (3,), (2, 5)])),
        st.builds(
            LabelStep, st.just(1), st.integers(1, 4), st.integers(0, 1), st.integers(3, 4),
            st.sampled_from(["", "plan", "check"]),
        ),
        st.builds(
            JudgeRollout, st.just(1), st.just(2), st.just(0), st.sampled_from(["admits", "silent", ""])
        ),
        st.builds(InsertStep, st.just(1), st.integers(0, 30), st.sampled_from(["by hand\n", "another\n"])),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=60)
@given(wishes=WISHES, walk=st.lists(st.integers(0, 10), max_size=6))
def test_every_state_comes_back(wishes: list[Wish], walk: list[int]) -> None:
    shown = ShownRun()
    shown.show(1, RECORDS)
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    states = [essence(fold(shown.records))]
    for wish in wishes:
        before = shown.total
        performer(wish, lambda _refusal: None)
        if shown.total > before:
            states.append(essence(fold(shown.records)))
    assert history.done == len(history.edits) == len(states) - 1
    for target in walk:
        history.go_to(target)
        assert history.done == min(target, len(states) - 1)
        assert not history.busy
        assert essence(fold(shown.records)) == states[history.done]
    assert [record.seq for record in shown.records] == list(range(1, shown.total + 1))
    assert essence(shown.tree) == states[history.done]


def test_words_say_what_and_a_new_edit_ends_what_could_be_redone(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    heard: list[int] = []
    history.changed.connect(lambda: heard.append(history.done))
    for wish in (
        Prune(1, (2,)), Note(1, 3, "odd"), Note(1, 3, "very odd"), Note(1, 3, ""), Bookmark(1, 4, True),
        Prune(1, (5, 6)), Restore(1, (5, 6)), Prune(1, (7, 8, 9)), InsertStep(1, 0, "by hand\n"),
    ):  # fmt: skip
        performer(wish, lambda _refusal: None)
    born = len(shown.tree.nodes) - 1
    assert [edit.words for edit in history.edits] == [
        "prune of node 2",
        "note of node 3",
        "change of the note of node 3",
        "removal of the note of node 3",
        "bookmark of node 4",
        "prune of nodes 5 and 6",
        "restoring of nodes 5 and 6",
        "prune of 3 nodes",
        f"insertion of node {born}",
    ]
    assert heard == list(range(1, 10))
    history.undo()
    history.undo()
    assert (history.done, len(history.edits)) == (7, 9)
    assert history.next_redo is not None
    assert history.next_redo.words == "prune of 3 nodes"
    performer(Bookmark(1, 11, True), lambda _refusal: None)
    assert [edit.words for edit in history.edits][7:] == ["bookmark of node 11"]
    assert history.next_redo is None


def test_what_is_said_of_traces_has_words_and_is_taken_back(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    wishes: tuple[Wish, ...] = (
        MoveBorders(1, 3, (2,)), MoveBorders(1, 3, ()), LabelStep(1, 3, 0, 4, "check"), LabelStep(1, 3, 0, 6, "plan"),
        LabelStep(1, 3, 0, 6, ""), JudgeRollout(1, 2, 0, "admits"), JudgeRollout(1, 2, 0, ""),
    )  # fmt: skip
    for wish in wishes:
        performer(wish, lambda _refusal: None)
    assert [edit.words for edit in history.edits] == [
        "boundary between hidden and exposed, trace to node 3",
        "boundary as it was found, trace to node 3",
        "label “check” of a step, trace to node 3",
        "label “plan” of a step, trace to node 3",
        "removal of the label of a step, trace to node 3",
        "verdict on sample 1 of node 2",
        "removal of the verdict on sample 1 of node 2",
    ]
    history.go_to(3)
    assert shown.tree.labels[3][0] == StepLabelled(3, 0, 4, "check")
    history.go_to(1)
    assert (shown.tree.borders, shown.tree.labels, shown.tree.verdicts) == ({3: (2,)}, {}, {})


def test_who_opens_the_file_again_may_go_on_taking_back(shown: ShownRun) -> None:
    performer = Performer(shown)
    UndoHistory(shown, performer)
    performer(Prune(1, (2,)), lambda _refusal: None)
    performer(Note(1, 3, "odd"), lambda _refusal: None)
    performer(Note(1, 3, "very odd"), lambda _refusal: None)
    again = ShownRun()
    again.show(1, shown.records)
    history = UndoHistory(again, Performer(again))
    assert [edit.words for edit in history.edits] == [
        "prune of node 2",
        "note of node 3",
        "change of the note of node 3",
    ]
    history.undo()
    assert again.tree.notes == {3: "odd"}
    history.go_to(0)
    assert again.tree.notes == {}
    assert not again.tree.nodes[2].pruned


def test_what_the_search_did_is_not_in_it(shown: ShownRun) -> None:
    history = UndoHistory(shown, Performer(shown))
    append(shown, Pruned(1, (3,), ("rank 6 of 6",)))
    assert not history.edits


def test_a_refusal_stops_the_walk(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    performer(Bookmark(1, 1, True), lambda _refusal: None)
    performer(Prune(1, (2,)), lambda _refusal: None)
    append(shown, editing.restored(shown.tree, [2]).__class__(1, (2,), "search"))  # the search brought it back itself
    history.go_to(0)
    assert history.done == 2
    assert not history.busy
    assert shown.tree.bookmarks == {1}


def test_while_a_change_is_under_way_nothing_else_is_taken_back(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    performer(Bookmark(1, 1, True), lambda _refusal: None)
    performer(Bookmark(1, 2, True), lambda _refusal: None)
    performer.waits = True
    history.go_to(0)
    assert (history.done, history.busy) == (2, True)
    history.undo()
    assert performer.wishes[2:] == [Bookmark(1, 2, False)]
    performer.go()
    assert (history.done, history.busy) == (1, True)
    performer.go()
    assert (history.done, history.busy) == (0, False)
    assert shown.tree.bookmarks == set()


def test_an_edit_that_comes_in_between_keeps_the_list_honest(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    performer(Bookmark(1, 1, True), lambda _refusal: None)
    performer.waits = True
    history.undo()
    append(shown, remarking.noted(shown.tree, 5, "in between"))
    performer.go()
    assert [edit.words for edit in history.edits] == [
        "bookmark of node 1",
        "note of node 5",
        "removal of the bookmark of node 1",
    ]
    assert history.done == 3
    assert not history.busy
    assert len(performer.wishes) == 2  # what came in between is not taken back


def test_a_copy_of_a_session_has_a_list_of_its_own(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    performer(Bookmark(1, 1, True), lambda _refusal: None)
    original = list(shown.records)
    performer(Bookmark(1, 2, True), lambda _refusal: None)  # after Save as: only the copy has it
    shown.show(1, original)
    assert [edit.words for edit in history.edits] == ["bookmark of node 1"]
    performer(Bookmark(1, 3, True), lambda _refusal: None)
    history.go_to(0)
    assert shown.tree.bookmarks == set()


def test_each_run_has_its_list_and_keeps_it(shown: ShownRun) -> None:
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    performer(Bookmark(1, 1, True), lambda _refusal: None)
    performer(Bookmark(1, 2, True), lambda _refusal: None)
    history.undo()
    records = list(shown.records)
    other = [replace(record, run=2, at=record.at + 50) for record in RECORDS]
    shown.show(2, other)
    assert not history.edits
    performer(Note(2, 1, "elsewhere"), lambda _refusal: None)
    shown.show(1, records)
    assert (len(history.edits), history.done) == (2, 1)
    history.redo()
    assert shown.tree.bookmarks == {1, 2}
    shown.show(1, other)  # another session, whose first run it is
    assert not history.edits
    shown.show(None, ())
    assert not history.edits


def test_notes_that_a_file_brought_are_nobodys_deed(shown: ShownRun) -> None:
    draft = TreeDraft("a file", "4 9 10 13")
    draft.expand(ROOT, [Step("13 - 9 = 4")])
    draft.note(1, "written by another program")
    shown.show(3, draft.finish().records(3, 1e9))
    performer = Performer(shown)
    history = UndoHistory(shown, performer)
    assert shown.tree.notes
    assert not history.edits
    performer(Bookmark(3, 1, True), lambda _refusal: None)
    assert [edit.words for edit in history.edits] == ["bookmark of node 1"]
