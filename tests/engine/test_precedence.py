"""Several verifiers on one run: whose word counts, for a step and for a rollout, and what is a proof."""

from __future__ import annotations

from itertools import permutations

import pytest

from engine.commands import RunPlan
from engine.events import Backpropagated, Cost, Record, RolledOut, Score, Scored
from engine.judging import Judgement
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.runner import Live
from engine.tree import apply, fold
from engine.verifiers import ScoreRequest, Scores, StepScores
from engine.verifiers.gold import GoldVerifier
from engine.verifiers.rule import RuleVerifier
from tests.engine.test_votes import grow, tree_of
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier

SAID = {"gold": 0.0, "prm": 0.9, "self-evaluation": 0.5, "orm": 0.7, "rule": 1.0}


@pytest.mark.parametrize("order", list(permutations(SAID)))
def test_the_mark_of_a_step_does_not_hang_on_who_spoke_last(order: tuple[str, ...]) -> None:
    for count in range(1, len(SAID)):
        tree, left = tree_of(), order[:count]
        (node,) = grow(tree, 0, "Answer: 5")
        for source in left:
            apply(Scored(1, (Score(node, SAID[source], source, source),)), tree)  # type: ignore[arg-type] # a Source
        first = min(left, key=list(SAID).index)
        assert tree.nodes[node].mark == (SAID[first], first)


def test_a_refusal_comes_before_every_opinion_until_it_is_taken_back() -> None:
    tree = tree_of()
    (node,) = grow(tree, 0, "It is 1 + 1 = 3.\n")
    for value, source in ((0.9, "prm"), (0.0, "rule"), (0.8, "person")):
        apply(Scored(1, (Score(node, value, source, source),)), tree)  # type: ignore[arg-type] # a Source
    assert tree.nodes[node].mark == (0.0, "rule")
    apply(Scored(1, (Score(node, 1.0, "rule", "rule"),)), tree)
    assert tree.nodes[node].mark == (0.8, "person")


def judged(*steps: tuple[tuple[object, float], ...]) -> Judgement:
    return Judgement(tuple(tuple((who, value, "") for who, value in step) for step in steps), Cost())  # type: ignore[misc]


def test_the_reward_of_a_trace() -> None:
    rule, gold, prm, orm = RuleVerifier(), GoldVerifier(), ScriptedVerifier(), ScriptedVerifier("a", "orm")
    assert judged(((rule, 1.0), (prm, 0.2)), ((rule, 1.0), (prm, 0.6))).value(answered=False) == (0.2, prm)
    assert judged(((rule, 1.0), (prm, 0.2)), ((rule, 1.0), (prm, 0.6))).value(answered=True) == (1.0, rule)
    assert judged(((rule, 0.0),), ((rule, 1.0),)).value(answered=True) == (1.0, rule)
    assert judged(((rule, 0.0),), ((rule, 1.0),)).value(answered=False) == (0.0, rule)
    assert judged(((prm, 0.3),), ((prm, 0.4), (orm, 0.1))).value(answered=True) == (0.3, prm)
    assert judged(((prm, 0.3),), ((prm, 0.4), (gold, 1.0))).value(answered=True) == (1.0, gold)
    assert judged(((rule, 1.0),), ()).value(answered=True) is None
    assert judged(((rule, 1.0),), ((prm, 0.4), (orm, 0.1)), ()).scores() == (1.0, 0.4, None)


class Silent(ScriptedPolicy):
    """Its rollouts end without an answer."""

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        sample = super()._one(request, seed)
        text = sample.text.partition("Answer")[0] if request.whole else sample.text
        return Sample(text or "4 + 4\n", sample.logprob, sample.count, sample.ended)


@pytest.mark.parametrize("verifiers", [("rule",), ("prm",)])
def test_a_rollout_without_an_answer_is_a_dead_end_however_good_its_steps_look(verifiers: tuple[str, ...]) -> None:
    log = run_log(plan(simulations=3, value="rollout", verifiers=verifiers), Silent())
    played = [event for record in log if isinstance(event := record.event, RolledOut)]
    assert played
    assert {(event.answer, event.value) for event in played} == {(None, None)}
    assert {e.value for record in log if isinstance(e := record.event, Backpropagated)} == {0.0}


class Half:
    """Scores every other rollout 0.8, and says nothing of the rest."""

    name, source = "half", "prm"

    def __init__(self) -> None:
        self.seen: list[ScoreRequest] = []

    def score(self, requests: list[ScoreRequest], watch: Watch) -> Scores:
        self.seen += requests
        value = 0.8 if len(self.seen) % 2 else None
        return Scores(tuple(StepScores((value,) * len(request.steps)) for request in requests))


def test_a_rollout_that_nobody_could_value_leaves_q_as_it_was_and_each_has_its_own_seed() -> None:
    half = Half()
    log = run_log(plan(simulations=4, value="rollout", width=2), verifiers=[half])  # type: ignore[list-item]
    credits = [event.value for record in log if isinstance(event := record.event, Backpropagated)]
    missing = [event for record in log if isinstance(event := record.event, RolledOut) and event.value is None]
    assert missing
    assert set(credits) == {0.8}
    assert len({request.seed for request in half.seen}) == len(half.seen)


def test_a_gold_answer_that_agrees_marks_the_run_as_one_that_does_not() -> None:
    text = "Make 24 from 4 9 10 13."
    wish = RunPlan(
        "words", f"{text} #### 24", "mcts", {"value": "rollout", "simulations": 2}, verifiers=("gold", "prm")
    )
    log: list[Record] = []
    run = make_run(wish, log)
    run.start("p", ["gold", "prm"])
    go(Live(run, Always(), (ScriptedVerifier("a"), GoldVerifier())))  # type: ignore[arg-type]
    assert fold(log).gold


class Always:
    """Answers 24 at the end of its first rollout; its first step is one line."""

    name = "always"

    def sample(self, requests: list[SampleRequest], watch: Watch) -> Sampled:
        def one(request: SampleRequest) -> Sample:
            text = "Answer: 24" if request.whole else "It is so.\n"
            return Sample(text, -1.0, 3, "end" if request.whole else "step")

        return Sampled(tuple((one(request),) * len(request.seeds) for request in requests), (Cost(),) * len(requests))
