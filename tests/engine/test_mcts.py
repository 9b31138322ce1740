"""MCTS: the arithmetic of selection, its options, the golden tree."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from math import log, sqrt

import pytest

from engine.commands import RunPlan
from engine.events import Backpropagated, Choice, Cost, Expanded, Record, RolledOut, RunFinished, Scored, Selected
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.runner import Live, Runner
from engine.search import SettingError, make_search
from engine.search.values import trace_value
from engine.tree import TreeError, apply, fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.rule import RuleVerifier
from tests.helpers.running import make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


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
    log_ = run_log(plan(simulations=60, width=4, c_init=0.05, revisit=True))
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


def test_an_answer_that_selection_reaches_is_scored_before_it_is_credited() -> None:
    """With rollouts only the likeliest child is valued at birth; its siblings may be answers, too."""
    log_ = run_log(plan(text="2 3 4", simulations=80, width=8, value="rollout", formula="uct"), policy=TwoAnswers())
    tree = fold(log_)
    siblings = [node for node in tree.answers() if node.visits and node.id > tree.nodes[node.parent or 0].children[0]]
    assert siblings
    for answer in siblings:
        score = answer.score("prm")
        assert score is not None
        assert answer.value == pytest.approx(score.value)


class TwoAnswers:
    """Two answers at once; the second is the rarer one."""

    name = "two-answers"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        words = ("Answer: (2 + 4) * 3 = 18", "Answer: 2 * 3 * 4 = 24")
        rows = (
            tuple(Sample(words[index == 1], -1.0, 9, "end") for index in range(len(request.seeds)))
            for request in requests
        )
        return Sampled(tuple(rows), tuple(Cost() for _ in requests))


def test_a_dead_end_is_worth_nothing_however_often_it_is_reached() -> None:
    log_ = run_log(plan(simulations=30, width=1), policy=OnlyCheats(), verifiers=[RuleVerifier(), ScriptedVerifier()])
    tree = fold(log_)
    assert all(node.value == 0.0 for node in tree.nodes.values() if node.visits)
    end = log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.reason == "exhausted"


class OnlyCheats:
    name = "only-cheats"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        slip = Sample("1 + 1 = 2 (left: 2 3 4)\n", -1.0, 9, "step")
        return Sampled(tuple((slip,) * len(request.seeds) for request in requests), tuple(Cost() for _ in requests))


def test_a_model_that_is_sure_has_proven_nothing() -> None:
    class Sure(ScriptedVerifier):
        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            return Scores(tuple(StepScores((1.0,) * len(request.steps)) for request in requests))

    end = run_log(plan(simulations=40, width=4), verifiers=[Sure()])[-1].event
    assert isinstance(end, RunFinished)
    assert "all 40 simulations" in end.why
    end = run_log(plan(simulations=40, width=4, enough=0.99), verifiers=[Sure()])[-1].event
    assert isinstance(end, RunFinished)
    assert "worth 0.99 or more" in end.why


class Pens:
    """Answers a word problem with a legal step and a wrong number."""

    name = "pens"

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        answers = tuple(tuple(self._one(request, seed) for seed in request.seeds) for request in requests)
        return Sampled(answers, (Cost(),) * len(answers))

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        step, answer = "5 * 7 = 35.\n", f"Answer: {seed % 7 + 90}"
        if request.whole:
            return Sample(answer if request.steps else step + answer, -1.0, 4, "end")
        return Sample(answer, -1.0, 4, "end") if request.steps else Sample(step, -1.0, 4, "step")


@pytest.mark.parametrize("value", ["score", "rollout"])
def test_a_rule_that_finds_no_fault_with_the_steps_has_proven_no_answer(value: str) -> None:
    wish = RunPlan("words", "How many pens are 5 * 7?", "mcts", {"value": value}, verifiers=("rule",))
    log = run_log(wish, Pens())
    assert isinstance(end := log[-1].event, RunFinished)
    assert "proven" not in end.why


def test_asking_whether_all_is_done_costs_the_same_however_large_the_tree() -> None:
    """Work is counted in Python calls, so that no clock is needed."""
    wish = plan(simulations=1_000_000, width=12, revisit=False)
    search = make_search(wish.search, wish.settings)
    log_: list[Record] = []
    live = Live(make_run(wish, log_), ScriptedPolicy(), (ScriptedVerifier(),))
    live.run.start("scripted", ["scripted-prm"])
    runner, costs = Runner(lambda: 0.0), {}
    for size in (100, 600):
        while len(live.run.tree.nodes) < size:
            assert runner.turn([live])
        costs[size] = max(_calls(lambda: search.done(live.run.tree)) for _ in range(30) if runner.turn([live]))
    assert len(live.run.tree.answers()) > 100
    assert max(costs.values()) < 100


def _calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_a_verifier_that_says_nothing_leaves_the_score_missing() -> None:
    class Silent:
        name, source = "silent", "prm"

        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            return Scores(tuple(StepScores((None,) * len(request.steps)) for request in requests))

    tree = fold(run_log(plan(simulations=4), verifiers=[Silent()]))  # type: ignore[list-item]
    assert all(not node.scores for node in tree.nodes.values())


def test_the_answer_is_the_best_by_value_or_by_visits() -> None:
    log_ = run_log(plan(simulations=60, width=4, revisit=False))
    tree, end = fold(log_), log_[-1].event
    assert isinstance(end, RunFinished)
    assert end.chosen is not None
    values = {node.id: (trace_value(tree, node.id, "min") or (0.0, ""))[0] for node in tree.answers()}
    assert values[end.chosen] == max(values.values())
    most = make_search("mcts", {"final": "visits"}).choose(tree)
    assert most is not None
    assert tree.nodes[most.node].visits == max(node.visits for node in tree.answers())


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


def test_the_root_may_be_wider() -> None:
    tree = fold(run_log(plan(simulations=4, width=2, root_width=9)))
    samples = [sum(child.samples for child in tree.children(node.id)) for node in tree.nodes.values() if node.children]
    assert samples == [9, 2, 2, 2]


def test_an_answer_that_was_only_played_can_be_the_answer() -> None:
    log_ = run_log(plan(text="2 3 4", simulations=400, width=2, value="rollout"), verifiers=[RuleVerifier()])
    tree, end = fold(log_), log_[-1].event
    assert isinstance(end, RunFinished)
    assert (end.correct, end.reason) == (True, "finished")
    assert "".join(tree.chosen_steps()).endswith(f"Answer: {end.answer} = 24")
    if end.rollout is not None:
        assert end.chosen is not None
        assert not tree.nodes[end.chosen].terminal


def test_a_wrong_rollout_number_in_a_log_is_refused() -> None:
    log_ = run_log(plan(simulations=3))
    with pytest.raises(TreeError, match="names rollout 4 of node 1"):
        apply(RunFinished("finished", "", 1, "x", None, "", rollout=4), fold(log_[:-1]))


def test_what_nobody_could_score_leaves_q_as_it_was() -> None:
    """Missing is not zero: a value that nobody knows must not pull its path down."""

    class OnceOnly(ScriptedVerifier):
        def score(self, requests: Sequence[ScoreRequest], watch: Watch) -> Scores:
            if self.seen:
                return Scores(tuple(StepScores((None,) * len(request.steps)) for request in requests))
            return super().score(requests, watch)

    log_ = run_log(plan(simulations=5, width=1, aggregation="last"), verifiers=[OnceOnly()])
    credits = [record.event.value for record in log_ if isinstance(record.event, Backpropagated)]
    assert len(credits) > 1
    assert set(credits) == {credits[0]}
    assert credits[0] > 0
