"""Diverse verifier tree search: subtrees apart, the vote of the last steps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.events import Cost, Expanded, Pruned, RunFinished, Voted
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.search.dvts import Dvts
from engine.search.evaluators import worth
from engine.tree import fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from tests.helpers.running import make_run, plan, run_log
from tests.helpers.scripted import ScriptedVerifier


@given(seed=st.integers(0, 999), trees=st.integers(1, 4), width=st.integers(1, 4))
@settings(max_examples=25)
def test_subtrees_never_exchange_candidates(seed: int, trees: int, width: int) -> None:
    log = run_log(plan("dvts", seed=seed, samples=trees * width, width=width))
    tree, search = fold(log), Dvts(samples=trees * width, width=width)
    numbers = {node.id: search.subtree(tree, node) for node in tree.nodes.values() if node.id}
    assert [numbers[child] for child in tree.root.children] == [
        number for number in range(1, trees + 1) for _ in range(width)
    ]
    for depth in range(1, 4):
        kept = [node for node in tree.nodes.values() if node.depth == depth and not node.pruned]
        assert [numbers[node.id] for node in kept] == list(range(1, trees + 1))
        for best in kept:
            rivals = [n for n in tree.nodes.values() if n.depth == depth and numbers[n.id] == numbers[best.id]]
            values = {node.id: worth(tree, node, "prm", "last") or 0.0 for node in rivals}
            assert best.id == max(values, key=lambda node: (values[node], -node))
            assert len(best.children) == width


def test_all_answers_of_the_last_steps_vote_with_their_weight() -> None:
    log = run_log(plan("dvts", samples=9, width=3, seed=3))
    tree, end = fold(log), log[-1].event
    (voted,) = [record.event for record in log if isinstance(record.event, Voted)]
    voters = [node for node in tree.answers() if not tree.is_out(node.id)]
    assert len(voters) == voted.samples == 9
    total = sum(worth(tree, node, "prm", "last") or 0.0 for node in voters)
    assert sum(tally.weight for tally in voted.tallies) == pytest.approx(total)
    assert isinstance(end, RunFinished)
    assert end.chosen == voted.tallies[0].first


class Mixed:
    """Of three samples the first is an answer, the last goes on."""

    name = "mixed"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        rows = (tuple(self._one(request, number) for number in range(len(request.seeds))) for request in requests)
        return Sampled(tuple(rows), tuple(Cost() for _ in requests))

    def _one(self, request: SampleRequest, number: int) -> Sample:
        if number % 3 == 2 and len(request.steps) < 2:
            return Sample(f"step {number} (left: {len(request.steps)})\n", -1.0, 5, "step")
        return Sample(f"Answer: {number % 3} + {len(request.steps)} = 9", -1.0, 5, "end")


def test_unfinished_siblings_of_an_answer_have_no_vote_and_are_told_so() -> None:
    log = run_log(plan("dvts", samples=3, width=3, seed=1), policy=Mixed(), verifiers=[Likes("Answer: 0")])
    tree = fold(log)
    (voted,) = [record.event for record in log if isinstance(record.event, Voted)]
    assert tree.nodes[3].pruned == "no answer: subtree 1 ended with node 1, so this has no vote"
    assert not tree.nodes[3].expanded
    assert sorted(tally.answer for tally in voted.tallies) == ["0 + 0", "0 + 1"]
    assert voted.samples == 2


def test_an_answer_that_is_not_the_best_of_its_subtree_is_out() -> None:
    log = run_log(plan("dvts", samples=3, width=3, seed=1), policy=Mixed(), verifiers=[Likes("step")])
    tree = fold(log)
    reasons = [why for record in log if isinstance(record.event, Pruned) for why in record.event.reasons]
    assert [why.split(",")[0] for why in reasons[:2]] == ["rank 2 of 3 in subtree 1", "rank 3 of 3 in subtree 1"]
    assert {node.depth for node in tree.answers() if not tree.is_out(node.id)} == {3}


class Likes(ScriptedVerifier):
    """Gives 0.9 to steps that begin so, 0.5 to all others."""

    def __init__(self, opening: str) -> None:
        super().__init__()
        self._opening = opening

    def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
        return Scores(tuple(StepScores(tuple(map(self._taste, request.steps))) for request in requests))

    def _taste(self, step: str) -> float:
        return 0.9 if step.startswith(self._opening) else 0.5


def test_a_subtree_where_every_step_is_broken_ends_alone() -> None:
    class HalfBroken(Mixed):
        def _one(self, request: SampleRequest, number: int) -> Sample:
            return Sample("", -1.0, 1, "end") if not request.steps and number < 3 else super()._one(request, number)

    log = run_log(plan("dvts", samples=6, width=3), policy=HalfBroken())
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    assert tree.path(end.chosen)[1].id > 3


def test_a_step_of_a_person_at_the_root_is_a_subtree_of_its_own() -> None:
    run = make_run(plan("dvts", samples=4, width=2), [])
    run.start("scripted", ["scripted-prm"])
    search = Dvts(samples=4, width=2)
    mine = run.insert(0, "4 + 9 = 13 (left: 10 13 13)")
    drawn = run.tree.nodes[mine]
    assert search.subtree(run.tree, drawn) == 3


def test_the_root_is_sampled_once_for_all_subtrees() -> None:
    log = run_log(plan("dvts", samples=8, width=2))
    first = log[1].event
    assert isinstance(first, Expanded)
    assert len(first.children) == 8
