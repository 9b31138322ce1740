"""MCTS: the arithmetic of selection, its options, the golden tree."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from pathlib import Path

import msgspec
import pytest

from engine.events import Backpropagated, Choice, Expanded, Record, RolledOut, RunFinished, Scored, Selected
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.search import SettingError, make_search
from engine.search.values import trace_value
from engine.tree import fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedVerifier

GOLDEN = Path(__file__).parent.parent / "golden"


def choices(log: tuple[Record, ...]) -> list[Choice]:
    return [choice for record in log if isinstance(record.event, Selected) for choice in record.event.choices]


def test_puct_terms_are_those_of_the_paper() -> None:
    found = choices(run_log(plan(simulations=20, width=4, c_init=1.5, c_base=100.0)))
    assert len(found) > 10
    for choice in found:
        c = 1.5 + log((choice.visits + 100.0 + 1) / 100.0)
        for n, p, u in zip(choice.n, choice.p, choice.u, strict=True):
            assert u == pytest.approx(p * c * sqrt(choice.visits) / (1 + n), abs=1e-12)
        scores = [(q or 0.0) + (u or 0.0) for q, u in zip(choice.q, choice.u, strict=True)]
        assert choice.chosen == choice.children[scores.index(max(scores))]


def test_uct_terms_are_those_of_the_paper() -> None:
    found = choices(run_log(plan(simulations=20, width=3, formula="uct", c=0.7)))
    for choice in found:
        fresh = [child for child, seen in zip(choice.children, choice.visited, strict=True) if not seen]
        if fresh:
            assert choice.chosen == fresh[0]
        for n, q, u in zip(choice.n, choice.q, choice.u, strict=True):
            assert (q, u) == (None, None) if n == 0 else u == pytest.approx(0.7 * sqrt(log(choice.visits) / n))


def test_choices_hold_what_the_tree_held() -> None:
    """Recompute every term from a fold of the events before."""
    log_ = run_log(plan(simulations=15, width=4, first_play="parent"))
    for position, record in enumerate(log_):
        if isinstance(record.event, Selected):
            before = fold(log_[:position])
            for choice in record.event.choices:
                parent = before.nodes[choice.parent]
                assert choice.visits == parent.visits
                for child, n, q, p in zip(choice.children, choice.n, choice.q, choice.p, strict=True):
                    node = before.nodes[child]
                    assert (n, p) == (node.visits, node.prior)
                    assert q == (node.value if n else parent.value)


@pytest.mark.parametrize("first_play", ["score", "parent", "zero"])
def test_unvisited_children_get_the_stand_in_that_the_formula_names(first_play: str) -> None:
    log_ = run_log(plan(simulations=6, width=4, first_play=first_play))
    words = next(record.event.formula for record in log_ if isinstance(record.event, Selected))
    assert {"score": "verifier's score", "parent": "Q of the parent", "zero": "unvisited: 0"}[first_play] in words
    tree = fold(log_)
    for choice in choices(log_):
        for child, q, visited in zip(choice.children, choice.q, choice.visited, strict=True):
            if not visited and first_play == "zero":
                assert q == 0.0
            if not visited and first_play == "score":
                value = trace_value(tree, child, "min")
                assert value is not None
                assert q == value[0]


def test_rollouts_are_real_and_scored() -> None:
    log_ = run_log(plan(simulations=8, width=3, value="rollout", formula="uct"))
    played = [record.event for record in log_ if isinstance(record.event, RolledOut)]
    assert played
    assert all(event.answer and event.value is not None and event.source == "prm" for event in played)
    credited = [record.event.value for record in log_ if isinstance(record.event, Backpropagated)]
    assert {event.value for event in played} <= set(credited)


def test_one_visit_of_the_root_per_iteration_and_phases_in_order() -> None:
    log_ = run_log(plan(simulations=10, width=4))
    tree = fold(log_)
    assert tree.root.visits == 10
    order = [type(record.event).__name__ for record in log_[1:6]]
    assert order == ["Selected", "Expanded", "Scored", "Backpropagated", "IterationFinished"]


def test_without_revisits_the_search_ends_when_the_tree_is_exhausted() -> None:
    log_ = run_log(plan(simulations=5000, width=1, temperature=0.0, revisit=False))
    end = log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "exhausted"
    assert len(fold(log_).nodes) == 5


def test_revisits_count_the_known_value_again_and_call_nobody() -> None:
    log_ = run_log(plan(simulations=60, width=4, c_init=0.05))
    credits = [record.event for record in log_ if isinstance(record.event, Backpropagated)]
    again = [event for event in credits if event.revisit]
    assert again
    first = {event.leaf: event.value for event in reversed(credits)}
    assert all(event.value == first[event.leaf] for event in again)
    called = {record.event.iteration for record in log_ if isinstance(record.event, Expanded | Scored)}
    assert called.isdisjoint(event.iteration for event in again)


def test_an_exhausted_tree_ends_the_run_even_if_answers_may_be_revisited() -> None:
    log_ = run_log(plan(simulations=30, width=1, temperature=0.0))
    assert sum(isinstance(record.event, Expanded) for record in log_) == 4


def test_a_rule_refuses_steps_and_no_model_is_asked_about_them() -> None:
    prm = ScriptedVerifier()
    log_ = run_log(plan(simulations=12, width=3), policy=Cheater(), verifiers=[RuleVerifier(), prm])
    tree = fold(log_)
    wrong = [node for node in tree.nodes.values() if node.step.startswith("1 + 1")]
    assert wrong
    assert all(node.visits == 0 and node.score("prm") is None for node in wrong)
    assert all("1 + 1" not in request.steps[-1] for request in prm.seen)
    assert all(child not in choice.children for choice in choices(log_) for child in (node.id for node in wrong))


class Cheater:
    """Half of its steps use numbers that are not there."""

    name = "cheater"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        from tests.helpers.scripted import ScriptedPolicy

        honest = ScriptedPolicy().sample(requests, Watch())
        slip = Sample("1 + 1 = 2 (left: 2 3 4)\n", -1.0, 9, "step")
        return Sampled(tuple((slip, *samples[1:]) for samples in honest.samples), honest.costs)


def test_a_proof_by_rule_stops_the_search_and_gold_is_never_consulted() -> None:
    log_ = run_log(plan(text="2 3 4", simulations=2000, width=24), verifiers=[RuleVerifier(), ScriptedVerifier()])
    end, tree = log_[-1].event, fold(log_)
    assert isinstance(end, RunFinished)
    assert end.correct is True
    assert end.reason == "finished"
    assert tree.iterations_done < 2000
    assert not tree.gold
    sources = {score.source for record in log_ if isinstance(record.event, Scored) for score in record.event.scores}
    assert sources == {"rule", "prm"}


def test_a_verifier_that_says_nothing_leaves_the_score_missing() -> None:
    class Silent:
        name, source = "silent", "prm"

        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            return Scores(tuple(StepScores((None,) * len(request.steps)) for request in requests))

    tree = fold(run_log(plan(simulations=4), verifiers=[Silent()]))  # type: ignore[list-item]
    assert all(not node.scores for node in tree.nodes.values())


def test_the_answer_is_the_best_by_value_or_by_visits() -> None:
    log_ = run_log(plan(simulations=60, width=4))
    tree, end = fold(log_), log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    values = {node.id: (trace_value(tree, node.id, "min") or (0.0, ""))[0] for node in tree.answers()}
    assert values[end.chosen] == max(values.values())
    most = make_search("mcts", {"final": "visits"}).choose(tree)
    assert most is not None
    assert tree.nodes[most].visits == max(node.visits for node in tree.answers())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"simulations": 0}, "Simulations must be at least 1"),
        ({"simulations": "many"}, "Simulations must be a whole number"),
        ({"simulations": 1.5}, "Simulations must be a whole number"),
        ({"temperature": float("nan")}, "Temperature must be at least 0"),
        ({"formula": "ucb"}, "Formula must be one of puct, uct"),
        ({"revisit": "perhaps"}, "Revisit answers must be yes or no"),
        ({"depth": 3}, "no setting called 'depth'"),
    ],
)
def test_impossible_settings_are_refused_in_words(settings: dict[str, object], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        make_search("mcts", settings)


def test_settings_may_come_as_texts() -> None:
    assert make_search("mcts", {"simulations": "7", "revisit": "no", "c_init": "2"}).settings()["simulations"] == 7


def test_golden_log() -> None:
    """The whole event log of a small search, kept in a file: any change of behaviour shows."""
    found = msgspec.json.format(msgspec.json.encode(run_log(plan(simulations=6, width=3, seed=7))), indent=1)
    path = GOLDEN / "mcts.json"
    assert found == path.read_bytes().rstrip(b"\n")
