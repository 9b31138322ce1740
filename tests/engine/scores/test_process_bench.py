"""ProcessBench's figure against its definition, word by word, and on a session's own labels."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import isnan

import numpy as np
import pytest

from engine.events import Score
from engine.importing_steps import Rated, chain, kept_steps
from engine.scores.process_bench import (
    NONE,
    UNKNOWN,
    Figure,
    first_wrong,
    labelled,
    predicted,
    process_bench,
)
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace, traces_of
from engine.tree import fold

Row = tuple[float | None, ...]


def table_of(*rows: Row) -> ScoreTable:
    return ScoreTable.of(ScoredTrace(1, tuple(range(1, len(row) + 1)), None, None, None, row) for row in rows)


def said_of(row: Row, threshold: float) -> int:
    """What the scorer says of one trace, step by step."""
    for place, score in enumerate(row):
        if score is None:
            return UNKNOWN
        if np.float32(score) < threshold:
            return place
    return NONE


def f1_of(rows: Sequence[Row], labels: Sequence[int], threshold: float) -> float:
    """2ab / (a + b), with an accuracy of 0 where none is right."""
    right = [said_of(row, threshold) == label for row, label in zip(rows, labels, strict=True)]
    wrong = [ok for ok, label in zip(right, labels, strict=True) if label >= 0]
    good = [ok for ok, label in zip(right, labels, strict=True) if label == NONE]
    a, b = sum(wrong) / len(wrong), sum(good) / len(good)
    return 2 * a * b / (a + b) if a + b else 0.0


def some_rows(seed: int, count: int = 40) -> tuple[list[Row], list[int]]:
    """Rows of a scorer that knows a little, with gaps, and their labels."""
    rng = random.Random(seed)
    rows, labels = list[Row](), list[int]()
    for _ in range(count):
        length = rng.randint(1, 6)
        label = rng.choice([NONE, *range(length)])
        scores = [rng.choice([rng.random(), 0.5]) * (0.6 if step == label else 1.0) for step in range(length)]
        rows.append(tuple(None if rng.random() < 0.05 else score for score in scores))
        labels.append(label)
    return rows, labels


def test_the_figure_of_a_few_traces_by_hand() -> None:
    table = table_of((0.9, 0.2, 0.1), (0.9, 0.8), (0.4, 0.9), (0.9, 0.7), (None, None), (0.1,), (0.9, None))
    bench = process_bench(table, [1, NONE, 1, NONE, 0, UNKNOWN, NONE], ["a", "a", "b", "b", "b", "b", "b"])
    assert bench.whole == Figure(wrong=2, found=1, right=3, passed=2, undecided=1)
    assert bench.whole.f1 == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))
    assert bench.splits["a"] == Figure(1, 1, 1, 1, 0)
    assert bench.splits["b"] == Figure(1, 0, 2, 1, 1)
    assert bench.average == pytest.approx(0.5)
    assert (bench.threshold, bench.tuned_on) == (0.5, None)


def test_what_cannot_be_told_is_not_zero() -> None:
    assert isnan(process_bench(table_of(), [], []).whole.f1)
    only_right = process_bench(table_of((0.9,)), [NONE], ["a"])
    assert isnan(only_right.whole.f1)
    assert only_right.whole.on_right == 1.0
    assert isnan(only_right.average)
    with pytest.raises(KeyError):
        process_bench(table_of((None,)), [NONE], ["a"], tune_on="")
    assert predicted(table_of((), ())).tolist() == [UNKNOWN, UNKNOWN]


def test_traces_without_steps_do_not_count() -> None:
    table = table_of((), ())
    assert process_bench(table, [NONE, 0], ["a", "a"]).whole.traces == 0
    with pytest.raises(KeyError):
        process_bench(table, [NONE, 0], ["a", "a"], tune_on="a")


@pytest.mark.parametrize("seed", range(8))
def test_figures_and_the_best_threshold_are_those_of_the_definition(seed: int) -> None:
    rows, labels = some_rows(seed)
    keep = [any(score is not None for score in row) for row in rows]
    known = [row for row, kept in zip(rows, keep, strict=True) if kept]
    wanted = [label for label, kept in zip(labels, keep, strict=True) if kept]
    table, splits = table_of(*rows), ["s"] * len(rows)
    for threshold in (0.0, 0.2, 0.5, 0.77, 1.0):
        assert predicted(table, threshold).tolist() == [said_of(row, threshold) for row in rows]
        found = process_bench(table, labels, splits, threshold).whole.f1
        assert found == pytest.approx(f1_of(known, wanted, threshold))
    best = process_bench(table, labels, splits, tune_on="")
    every = sorted({float(np.float32(score)) for row in known for score in row if score is not None})
    candidates = [0.0, *every, *(value + 1e-6 for value in every)]
    assert best.whole.f1 == pytest.approx(max(f1_of(known, wanted, threshold) for threshold in candidates))
    assert best.tuned_on == ""
    assert process_bench(table, labels, splits, tune_on="s").threshold == best.threshold


def test_where_no_threshold_is_any_good_it_stays_as_it_is() -> None:
    bench = process_bench(table_of((0.9, 0.1), (0.9,)), [0, NONE], ["a", "a"], tune_on="")
    assert (bench.threshold, bench.whole.f1) == (0.5, 0.0)


def test_a_threshold_may_be_tuned_on_one_split() -> None:
    table = table_of((0.3,), (0.8,), (0.05,), (0.1,))
    bench = process_bench(table, [0, NONE, 0, NONE], ["gsm8k", "gsm8k", "math", "math"], tune_on="gsm8k")
    assert 0.3 < bench.threshold < 0.8
    assert bench.splits["gsm8k"].f1 == 1.0
    assert bench.splits["math"].f1 == 0.0
    assert process_bench(table, [0, NONE, 0, NONE], ["a"] * 4, tune_on="").whole.f1 < 1.0


@pytest.mark.parametrize(
    ("ratings", "label"),
    [((1, 0, 1), NONE), ((1, -1, None), 1), ((-1,), 0), ((1, None, -1), UNKNOWN), ((1, None), UNKNOWN), ((), UNKNOWN)],
)
def test_the_first_wrong_step_of_ratings(ratings: tuple[int | None, ...], label: int) -> None:
    assert first_wrong(ratings) == label


def test_labels_and_splits_come_with_the_traces_of_a_data_set() -> None:
    record = Rated("ProcessBench", "1 + 1?", chain(("one", "two", "three"), (1, -1, None)), told={"id": "gsm8k-17"})
    tree = fold(kept_steps(record, "a file").records(1, 0.0))
    (trace,) = traces_of(tree, 1, "prm")
    assert labelled(tree, trace) == (1, "gsm8k")
    plain = fold(kept_steps(record._replace(dataset="PRM800K", told={}), "a file").records(1, 0.0))
    assert labelled(plain, traces_of(plain, 1, "prm")[0]) == (1, "PRM800K")
    tree.rescored["prm"] = {node: Score(node, value, "prm", "prm") for node, value in ((1, 0.9), (2, 0.3), (3, 0.2))}
    (trace,) = traces_of(tree, 1, "prm")
    assert process_bench(ScoreTable.of([trace]), [1], ["gsm8k"]).whole.found == 1
