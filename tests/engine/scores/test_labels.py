"""Labels by source, the index of label runs, and agreement against hand computations."""

from __future__ import annotations

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.events import NodeId, RolledOut, Source, StepRated
from engine.intervals import wilson
from engine.scores.labelling import label_plan
from engine.scores.labels import (
    LabelSource,
    MonteCarloLabels,
    Sampled,
    agreement,
    as_label,
    kappa,
    label_agreement,
    labels_of,
    ratings_along,
)
from engine.scores.monte_carlo import is_hit, sampled_in
from engine.tree import Tree, apply, fold
from tests.helpers.running import plan, run_log

labels = st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.8]), st.integers(0, 1)), max_size=20)


@pytest.fixture(scope="module")
def searched() -> Tree:
    return fold(run_log(plan("cot", text="3 4 8", verifiers=("prm",))))


def end_of(tree: Tree) -> tuple[NodeId, ...]:
    end = next(node.id for node in tree.nodes.values() if node.terminal)
    return tuple(node.id for node in tree.path(end)[1:])


def label_run(tree: Tree, samples: int = 4, seed: int = 0) -> Tree:
    steps = tree.steps(end_of(tree)[-1])
    return fold(run_log(label_plan(plan("cot", text="3 4 8"), [steps], samples, seed)))


def test_kappa_of_the_example_in_the_textbooks() -> None:
    """Two readers of 50 applications: both yes 20, both no 15, 5 and 10 apart; kappa is 0.4."""
    scores = [0.9] * 25 + [0.1] * 25
    said = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert kappa(scores, said) == pytest.approx(0.4)
    found = label_agreement(scores, said)
    assert found.n == 50
    assert found.accuracy == pytest.approx(0.7)
    assert found.auc == pytest.approx((20 * 15 + (20 * 5 + 10 * 15) / 2) / (30 * 20))


def test_nobody_asked_has_no_labels(searched: Tree) -> None:
    nodes = end_of(searched)
    assert labels_of(searched, nodes, ()) == (None,) * len(nodes)


@given(labels)
def test_kappa_is_agreement_beyond_chance(pairs: list[tuple[float, int]]) -> None:
    found = kappa([score for score, _ in pairs], [label for _, label in pairs])
    yes, good = ([score > 0.5 for score, _ in pairs], [label == 1 for _, label in pairs])
    same = sum(one == other for one, other in zip(yes, good, strict=True))
    by_chance = sum(yes) * sum(good) + (len(pairs) - sum(yes)) * (len(pairs) - sum(good))
    if by_chance == len(pairs) ** 2:  # both are the same throughout: agreement says nothing
        assert isnan(found)
    else:
        chance = by_chance / len(pairs) ** 2
        assert found == pytest.approx((same / len(pairs) - chance) / (1 - chance))


def test_neutral_counts_as_good_or_is_left_out_and_what_is_missing_is_left_out() -> None:
    scores, ratings = [0.9, 0.9, 0.1, None, 0.9], [1, 0, -1, 1, None]
    assert agreement(scores, ratings)[:2] == (3, 1.0)
    assert agreement(scores, ratings, neutral=None)[:2] == (2, 1.0)
    assert agreement(scores, ratings, neutral=0).accuracy == pytest.approx(2 / 3)
    assert [as_label(rating) for rating in (1, 0, -1, None)] == [1, 1, 0, None]
    empty = agreement([], [])
    assert empty.n == 0
    assert all(map(isnan, empty[1:]))


def test_labels_come_from_the_first_source_that_has_one(searched: Tree) -> None:
    tree, nodes = fold(run_log(plan("cot", text="3 4 8"))), end_of(searched)
    apply(StepRated(nodes[0], -1), tree)
    apply(StepRated(nodes[0], 1, "phase2"), tree)
    apply(StepRated(nodes[1], 0, "phase2"), tree)
    assert ratings_along(tree, nodes) == (-1, *(None,) * (len(nodes) - 1))
    exact = labels_of(tree, nodes, ("exact",))
    assert set(exact) <= {0, 1}
    wanted: dict[tuple[LabelSource, ...], tuple[int | None, ...]] = {
        ("person",): (0, None),
        ("dataset",): (1, 1),
        ("person", "dataset"): (0, 1),
        ("dataset", "person"): (1, 1),
        ("monte carlo",): (None, None),
    }
    for sources, expected in wanted.items():
        assert labels_of(tree, nodes, sources)[:2] == expected
    assert labels_of(tree, nodes, ("person", "exact"))[1:] == exact[1:]
    assert labels_of(tree, nodes, ("dataset",), neutral=None)[1] is None


def test_label_runs_are_found_from_another_run_by_problem_and_text(searched: Tree) -> None:
    run, nodes = label_run(searched), end_of(searched)
    index = MonteCarloLabels([searched, run])
    assert len(index) == len(sampled_in(run)) == len(nodes)
    along = index.along(searched, nodes)
    assert list(along) == list(sampled_in(run).values())
    hard = labels_of(searched, nodes, ("monte carlo",), index)
    assert hard == tuple(int(found.hard) for found in along if found is not None)
    other = fold(run_log(plan("cot", text="3 8 4")))
    assert set(index.along(other, end_of(other))) == {None}


def drawn(index: MonteCarloLabels, tree: Tree) -> list[int]:
    return [found.n for found in index.along(tree, end_of(tree)) if found is not None]


def test_runs_that_differ_in_their_seeds_alone_count_together_and_none_twice(searched: Tree) -> None:
    first, second = label_run(searched, 4), label_run(searched, 6, seed=1)
    steps = len(end_of(searched)) - 1
    index = MonteCarloLabels([first, second])
    assert drawn(index, searched) == [10] * steps + [1]
    index.add(first)
    assert drawn(index, searched) == [10] * steps + [1]
    together = zip(sampled_in(first).values(), sampled_in(second).values(), strict=True)
    hits = [one.hits + other.hits for one, other in together]
    assert [found.hits for found in index.along(searched, end_of(searched)) if found][:-1] == hits[:-1]


def test_of_runs_of_other_policies_the_last_one_counts(searched: Tree) -> None:
    first, second = label_run(searched, 4), label_run(searched, 6, seed=1)
    assert second.started is not None
    second.started = replace(second.started, policy="another")
    steps = len(end_of(searched)) - 1
    assert drawn(MonteCarloLabels([first, second]), searched) == [6] * steps + [1]
    assert drawn(MonteCarloLabels([second, first]), searched) == [4] * steps + [1]


def test_soft_hard_and_interval() -> None:
    some, none, end = Sampled(3, 8), Sampled(0, 8), Sampled(1, 1, checked=True)
    assert (some.soft, some.hard, none.soft, none.hard) == (0.375, True, 0.0, False)
    assert some.interval == wilson(3, 8)
    assert end.interval == (1.0, 1.0)


@pytest.mark.parametrize(
    ("source", "value", "hit"),
    [("rule", 1.0, True), ("gold", 1.0, True), ("rule", 0.0, False), ("prm", 1.0, False), (None, None, False)],
)
def test_only_a_proof_is_a_hit(source: Source | None, value: float | None, hit: bool) -> None:
    assert is_hit(RolledOut(1, 1, ("Answer: 7",), "7", value, source)) is hit


def test_a_label_run_whose_settings_are_the_defaults_is_read(searched: Tree) -> None:
    run = label_run(searched, samples=8)
    assert run.started is not None
    run.started = replace(run.started, settings={"traces": run.started.settings["traces"]})
    assert drawn(MonteCarloLabels([run]), searched) == [8] * (len(end_of(searched)) - 1) + [1]


def test_a_damaged_label_run_says_nothing(searched: Tree) -> None:
    run = label_run(searched)
    assert run.started is not None
    run.started = replace(run.started, settings={"traces": "{"})
    assert sampled_in(run) == {}
    run.started = replace(run.started, problem="question", text="Why?", settings={})
    assert sampled_in(run) == {}
