"""Beam search: who stays and why, lookahead, duplicates, the control without a verifier."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Any

import pytest

from engine.events import Cost, Expanded, Pruned, Record, RolledOut, RunFinished, Score, Scored
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.search import SEARCHES, SettingError, make_search
from engine.search.evaluators import likelihood, mark, worth
from engine.search.values import AGGREGATIONS
from engine.tree import Node, Tree, fold
from tests.helpers.running import make_run, plan, run_log


def iterations(log: Sequence[Record]) -> dict[int, list[Record]]:
    """The records of each iteration."""
    found: dict[int, list[Record]] = {}
    for record in log:
        number = getattr(record.event, "iteration", None)
        if number is not None:
            found.setdefault(number, []).append(record)
    return found


def born(records: Sequence[Record]) -> list[int]:
    return [child.node for record in records if isinstance(record.event, Expanded) for child in record.event.children]


def pruned(records: Sequence[Record]) -> dict[int, str]:
    events = [record.event for record in records if isinstance(record.event, Pruned)]
    return {node: why for event in events for node, why in zip(event.nodes, event.reasons, strict=True)}


@pytest.mark.parametrize("how", AGGREGATIONS)
def test_the_best_of_each_depth_stay_and_have_m_samples_each(how: str) -> None:
    log = run_log(plan("beam", beams=8, width=2, aggregation=how, duplicates="keep"))
    tree = fold(log)
    for records in list(iterations(log).values())[:-1]:
        children = born(records)
        assert len(children) == 8
        values = {node: worth(tree, tree.nodes[node], "prm", how) or 0.0 for node in children}
        kept = [node for node in children if node not in pruned(records)]
        assert kept == sorted(sorted(children, key=lambda node: -values[node])[:4])
        assert all(len(tree.nodes[node].children) == 2 for node in kept)


def test_reasons_name_the_rank_and_the_gap() -> None:
    log = run_log(plan("beam", beams=4, width=2, duplicates="keep"))
    tree = fold(log)
    first = iterations(log)[1]
    scores = {node: mark(tree.nodes[node], "prm") or 0.0 for node in born(first)}
    ranked = sorted(scores, key=lambda node: -scores[node])
    for rank in (3, 4):
        gap = scores[ranked[1]] - scores[ranked[rank - 1]]
        assert pruned(first)[ranked[rank - 1]] == f"rank {rank} of 4, lost by {gap:.3f}"


def test_beams_are_dealt_out_where_fewer_are_left() -> None:
    """Equal texts are one beam: filtering may leave fewer than N/M."""
    log = run_log(plan("beam", beams=12, width=3, temperature=0.0))
    tree = fold(log)
    assert [sum(child.samples for child in tree.children(node.id)) for node in tree.nodes.values()] == [12] * 4 + [0]
    assert tree.duplicates == 4 * 11


def test_beams_with_an_answer_move_out_and_the_others_go_on() -> None:
    log = run_log(plan("beam", beams=4, width=2, duplicates="keep"), policy=Hasty())
    tree, end = fold(log), log[-1].event
    early = [node for node in tree.answers() if node.depth == 1]
    assert len(early) == 2
    assert not any(node.pruned for node in early)
    assert max(node.depth for node in tree.nodes.values()) > 1
    assert isinstance(end, RunFinished)
    values = {node.id: worth(tree, node, "prm", "last") or 0.0 for node in tree.answers()}
    assert end.chosen == max(values, key=lambda node: values[node])


class Hasty:
    """Every other sample is an answer."""

    name = "hasty"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        rows = (tuple(self._one(request, seed) for seed in range(len(request.seeds))) for request in requests)
        return Sampled(tuple(rows), tuple(Cost() for _ in requests))

    def _one(self, request: SampleRequest, number: int) -> Sample:
        if number % 2 or len(request.steps) == 3:
            return Sample(f"Answer: {number} = {len(request.steps)}", -1.0, 5, "end")
        return Sample(f"step {len(request.steps)} (left: {number})\n", -1.0, 5, "step")


def test_where_nothing_completes_there_is_no_answer_and_no_fault() -> None:
    class Silent(Hasty):
        def _one(self, request: SampleRequest, number: int) -> Sample:
            return Sample("", -1.0, 1, "end")

    end = run_log(plan("beam", beams=4, width=2), policy=Silent())[-1].event
    assert isinstance(end, RunFinished)
    assert (end.reason, end.chosen) == ("finished", None)


def test_lookahead_ranks_by_the_steps_played_and_forgets_them() -> None:
    log = run_log(plan("beam", beams=6, width=3, lookahead=2, duplicates="keep"))
    tree = fold(log)
    first = iterations(log)[1]
    played = {event.node: event for record in first if isinstance(event := record.event, RolledOut)}
    assert set(played) == set(born(first))
    assert all(len(event.steps) == 2 for event in played.values())
    values = {node: event.step_scores[-1] or 0.0 for node, event in played.items()}
    kept = [node for node in born(first) if node not in pruned(first)]
    assert kept == sorted(sorted(values, key=lambda node: -values[node])[:2])
    assert kept != sorted(sorted(values, key=lambda node: -(mark(tree.nodes[node], "prm") or 0.0))[:2])
    assert all(node.depth <= 4 for node in tree.nodes.values())


def test_lookahead_ranks_by_the_prm_though_a_rule_finds_no_fault_with_what_is_played() -> None:
    log = run_log(plan("beam", beams=6, width=3, lookahead=1, duplicates="keep", verifiers=("prm", "rule")))
    first = iterations(log)[1]
    values = {event.node: event.step_scores[-1] or 0.0 for r in first if isinstance(event := r.event, RolledOut)}
    kept = [node for node in born(first) if node not in pruned(first)]
    assert kept == sorted(sorted(values, key=lambda node: -values[node])[:2])


def test_lookahead_is_greedy_whatever_the_temperature() -> None:
    log = run_log(plan("beam", beams=6, width=3, lookahead=1, temperature=2.0, duplicates="keep"))
    played: dict[str, set[tuple[str, ...]]] = {}
    tree = fold(log)
    for record in log:
        if isinstance(record.event, RolledOut):
            trace = "".join(tree.steps(record.event.node))
            played.setdefault(trace, set()).add(record.event.steps)
    assert all(len(steps) == 1 for steps in played.values())


def test_one_beam_of_every_state_stays_if_that_is_wanted() -> None:
    log = run_log(plan("beam", beams=48, width=8, duplicates="state", text="2 3 4"))
    tree = fold(log)
    twins = [node for node in tree.nodes.values() if node.twin is not None and not node.terminal]
    assert twins
    for node in twins:
        assert "the same state as node" in node.pruned
        assert not node.expanded


def test_without_a_verifier_likelihood_ranks_the_steps() -> None:
    log = run_log(plan("beam", beams=6, width=3, evaluator="logprob", duplicates="keep", verifiers=()))
    tree = fold(log)
    assert not any(isinstance(record.event, Scored) for record in log)
    first = iterations(log)[1]
    values = {node: likelihood(tree.nodes[node]) or 0.0 for node in born(first)}
    kept = [node for node in born(first) if node not in pruned(first)]
    assert kept == sorted(sorted(values, key=lambda node: -values[node])[:2])


def test_likelihood_does_not_hang_on_the_length_and_missing_is_missing() -> None:
    short, long = Node(1, 0, "2 + 3", 1, logprob=-3.0), Node(2, 0, "2 + 3 + 4 + 5 + 6 + 7", 1, logprob=-11.0)
    assert likelihood(short) == pytest.approx(exp(-1.0))
    assert likelihood(long) == pytest.approx(exp(-1.0))
    assert likelihood(Node(3, 0, "2 + 3", 1)) is None
    assert mark(Node(3, 0, "2 + 3", 1), "prm") is None


@pytest.mark.parametrize(("evaluator", "name"), [("value", "value:5"), ("check", "check:2")])
def test_a_verifier_that_asks_so_many_times_is_one_of_its_kind(evaluator: str, name: str) -> None:
    scores = (Score(1, 0.4, "self-evaluation", "scale:3"), Score(1, 0.7, "self-evaluation", name))
    assert mark(Node(1, 0, "step", 1, scores=scores), evaluator) == 0.7
    assert mark(Node(1, 0, "step", 1, scores=scores), "scale") == 0.4
    assert mark(Node(1, 0, "step", 1, scores=scores), "vote") is None


def test_a_trace_without_any_score_has_no_worth() -> None:
    tree = Tree(nodes={0: Node(0, None, "", 0), 1: Node(1, 0, "step", 1)})
    assert worth(tree, tree.nodes[1], "prm", "last") is None


@pytest.mark.parametrize(
    ("name", "settings", "verifiers", "words"),
    [
        ("beam", {"beams": 10, "width": 4}, ("prm",), "must be a multiple of width M, but 10 is not one of 4"),
        ("beam", {}, (), "ranks by the verifier 'prm'"),
        ("beam", {"evaluator": "logprob", "lookahead": 1}, (), "Lookahead ranks by the PRM's scores"),
        ("beam", {"lookahead": 1}, ("prm", "value"), "no other model"),
        ("dvts", {"samples": 9, "width": 4}, ("prm",), "must be a multiple of width M"),
        ("dvts", {}, ("rule",), "ranks by the verifier 'prm'"),
        ("rebase", {}, ("rule",), "ranks by the verifier 'prm'"),
        ("guided-beam", {}, ("prm",), "ranks by the verifier 'check'"),
        ("tot-bfs", {}, ("value",), "ranks by the verifier 'prm'"),
        ("tot-dfs", {"evaluator": "vote"}, ("value",), "ranks by the verifier 'vote'"),
        ("tot-bfs", {"evaluator": "vote", "generator": "sample", "samples": 1}, ("vote",), "nothing to vote among"),
        ("mcts", {}, ("prm", "vote:3"), "instead of vote"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    name: str, settings: dict[str, Any], verifiers: tuple[str, ...], words: str
) -> None:
    assert words in make_search(name, settings).refusal(verifiers)
    with pytest.raises(SettingError, match=words):
        make_run(plan(name, verifiers=verifiers, **settings), [])


def test_a_verifier_from_a_folder_is_one_of_its_kind() -> None:
    assert make_search("beam", {}).refusal(("prm:/models/other",)) == ""
    assert make_search("tot-bfs", {"evaluator": "value"}).refusal(("value:5",)) == ""
    assert make_search("beam", {"evaluator": "logprob"}).refusal(()) == ""
    assert make_search("guided-beam", {"balance": 1.0}).refusal(()) == ""


@pytest.mark.parametrize("name", ["beam", "guided-beam", "dvts", "rebase", "tot-bfs", "tot-dfs"])
def test_its_paper_and_its_formula_are_named(name: str) -> None:
    assert "20" in SEARCHES[name].citation
    assert SEARCHES[name].formula_text
