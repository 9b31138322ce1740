"""Resampling importance finds the step that a planted thought hangs on, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from engine.commands import RunPlan
from engine.events import Cost, RolledOut
from engine.policies import Sample, Sampled, SampleRequest, Watch
from engine.search import SettingError
from engine.search.probes import result_of
from engine.search.probes.spine import spine_of
from engine.thoughts import CLOSE
from engine.tree import fold
from engine.verifiers.rule import RuleVerifier
from tests.helpers.probing import ANSWER, given_plan, probed
from tests.helpers.running import make_run, run_log
from tests.helpers.scripted_thinkers import Thinker

STEPS = 12
DECISIVE = 5
RIGHT, WRONG = "Answer: (10 - 4) * (13 - 9) = 24", "Answer: 4 + 9 + 10 + 13 = 36"


@dataclass
class Planted:
    """A thought of STEPS lines. Its answer is right if line DECISIVE says yes; written anew, that is left to chance."""

    name: str = "planted"
    chance: float = 0.2
    rows: int = 0

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        samples = tuple(tuple(self._one(request, seed) for seed in request.seeds) for request in requests)
        self.rows += sum(map(len, samples))
        return Sampled(samples, (Cost(1, 1, 5),) * len(requests))

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        rng = Random(seed)
        lines = list(request.steps)
        while len(lines) < STEPS:
            good = rng.random() < self.chance
            number = len(lines) + 1
            lines.append(f"Line {number}, {'yes' if good else 'no'}.\n" if number == DECISIVE else f"Line {number}.\n")
        right = any("yes" in line for line in lines)
        text = "".join(lines[len(request.steps) :]) + f"{CLOSE}\n{RIGHT if right else WRONG}"
        return Sample(text, None, 1, "end")


GIVEN_SUM = {"thought": "It is 5 * 7 = 35.\n", "exposed": "Answer: 35"}
THOUGHT = "".join(f"Line {number}, yes.\n" if number == DECISIVE else f"Line {number}.\n" for number in range(1, 13))


def planted_plan(**settings: Any) -> RunPlan:
    return given_plan("importance", thought=THOUGHT, exposed=RIGHT, **settings)


def test_the_decisive_step_is_found_and_no_other() -> None:
    _, found = probed(planted_plan(), Planted())
    assert len(found.rows) == STEPS
    assert found.figure is not None
    assert found.figure.step == DECISIVE
    assert found.figure.estimate.low > 0.3
    assert [row.step for row in found.rows if row.estimate.settled] == [DECISIVE]
    assert f"The largest is step {DECISIVE}" in found.verdict
    assert found.signed


def test_controls_are_near_zero() -> None:
    _, found = probed(planted_plan(samples=30, most=30, first=30), Planted(chance=0.5))
    assert found.control is not None
    assert not found.control.estimate.settled
    assert abs(found.control.estimate.value or 0) < 0.15
    assert found.control.estimate.n == 15 * (STEPS + 1)
    for row in found.rows:
        assert row.control is not None
        assert row.control.low < 0.15
        assert row.control.high > -0.15


def test_samples_go_where_it_is_not_clear_yet() -> None:
    """A step whose interval excludes 0 after the first round gets no more for its own sake."""
    tree, _ = probed(planted_plan(first=3, samples=10, most=30), Planted(chance=0.0))
    nodes = [0, *(node.id for node in spine_of(tree).hidden)]
    counts = [len(tree.nodes[node].rollouts) for node in nodes]
    assert set(counts) == {30}  # all others cannot be told from 0, and each place serves two steps
    short = given_plan("importance", thought="Line 1, yes.\n", exposed=RIGHT)
    tree, found = probed(short, OneLine())
    assert [len(tree.nodes[node].rollouts) for node in (0, 1)] == [3, 3]
    assert found.rows[0].estimate.value == 1.0


class OneLine(Planted):
    """Right with the line, never without."""

    def _one(self, request: SampleRequest, seed: int) -> Sample:
        return Sample(f"Line 1, no.\n{CLOSE}\n{RIGHT if request.steps else WRONG}", None, 1, "end")


def test_rounds_can_be_read_off_any_log() -> None:
    """Never is a sample drawn before its round: the number at a place is 3, then 10, then 30."""
    log = run_log(planted_plan(), Planted(chance=0.5), ())
    drawn: dict[int, int] = {}
    highest = 0
    for record in log:
        if isinstance(record.event, RolledOut):
            drawn[record.event.node] = count = drawn.get(record.event.node, 0) + 1
            tier = next(tier for tier in (3, 10, 30) if count <= tier)
            assert tier >= highest
            highest = tier
            if tier > 3:
                assert all(drawn.get(node, 0) >= 3 for node in range(STEPS + 1))


def test_counterfactual_importance_looks_at_other_steps_alone() -> None:
    _, found = probed(planted_plan(first=30, samples=30, most=30), Planted(chance=0.5))
    decisive, idle = found.rows[DECISIVE - 1], found.rows[0]
    numbers = dict(decisive.numbers)
    assert numbers["counterfactual"] == 1.0  # whoever wrote another line was wrong
    assert decisive.estimate.value is not None
    assert numbers["counterfactual"] > decisive.estimate.value
    assert 0.2 < numbers["written otherwise"] < 0.8
    assert numbers["overdetermined"] == pytest.approx(1 - 2 / 30)
    assert dict(idle.numbers)["overdetermined"] == pytest.approx(1 - 1 / 30)
    assert "counterfactual" not in dict(idle.numbers)  # nobody wrote anything else
    assert numbers["KL, nats"] > 5 * dict(idle.numbers)["KL, nats"]


def test_hits_can_be_right_answers_by_the_rules() -> None:
    wish = planted_plan(counts="right answer")
    proof = RunPlan(wish.problem, wish.text, wish.search, wish.settings, wish.seed, verifiers=("rule",))
    tree = fold(run_log(proof, Planted(), [RuleVerifier()]))
    found = result_of(tree)
    assert found is not None
    assert found.figure is not None
    assert found.figure.step == DECISIVE
    assert found.reference is None


def test_right_answers_need_somebody_who_can_prove_them() -> None:
    with pytest.raises(SettingError, match="add rule for number puzzles, or gold for a word problem"):
        make_run(planted_plan(counts="right answer"), [])


def test_samples_that_nobody_can_judge_are_left_out_and_told() -> None:
    story = "Tom has 5 boxes with 7 pens each. How many pens has he?"
    wish = RunPlan("words", story, "importance", {**GIVEN_SUM, "counts": "right answer"}, verifiers=("rule",))

    class Sure(Planted):
        def _one(self, request: SampleRequest, seed: int) -> Sample:
            return Sample(f"So it is.\n{CLOSE}\nAnswer: 35", None, 1, "end")

    found = result_of(fold(run_log(wish, Sure(), [RuleVerifier()])))
    assert found is not None
    assert found.rows == ()
    assert "that can be judged" in found.verdict


def test_a_faithful_thinker_hangs_on_its_steps_and_an_unfaithful_one_on_none() -> None:
    wish = given_plan("importance")
    faithful = probed(wish, Thinker(wander=0.8))[1]
    unfaithful = probed(wish, Thinker("unfaithful", wander=0.8))[1]
    assert any(row.estimate.settled for row in faithful.rows)
    assert not any(row.estimate.settled for row in unfaithful.rows)
    assert faithful.reference == unfaithful.reference == ANSWER
