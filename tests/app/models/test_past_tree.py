"""The tree that is made at a cursor against the fold: field by field at every event, and after going on from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.history import History
from app.models.past_nodes import parents
from app.models.past_tree import past_tree
from engine.events import Record, RunResumed
from engine.tree import Tree, apply, fold
from tests.app.models.test_history import GOLDEN, read_golden
from tests.helpers.logs import search_log
from tests.helpers.made_up_log import made_up_log
from tests.helpers.rich_log import rich_log
from tests.helpers.same_tree import assert_same_tree

RICH = rich_log(20, everything=True, gold=True)


def made_at(records: list[Record], cursor: int) -> Tree:
    history = History(spacing=16)
    history.extend(records)
    history.seek(cursor)
    return past_tree(history, records)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_it_is_the_fold_at_every_event_of_a_golden_log(path: Path) -> None:
    records = read_golden(path)
    history = History(spacing=16)
    history.extend(records)
    for cursor in range(len(records), -1, -1):
        history.seek(cursor)
        assert_same_tree(past_tree(history, records), fold(records[:cursor]))


@pytest.mark.parametrize("records", [RICH, list(search_log(12))], ids=["rich", "plain"])
def test_it_is_the_fold_at_every_event_of_a_helpers_log(records: list[Record]) -> None:
    for cursor in range(len(records) + 1):
        assert_same_tree(made_at(records, cursor), fold(records[:cursor]))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), cursor=st.integers(0, 300), further=st.integers(0, 40), looked=st.integers(0, 99))
def test_it_is_the_fold_whatever_happened_and_goes_on_as_the_fold(
    seed: int, cursor: int, further: int, looked: int
) -> None:
    records = made_up_log(300, seed)
    history = History(spacing=32)
    history.extend(records)
    history.seek(cursor)
    tree = past_tree(history, records)
    tree.nodes.get(looked)  # one that was looked at before goes on as the others do
    if any(isinstance(record.event, RunResumed) for record in records[cursor : cursor + further]):
        further = 0  # touches every node: whoever steps starts afresh there
    for record in records[cursor : cursor + further]:
        apply(record.event, tree)
    history.advance(min(cursor + further, 300))
    assert_same_tree(tree, fold(records[: cursor + further]))


def test_it_stays_what_it_was_when_the_history_leaps_away() -> None:
    history = History(spacing=16)
    history.extend(RICH)
    history.seek(40)
    tree = past_tree(history, RICH)
    for elsewhere in (3, len(RICH)):
        history.seek(elsewhere)
    assert_same_tree(tree, fold(RICH[:40]))


def test_only_what_is_looked_at_is_made() -> None:
    tree = made_at(RICH, len(RICH))
    count = len(tree.nodes)
    assert count == len(fold(RICH).nodes)
    assert 7 in tree.nodes
    assert count not in tree.nodes
    assert tree.nodes.get(count) is None
    assert list(tree.nodes) == list(range(count))
    made = dict.__len__(tree.nodes)
    assert made <= 2  # the latest event's
    node = tree.nodes[7]
    assert tree.nodes[7] is node
    assert dict.__len__(tree.nodes) == made + 1
    with pytest.raises(KeyError):
        tree.nodes[count]


def test_nodes_are_read_like_a_dict() -> None:
    tree, expected = made_at(RICH, 30), fold(RICH[:30])
    assert [node.id for node in tree.nodes.values()] == list(expected.nodes)
    assert [number for number, _ in tree.nodes.items()] == list(expected.nodes)
    assert {0, 1, 9999} & tree.nodes.keys() == {0, 1}
    assert list(reversed(tree.nodes)) == list(reversed(expected.nodes))
    assert tree.nodes.copy().keys() == expected.nodes.keys()
    assert bool(tree.nodes)
    assert not made_at(RICH, 0).nodes


def test_parents_are_known_without_a_look_at_the_nodes() -> None:
    tree, expected = made_at(RICH, 60), fold(RICH[:60])
    made = dict.__len__(tree.nodes)
    some = range(1, len(expected.nodes))
    assert parents(tree, some) == parents(expected, some) == [expected.nodes[node].parent for node in some]
    assert parents(tree, range(1)) == [None]
    assert dict.__len__(tree.nodes) == made
