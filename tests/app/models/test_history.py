"""The arrays of the history against the fold, at every cursor and in any order of seeking."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models import moment
from app.models.births import GENERATORS
from app.models.history import History
from app.models.log_columns import LogColumns
from app.models.step_marks import NOBODY, SOURCES
from engine.events import Budget, Expanded, NewNode, Record, RunStarted
from engine.tokens import unpack
from engine.tree import Tree, fold
from tests.helpers.made_up_log import made_up_log
from tests.helpers.rich_log import rich_log

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*.json"))
RICH = rich_log(30, everything=True, gold=True)


def read_golden(path: Path) -> list[Record]:
    return msgspec.json.decode(path.read_bytes(), type=list[Record])


def history_of(records: list[Record], spacing: int = 8) -> History:
    history = History(spacing)
    history.extend(records)
    return history


def number(value: float | None) -> float:
    return math.nan if value is None else value


def assert_equals_fold(history: History, records: list[Record], cursor: int) -> None:
    tree = fold(records[:cursor])
    nodes = list(tree.nodes.values())
    count = len(nodes)
    assert (history.cursor, history.count) == (cursor, count)
    expected: dict[str, list[float]] = {
        "visits": [node.visits for node in nodes],
        "value_sum": [node.value_sum for node in nodes],
        "value": [number(node.value) for node in nodes],
        "mark": [number(node.mark and node.mark[0]) for node in nodes],
        "source": [SOURCES.index(node.mark[1]) if node.mark else NOBODY for node in nodes],
        "prm": [number(score.value if (score := node.score("prm")) else None) for node in nodes],
        "pruned": [bool(node.pruned) for node in nodes],
        "prior": [node.prior for node in nodes],
    }
    for name, values in expected.items():
        found = getattr(history, name)
        assert found.shape == (count,), name
        np.testing.assert_array_equal(found, np.array(values, found.dtype), name)
    for name in ("square_sum", "virtual"):
        np.testing.assert_array_equal(history.now[name], [getattr(node, name) for node in nodes], name)
    np.testing.assert_array_equal(
        history.now["best"], [-math.inf if node.best is None else node.best for node in nodes]
    )


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_arrays_are_those_of_the_fold_at_every_event_of_a_golden_log(path: Path) -> None:
    records = read_golden(path)
    history = history_of(records)
    for cursor in (*range(len(records) + 1), *range(len(records), -1, -3)):
        history.seek(cursor)
        assert_equals_fold(history, records, cursor)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), cursors=st.lists(st.integers(0, 400), max_size=6), spacing=st.integers(1, 90))
def test_arrays_are_those_of_the_fold_whatever_happened(seed: int, cursors: list[int], spacing: int) -> None:
    records = made_up_log(400, seed)
    history = history_of(records, spacing)
    for cursor in cursors:
        history.seek(cursor)
        assert_equals_fold(history, records, cursor)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), parts=st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_growing_gives_the_arrays_of_the_whole(seed: int, parts: list[int]) -> None:
    records = made_up_log(400, seed)
    history, known = History(spacing=32), 0
    for part in parts:
        history.extend(records[known : known + part])
        known = min(known + part, len(records))
        history.advance(known)
        assert_equals_fold(history, records, known)


def test_long_paths_are_made_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "WRITES", 7)
    history = history_of(RICH, spacing=1000)
    history.seek(len(RICH))
    assert_equals_fold(history, RICH, len(RICH))


def test_structure_covers_the_whole_log_at_any_cursor() -> None:
    history = history_of(RICH)
    tree: Tree = fold(RICH)
    history.seek(5)
    nodes = list(tree.nodes.values())
    assert history.parent.tolist() == [-1 if node.parent is None else node.parent for node in nodes]
    assert history.depth.tolist() == [node.depth for node in nodes]
    assert history.terminal.tolist() == [node.terminal for node in nodes]
    assert history.broken.tolist() == [bool(node.broken) for node in nodes]
    assert history.samples.tolist() == [node.samples for node in nodes]
    assert history.twin.tolist() == [-1 if node.twin is None else node.twin for node in nodes]
    for cursor in range(len(RICH)):
        assert np.count_nonzero(history.birth <= cursor) == len(fold(RICH[:cursor]).nodes)
    by = next(record for record in RICH if isinstance(record.event, Expanded) and record.event.generator == "person")
    assert isinstance(by.event, Expanded)
    born = by.event.children[0].node
    assert GENERATORS[history.generator[born]] == "person"
    assert history.born_at[born] == by.at - RICH[0].at


def test_moments_that_are_kept_stay_few() -> None:
    records = made_up_log(2000, 3)
    small = History(spacing=4, cache_bytes=20_000)
    small.extend(records)
    small.seek(len(records))
    assert 0 < sum(kept.nbytes for kept in small._kept.values()) <= 20_000
    for cursor in (1999, 3, 1200):
        small.seek(cursor)
        assert_equals_fold(small, records, cursor)


def test_a_seek_starts_at_the_nearest_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    history = history_of(RICH, spacing=16)
    history.seek(len(RICH))
    starts: list[int] = []
    advance = moment.Moment.advance

    def watched(self: moment.Moment, log: LogColumns, cursor: int) -> None:
        starts.append(self.cursor)
        advance(self, log, cursor)

    monkeypatch.setattr(moment.Moment, "advance", watched)
    history.seek(50)
    assert starts == [48]


def test_version_tells_of_every_change() -> None:
    history = History()
    versions = [history.version]
    history.extend(RICH[:20])
    versions.append(history.version)
    history.seek(20)
    versions.append(history.version)
    history.extend(RICH[20:])
    history.advance(30)
    versions.append(history.version)
    assert versions == sorted(set(versions))


def test_entropy_is_the_mean_of_the_tokens_and_missing_is_not_zero() -> None:
    history = history_of(RICH[:10])
    found = history.entropy()
    history.extend(RICH[10:])
    found = history.entropy()
    for node in fold(RICH).nodes.values():
        row = unpack(node.tokens)
        if row:
            assert found[node.id] == np.float32(sum(token.entropy for token in row) / len(row))
        else:
            assert math.isnan(found[node.id])


def test_a_broken_token_row_is_missing() -> None:
    started = RunStarted("game24", "4 9 10 13", "Make 24.", "mcts", {}, 0, Budget(), "scripted", ())
    child = NewNode(1, "step", 1.0, tokens=b"not a row")
    history = history_of([Record(1, 1, 0.0, started), Record(1, 2, 1.0, Expanded(1, 0, (child,)))])
    assert np.isnan(history.entropy()).tolist() == [True, True]
