"""Tree of Thoughts: breadth and depth first, generators, evaluators, both rules for duplicates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from engine.events import Choice, Cost, Expanded, Pruned, Record, RunFinished, Scored, Selected
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.search import make_search
from engine.search.frontier import ranking
from engine.search.thoughts import Thoughts
from engine.tree import Node, Tree, fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedVerifier
from tests.helpers.shared_data import shared_data


def thoughts(name: str = "tot-bfs", **settings: object) -> Thoughts:
    search = make_search(name, settings)
    assert isinstance(search, Thoughts)
    return search


def scored(log: Sequence[Record]) -> set[int]:
    return {score.node for record in log if isinstance(record.event, Scored) for score in record.event.scores}


def reasons(log: Sequence[Record]) -> list[str]:
    return [why for record in log if isinstance(record.event, Pruned) for why in record.event.reasons]


def test_breadth_first_keeps_the_best_b_of_every_depth() -> None:
    log = run_log(plan("tot-bfs", beams=3))
    tree, search = fold(log), thoughts(beams=3)
    for depth in range(1, 5):
        born = [node for node in tree.nodes.values() if node.depth == depth]
        best = sorted(born, key=lambda node: (-(search.value(tree, node) or 0.0), node.id))[:3]
        assert [node for node in born if not node.pruned] == sorted(best, key=lambda node: node.id)
    assert tree.iterations_done == 4


def test_the_answer_is_the_first_of_the_best_and_the_others_stay_readable() -> None:
    log = run_log(plan("tot-bfs", beams=3))
    tree, end, search = fold(log), log[-1].event, thoughts(beams=3)
    left = [node for node in tree.answers() if not tree.is_out(node.id)]
    assert len(left) == 3
    assert isinstance(end, RunFinished)
    assert end.chosen == min(left, key=lambda node: (-(search.value(tree, node) or 0.0), node.id)).id


def test_proposals_come_from_one_call_and_the_answer_line_is_one_sample() -> None:
    log = run_log(plan("tot-bfs", beams=3))
    drawn = [record.event for record in log if isinstance(record.event, Expanded)]
    assert {event.generator for event in drawn[:-3]} == {"propose"}
    assert [event.generator for event in drawn[-3:]] == ["sample"] * 3
    assert all(len(event.children) == 1 for event in drawn[-3:])
    assert all(event.cost.calls == 1 for event in drawn)


def test_samples_are_drawn_one_by_one() -> None:
    log = run_log(plan("tot-bfs", beams=2, generator="sample", samples=4))
    drawn = [record.event for record in log if isinstance(record.event, Expanded)]
    assert {event.generator for event in drawn} == {"sample"}
    assert {event.cost.calls for event in drawn} == {4}


@pytest.mark.parametrize("evaluator", ["value", "scale", "vote", "prm", "orm"])
def test_the_evaluator_decides_whoever_else_is_asked(evaluator: str) -> None:
    who = ("check", evaluator)
    log = run_log(plan("tot-bfs", beams=2, evaluator=evaluator, verifiers=who))
    tree, search = fold(log), thoughts(beams=2, evaluator=evaluator)
    node = tree.nodes[1]
    own = next(score.value for score in node.scores if evaluator in (score.source, score.verifier))
    assert search.value(tree, node) == own


def test_all_candidates_of_a_depth_stand_in_one_vote() -> None:
    class Ballots(ScriptedVerifier):
        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            assert len({request.ballot for request in requests}) == 1
            return super().score(requests, watch)

    who = Ballots("vote", "self-evaluation")
    log = run_log(plan("tot-bfs", beams=2, evaluator="vote", verifiers=("vote",)), verifiers=[who])
    assert len([record for record in log if isinstance(record.event, Scored)]) == 4


class Stutter:
    """Every sample of a node is the same step; below different nodes the same state is reached."""

    name = "stutter"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        rows = (tuple(self._one(request, number) for number in range(len(request.seeds))) for request in requests)
        return Sampled(tuple(rows), tuple(Cost(calls=1) for _ in requests))

    def _one(self, request: SampleRequest, number: int) -> Sample:
        texts = [("2 * 3 = 6 (left: 4 6)\n", "3 * 2 = 6 (left: 4 6)\n"), ("4 * 6 = 24 (left: 24)\n",) * 2]
        if len(request.steps) < 2:
            return Sample(texts[len(request.steps)][number // 2 % 2], -1.0, 9, "step")
        return Sample("Answer: 2 * 3 * 4 = 24", -1.0, 9, "end")


def stuttered(rule: str) -> tuple[tuple[Record, ...], Tree]:
    settings: dict[str, Any] = {"beams": 3, "generator": "sample", "samples": 4, "duplicates": rule}
    log = run_log(plan("tot-bfs", text="2 3 4", **settings), policy=Stutter())
    return log, fold(log)


def test_a_repeated_text_is_worth_nothing_by_the_rule_of_the_papers_code() -> None:
    log, tree = stuttered("zero")
    search = thoughts(duplicates="zero", generator="sample")
    texts = [node.step[:5] for node in tree.children(0)]
    assert texts == ["2 * 3", "2 * 3", "3 * 2", "3 * 2"]
    assert [search.value(tree, node) == 0.0 for node in tree.children(0)] == [False, True, False, True]
    assert {2, 4}.isdisjoint(scored(log))
    assert any(why.endswith("worth 0 as a repeat of node 3") for why in reasons(log))


def test_a_transposition_shares_the_value_without_a_call() -> None:
    log, tree = stuttered("share")
    search = thoughts(duplicates="share", generator="sample")
    first, second = tree.children(0)
    assert (first.samples, second.samples, second.twin) == (2, 2, first.id)
    assert search.value(tree, first) == search.value(tree, second) is not None
    assert second.id not in scored(log)
    assert not second.pruned


def test_a_transposition_may_leave_the_search() -> None:
    log, tree = stuttered("drop")
    assert [node.id for node in tree.children(0)] == [1]
    plain = fold(run_log(plan("tot-bfs", text="2 3 4", duplicates="drop", generator="sample")))
    twins = [node for node in plain.nodes.values() if node.twin is not None]
    assert twins
    assert all(f"the same state as node {node.twin}" in node.pruned for node in twins)
    assert isinstance(log[-1].event, RunFinished)


def test_a_repeat_of_a_refused_step_is_out_with_it() -> None:
    class Wrong(Stutter):
        def _one(self, request: SampleRequest, number: int) -> Sample:
            return Sample("2 * 3 = 7 (left: 4 7)\n", -1.0, 9, "step")

    settings: dict[str, Any] = {"generator": "sample", "samples": 3, "duplicates": "zero"}
    wish = plan("tot-bfs", text="2 3 4", verifiers=("rule", "prm"), **settings)
    log = run_log(wish, policy=Wrong())
    assert reasons(log) == ["refused as node 1"] * 2
    assert sum(isinstance(record.event, Expanded) for record in log) == 1


def test_the_published_log_is_selected_again() -> None:
    """A stable sort of the values, the first five: all 400 selections of the authors' 100 games."""
    name = "gpt-4_0.7_propose1_value3_greedy5_start900_end1000.json"
    games = json.loads(shared_data("tot_logs", "game24", name).read_text())
    repeated = selections = 0
    for step in (step for game in games for step in game["steps"]):
        nodes = [Node(number, 0, text, 1) for number, text in enumerate(step["new_ys"])]
        ranked = ranking(nodes, lambda node, values=step["values"]: values[node.id])  # type: ignore[misc]
        assert [node.step for node, _ in ranked[:5]] == step["select_new_ys"]
        selections += 1
        first = {node.step: node.id for node in reversed(nodes)}
        copies = [node for node in nodes if first[node.step] != node.id]
        assert all(step["values"][node.id] == 0 for node in copies)
        repeated += len(copies)
    assert (selections, repeated) == (400, 15)


def test_depth_first_goes_to_the_best_and_comes_back() -> None:
    log = run_log(plan("tot-dfs", visits=9, threshold=0.0))
    tree, search = fold(log), thoughts("tot-dfs")
    visited = [record.event.leaf for record in log if isinstance(record.event, Selected)]
    assert visited == list(preorder(tree, search, tree.root))[:9]
    assert visited[3] in tree.nodes[visited[2]].children
    assert visited[4] not in tree.nodes[visited[3]].children


def preorder(tree: Tree, search: Thoughts, node: Node) -> list[int]:
    """What algorithm 2 of the paper visits, written as it stands there: recursively."""
    if not node.expanded:
        return []
    below = sorted(tree.children(node.id), key=lambda child: (-(search.value(tree, child) or 0.0), child.id))
    return [node.id, *(visit for child in below if not child.pruned for visit in preorder(tree, search, child))]


def test_what_is_worth_less_than_the_threshold_is_pruned_and_never_visited() -> None:
    log = run_log(plan("tot-dfs", visits=12, threshold=0.4))
    tree, search = fold(log), thoughts("tot-dfs")
    for node in tree.nodes.values():
        if node.id:
            poor = (search.value(tree, node) or 0.0) < 0.4
            assert poor == bool(node.pruned)
            assert not (poor and node.expanded)
    assert any(why.endswith("below 0.4") for why in reasons(log))


def test_the_arithmetic_of_a_visit_can_be_recomputed() -> None:
    log = run_log(plan("tot-dfs", visits=9))
    choices = [choice for record in log if isinstance(record.event, Selected) for choice in record.event.choices]
    assert choices
    for choice in choices:
        assert isinstance(choice, Choice)
        totals = [(q or 0.0) + (u or 0.0) for q, u in zip(choice.q, choice.u, strict=True)]
        assert choice.chosen == choice.children[totals.index(max(totals))]


def test_depth_first_ends_when_everything_was_visited() -> None:
    end = run_log(plan("tot-dfs", visits=500, threshold=0.9))[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "exhausted"


def test_depth_first_ends_with_an_answer_that_is_good_enough() -> None:
    log = run_log(plan("tot-dfs", visits=500, enough=0.6))
    tree, end, search = fold(log), log[-1].event, thoughts("tot-dfs")
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    assert "worth 0.6 or more" in end.why
    values = [search.value(tree, node) or 0.0 for node in tree.answers() if not tree.is_out(node.id)]
    assert search.value(tree, tree.nodes[end.chosen]) == max(values) >= 0.6


def test_what_nobody_could_value_is_neither_pruned_nor_preferred() -> None:
    class Shy(ScriptedVerifier):
        """Knows nothing of every other trace."""

        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            known = super().score(requests, watch).traces
            return Scores(
                tuple(
                    trace if number % 2 else StepScores((None,) * len(trace.values))
                    for number, trace in enumerate(known)
                )
            )

    log = run_log(plan("tot-dfs", visits=6, threshold=0.2), verifiers=[Shy("prm", "orm")])
    tree = fold(log)
    unknown = [node for node in tree.nodes.values() if node.id and not node.scores]
    assert unknown
    assert not any(node.pruned for node in unknown)
    second = [record.event.leaf for record in log if isinstance(record.event, Selected)][1]
    assert tree.nodes[second].scores
