"""Which traces of a tree are read, with whose scores, in which order."""

from __future__ import annotations

import pytest

from engine.events import Expanded, NewNode, Pruned, Rescored, RolledOut, RunFinished, Score, Scored
from engine.scores import traces
from engine.scores.traces import channels_of, scorers_in, traces_of
from engine.search.votes import samples_of
from engine.tree import Tree, apply, fold
from tests.helpers.running import plan, run_log

SEARCHES = ("beam", "best-of-n", "mcts", "tot-bfs")


@pytest.mark.parametrize("search", SEARCHES)
def test_traces_come_as_the_votes_count_them(search: str) -> None:
    tree = fold(run_log(plan(search, text="3 4 8", verifiers=("rule", "prm"))))
    found, samples = traces_of(tree, 7, "scripted-prm"), samples_of(tree)
    assert [trace.answer for trace in found] == [sample.answer for sample in samples]
    assert [(trace.nodes or (0,))[-1] for trace in found] == [sample.at.node for sample in samples]
    assert [trace.rollout for trace in found] == [sample.at.rollout for sample in samples]
    assert {trace.run for trace in found} == {7}
    for trace, sample in zip(found, samples, strict=True):
        end = tree.nodes[sample.at.node]
        played = () if sample.at.rollout is None else end.rollouts[sample.at.rollout].steps
        assert len(trace.nodes) == end.depth
        assert len(trace.scores) == end.depth + len(played)


def a_tree() -> Tree:
    """Two steps and an answer, then a rollout from the first step; scored by a rule and by a PRM."""
    tree = fold(run_log(plan("cot", text="3 4 8", verifiers=()))[:1])
    texts = ("8 - 4 = 4 (left: 3 4)\n", "3 + 4 = 7 (left: 7)\n", "Answer: 3 + 8 - 4 = 7")
    for parent, text in enumerate(texts):
        apply(Expanded(1, parent, (NewNode(parent + 1, text, 1.0, terminal=parent == 2),)), tree)
    apply(Scored(1, (Score(1, 1.0, "rule", "rule"), Score(1, 0.8, "prm", "prm"), Score(2, 0.3, "prm", "prm"))), tree)
    return tree


def test_scores_are_the_scorers_own_and_missing_ones_stay_missing() -> None:
    tree = a_tree()
    (trace,) = traces_of(tree, 1, "prm")
    assert (trace.nodes, trace.scores, trace.correct) == ((1, 2, 3), (0.8, 0.3, None), False)
    assert traces_of(tree, 1, "rule")[0].scores == (None, None, None)
    assert scorers_in(tree) == ("prm",)


def test_what_was_asked_after_the_fact_beats_what_the_run_said() -> None:
    tree = a_tree()
    channels = (("+", 2.5), ("-", -1.0))
    apply(Rescored((Score(2, 0.6, "prm", "prm", "", channels), Score(3, 0.1, "prm", "prm")), "prm"), tree)
    apply(Rescored((Score(1, 0.5, "orm", "judge"),), "judge"), tree)
    assert traces_of(tree, 1, "prm")[0].scores == (0.8, 0.6, 0.1)
    assert traces_of(tree, 1, "judge")[0].scores == (0.5, None, None)
    assert channels_of(tree, 2, "prm") == channels
    assert channels_of(tree, 1, "prm") == channels_of(tree, 3, "nobody") == ()
    assert scorers_in(tree) == ("prm", "judge")


def test_the_latest_word_in_the_run_counts() -> None:
    tree = a_tree()
    apply(Scored(2, (Score(2, 0.9, "prm", "prm"),)), tree)
    assert traces_of(tree, 1, "prm")[0].scores == (0.8, 0.9, None)


def test_a_pruned_trace_is_left_out() -> None:
    tree = a_tree()
    apply(Pruned(2, (2,), ("no",)), tree)
    assert traces_of(tree, 1, "prm") == ()


ROLLED = ("3 * 4 = 12 (left: 12)\n", "Answer: 3 * (8 - 4) = 12")


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("prm", 0.4, (0.8, 0.7, 0.4)),
        ("rule", 1.0, (0.8, 0.7, 0.4)),  # proven; the model has spoken of every step before
        ("rule", 0.0, (0.8, None, None)),  # refused; no model was asked, and these are the rule's
    ],
)
def test_the_steps_of_a_rollout_have_the_scores_of_the_runs_one_scorer(
    source: str, value: float, expected: tuple[float | None, ...]
) -> None:
    tree = a_tree()
    apply(RolledOut(1, 1, ROLLED, "3 * (8 - 4)", value, source, source, (0.7, 0.4)), tree)  # type: ignore[arg-type]
    trace = traces_of(tree, 1, "prm")[1]
    assert (trace.nodes, trace.rollout, trace.scores) == ((1,), 0, expected)
    assert traces_of(tree, 1, "other")[1].scores == (None, None, None)


def test_where_two_scorers_of_one_kind_spoke_nobody_knows_whose_a_rollouts_scores_are() -> None:
    tree = a_tree()
    apply(Scored(2, (Score(2, 0.9, "prm", "another"),)), tree)
    apply(RolledOut(1, 1, ROLLED, "3 * (8 - 4)", 0.4, "prm", "prm", (0.7, 0.4)), tree)
    assert traces_of(tree, 1, "prm")[1].scores == (0.8, None, None)


def test_what_a_file_says_of_its_trace_counts_where_nobody_can_check_it() -> None:
    tree = a_tree()
    apply(RunFinished("finished", "It was read.", 3, "7", True, "the file says so"), tree)
    assert [trace.correct for trace in traces_of(tree, 1, "prm")] == [True]


def test_a_broken_end_gives_no_answer_and_is_wrong() -> None:
    tree = a_tree()
    tree.nodes[3].broken = "cut off"
    (trace,) = traces_of(tree, 1, "prm")
    assert (trace.answer, trace.correct) == (None, False)


def test_answers_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "KEPT", 2)
    monkeypatch.setattr(traces, "_known", {})
    tree = fold(run_log(plan("beam", text="3 4 8", verifiers=("rule", "prm"))))
    assert traces_of(tree, 1, "prm") == traces_of(tree, 1, "prm")
    assert len(traces._known) <= 2


def test_a_run_that_has_not_begun_has_no_traces() -> None:
    assert traces_of(Tree(), 1, "prm") == ()
    assert scorers_in(Tree()) == ()
