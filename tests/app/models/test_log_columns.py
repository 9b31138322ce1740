"""The columns say of a log that makes no sense what the fold says of it: a long one is not folded when it is opened."""

from __future__ import annotations

import math
from typing import Any

import pytest

from app.models.history import History
from app.models.log_columns import LogColumns
from app.models.past_nodes import born, depth_of, values
from app.models.past_tree import past_tree
from engine.events import (
    AnyEvent,
    Backpropagated,
    Credited,
    Expanded,
    IterationFinished,
    NewNode,
    Noted,
    PriorsNoised,
    Pruned,
    Record,
    Rescored,
    Restored,
    RolledOut,
    RolloutJudged,
    RunFinished,
    RunStarted,
    Score,
    Scored,
    Selected,
    VirtualLossChanged,
)
from engine.tree import TreeError, fold
from tests.helpers.rich_log import rich_log
from tests.storage.samples import started

RICH = rich_log(12, everything=True, gold=True)
ROLLED_OUT = RolledOut(1, 1, ("step\n",), "24", 1.0, "rule")


def log_of(*events: AnyEvent) -> list[Record]:
    """A start, an expansion that makes nodes 1 and 2, and these events."""
    born_first = Expanded(1, 0, (NewNode(1, "a", 0.5), NewNode(2, "b", 0.5, twin=1)))
    return [Record(1, seq, float(seq), event) for seq, event in enumerate((started(), born_first, *events), 1)]


def read(records: list[Record]) -> None:
    LogColumns().extend(records)


MISFITS: tuple[tuple[AnyEvent, ...], ...] = (
    (started(),),
    (Selected(1, 7, (0, 7), "PUCT", ()),),
    (Selected(1, 1, (-1, 1), "PUCT", ()),),
    (Expanded(1, 3, (NewNode(3, "c", 1.0),)),),
    (Expanded(1, -1, ()),),
    (Expanded(1, 0, (NewNode(4, "c", 1.0),)),),
    (Expanded(1, 0, (NewNode(3, "c", 1.0, twin=3),)),),
    (Scored(1, (Score(9, 0.5, "prm", "v"),)),),
    (Scored(1, (Score(3, 0.5, "prm", "v"),)), Expanded(1, 0, (NewNode(3, "born too late", 1.0),))),
    (Backpropagated(1, 3, 0.5, "prm"), Expanded(1, 0, (NewNode(3, "born too late", 1.0),))),
    (Selected(1, 3, (0, 3), "PUCT", ()), Expanded(1, 0, (NewNode(3, "born too late", 1.0),))),
    (Noted(3, "too early"), Expanded(1, 0, (NewNode(3, "born too late", 1.0),))),
    (RolledOut(1, -2, (), None, None, None),),
    (Credited(1, (0, 5), (1, 1), (0.5, 0.5)),),
    (Credited(1, (0, 1), (1,), (0.5, 0.5)),),
    (PriorsNoised(1, 0, (1, 5), (0.5, 0.5), (0.5, 0.5), 0.3, 0.25),),
    (PriorsNoised(1, 0, (1, 2), (0.5, 0.5), (0.5,), 0.3, 0.25),),
    (VirtualLossChanged(1, 10**30, 1),),
    (Pruned(1, (0,), ("no",)),),
    (Pruned(1, (8,), ("no",)),),
    (Pruned(1, (1, 2), ("no",)),),
    (Restored(1, (8,)),),
    (Noted(8, "where?"),),
    (RolloutJudged(1, 0, "silent"), ROLLED_OUT),
    (ROLLED_OUT, RolloutJudged(1, 1, "silent")),
    (Rescored((Score(5, 0.5, "prm", "v"),), "v"),),
    (RunFinished("stopped", "", 6, None, None, ""),),
    (ROLLED_OUT, RunFinished("stopped", "", 1, None, None, "", 1)),
)


@pytest.mark.parametrize("events", MISFITS, ids=lambda events: type(events[0]).__name__)
def test_what_does_not_fold_is_not_read(events: tuple[AnyEvent, ...]) -> None:
    records = log_of(*events)
    with pytest.raises(TreeError) as told:
        fold(records)
    with pytest.raises(TreeError) as seen:
        read(records)
    assert str(seen.value) == str(told.value)


def test_what_folds_is_read() -> None:
    events = (ROLLED_OUT, RolloutJudged(1, 0, "silent"), RunFinished("stopped", "", 1, None, None, "", 0))
    fold(log_of(*events))
    read(log_of(*events))
    read(RICH)


def test_nothing_comes_before_the_start() -> None:
    with pytest.raises(TreeError, match="IterationFinished comes before RunStarted"):
        read([Record(1, 1, 0.0, IterationFinished(1))])


def test_numbers_beyond_all_measure_are_no_crash() -> None:
    for event in (IterationFinished(2**70), Scored(2**40, ())):
        with pytest.raises(TreeError, match="numbers that do not fit"):
            read(log_of(event))


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_it_does_not_matter_in_which_parts_a_log_comes(size: int) -> None:
    whole, parts = LogColumns(), LogColumns()
    whole.extend(RICH)
    for first in range(0, len(RICH), size):
        parts.extend(RICH[first : first + size])
    for name in (
        "nodes",
        "moments",
        "credits",
        "counts",
        "flights",
        "marks",
        "prms",
        "cuts",
        "noises",
        "walks",
        "facts",
    ):
        one, other = getattr(whole, name), getattr(parts, name)
        for column in one._columns:
            assert one[column].tolist() == pytest.approx(other[column].tolist(), nan_ok=True), (name, column)
    assert [whole.costs.at(at) for at in range(len(RICH))] == [parts.costs.at(at) for at in range(len(RICH))]


def test_what_all_nodes_have_is_known_without_a_look_at_them() -> None:
    history = History()
    history.extend(RICH)
    history.advance(len(RICH))
    past, expected = past_tree(history, RICH), fold(RICH)
    made = dict.__len__(past.nodes)
    for name, found in (("depth", born(past, "depth")), ("samples", born(past, "samples"))):
        assert found.tolist() == [getattr(node, name) for node in expected.nodes.values()]
        assert found.tolist() == born(expected, name).tolist()  # type: ignore[arg-type] # one of the two
    q: list[Any] = [math.nan if node.value is None else node.value for node in expected.nodes.values()]
    assert values(past).tolist() == pytest.approx(q, nan_ok=True)
    assert values(expected).tolist() == pytest.approx(q, nan_ok=True)
    assert depth_of(past, None) == depth_of(expected, None) == max(node.depth for node in expected.nodes.values())
    assert dict.__len__(past.nodes) == made
    assert depth_of(past, (1, 2)) == 1
    assert depth_of(past, ()) == 0


def test_a_node_finds_its_choice_behind_walks_that_were_prescribed() -> None:
    """As an iteration below a node has them: it passes nodes without a choice there."""
    chosen = RICH[: next(at for at, record in enumerate(RICH, 1) if isinstance(record.event, Selected) and at > 40)]
    last = chosen[-1].event
    assert isinstance(last, Selected)
    bare = [
        Record(1, len(chosen) + more, 0.0, Selected(last.iteration + more, last.leaf, last.path, "below", ()))
        for more in range(1, 40)
    ]
    records = [*chosen, *bare]
    history = History()
    history.extend(records)
    history.advance(len(records))
    tree, expected = past_tree(history, records), fold(records)
    assert expected.root.choice is not None
    assert [tree.nodes[node].choice for node in tree.nodes] == [node.choice for node in expected.nodes.values()]
    assert isinstance(records[0].event, RunStarted)
