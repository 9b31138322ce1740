"""Walking along bookmarks, and the time range: small models, every corner."""

from __future__ import annotations

from app.models.remarks import Remarks, are_remarks
from app.models.time_range import TimeRange
from engine.events import IterationFinished, Noted, Record
from engine.tree import Tree


def remarks(*bookmarks: int, **notes: str) -> Remarks:
    return Remarks(Tree(bookmarks=set(bookmarks), notes={int(name[1:]): text for name, text in notes.items()}))


def test_bookmarks_go_round() -> None:
    said = remarks(7, 2, 5)
    assert [said.next_bookmark(node) for node in (None, 0, 2, 6, 7, 9)] == [2, 2, 5, 7, 2, 2]
    assert [said.previous_bookmark(node) for node in (None, 0, 2, 6, 7, 9)] == [7, 7, 7, 5, 5, 7]
    assert remarks().next_bookmark(3) is None
    assert remarks().previous_bookmark(None) is None


def test_nodes_are_listed_once_and_in_order() -> None:
    assert remarks(7, 2, n2="x", n4="y").nodes() == [2, 4, 7]


def test_records_that_say_something_are_known() -> None:
    assert are_remarks([Record(1, 1, 0.0, IterationFinished(1)), Record(1, 2, 0.0, Noted(0, ""))])
    assert not are_remarks([Record(1, 1, 0.0, IterationFinished(1))])


def test_a_time_range_has_both_its_ends_and_says_when_it_changes() -> None:
    kept, heard = TimeRange(), list[object]()
    kept.changed.connect(lambda: heard.append(kept.ends))
    assert kept.has(1)
    kept.set(9, 4)
    kept.set(4, 9)
    assert [kept.has(cursor) for cursor in (3, 4, 9, 10)] == [False, True, True, False]
    kept.set(-3, 0)
    kept.clear()
    kept.clear()
    assert heard == [(4, 9), (1, 1), None]
