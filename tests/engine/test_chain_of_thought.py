"""Chain of thought: chains side by side, each by its own seed."""

from __future__ import annotations

from engine.events import Expanded, RunFinished, Scored
from engine.tree import fold
from tests.helpers.running import plan, run_log


def test_greedy_writes_one_chain_to_its_answer() -> None:
    log = run_log(plan("cot"))
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert len(tree.nodes) == 5
    assert end.reason == "finished"
    assert end.chosen == 4
    assert end.answer
    assert all(node.score("prm") for node in tree.nodes.values() if node.id)


def test_samples_are_kept_apart_even_if_their_texts_are_equal() -> None:
    tree = fold(run_log(plan("cot", samples=3, temperature=0.0)))
    assert len(tree.root.children) == 3
    assert len({tree.nodes[child].step for child in tree.root.children}) == 1


def test_sampled_chains_differ_and_repeat_from_their_seed() -> None:
    first, again, other = (run_log(plan("cot", seed=seed, samples=6, temperature=1.0)) for seed in (1, 1, 2))
    assert first == again
    assert [record.event for record in first][1:] != [record.event for record in other][1:]
    assert len({node.step for node in fold(first).answers()}) > 1


def test_the_first_sample_is_the_answer() -> None:
    log = run_log(plan("cot", samples=4, temperature=1.0))
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    assert tree.path(end.chosen)[1].id == tree.root.children[0]


def test_scores_are_asked_for_only_if_wanted_and_change_nothing() -> None:
    with_scores, without = run_log(plan("cot")), run_log(plan("cot", score=False))
    assert not any(isinstance(record.event, Scored) for record in without)
    texts = [
        [child.step for record in log if isinstance(record.event, Expanded) for child in record.event.children]
        for log in (with_scores, without)
    ]
    assert texts[0] == texts[1]


def test_no_verifier_is_needed() -> None:
    end = run_log(plan("cot"), verifiers=[])[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
