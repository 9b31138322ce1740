"""Which labelled traces of a tree a training reads."""

from __future__ import annotations

from itertools import chain

import pytest

from engine.events import StepRated
from engine.scores.labels import labels_of
from engine.scores.training_set import counted, labelled_traces
from engine.tree import Tree, apply, fold
from tests.helpers.running import plan, run_log


@pytest.fixture
def tree() -> Tree:
    return fold(run_log(plan("mcts", text="3 4 8", simulations=12)))


def test_nothing_is_learned_where_nobody_says_anything(tree: Tree) -> None:
    assert list(labelled_traces(tree, ("person", "dataset"))) == []
    assert list(labelled_traces(Tree())) == []


def test_every_labelled_step_is_learned_once(tree: Tree) -> None:
    traces = list(labelled_traces(tree, ("exact",)))
    asked = [node.id for node in tree.nodes.values() if node.parent is not None]
    known = [labels_of(tree, [node.id for node in tree.path(at)[1:]], ("exact",))[-1] for at in asked]
    found = [label for label in chain.from_iterable(trace.labels for trace in traces) if label is not None]
    assert sorted(found) == sorted(label for label in known if label is not None)
    assert len({"".join(trace.steps) for trace in traces}) == len(traces)
    assert all(trace.prompt == tree.root.step and trace.problem == "game24 3 4 8" for trace in traces)


def test_a_person_beats_the_solver_and_a_neutral_step_can_be_left_out(tree: Tree) -> None:
    first = tree.root.children[0]
    exact = labels_of(tree, [first], ("exact",))[0]
    apply(StepRated(first, -1 if exact else 1), tree)
    of_first = next(trace for trace in labelled_traces(tree) if trace.steps[0] == tree.nodes[first].step)
    assert of_first.labels[0] == (not exact)
    apply(StepRated(first, 0), tree)
    (neutral,) = labelled_traces(tree, ("person",))
    assert neutral.labels[0] == 1
    assert list(labelled_traces(tree, ("person",), neutral=None)) == []


def test_a_trace_ends_where_its_last_step_is_an_answer(tree: Tree) -> None:
    for trace in labelled_traces(tree, ("exact",)):
        assert trace.ended == trace.steps[-1].startswith("Answer:")


def test_labels_are_counted(tree: Tree) -> None:
    traces = list(labelled_traces(tree, ("exact",)))
    count = counted(traces)
    assert (count.traces, count.problems) == (len(traces), {"game24 3 4 8"})
    assert count.good == sum(trace.labels.count(1) for trace in traces)
    assert count.labels == count.good + count.bad > 0
