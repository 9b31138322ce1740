"""Which thought a probe is about, the plan that asks about it, and what that will cost."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from app.models.probe_cost import cost_of
from app.models.probed_thought import Subject, node_of_hidden, shared, subject_of
from engine.commands import RunPlan
from engine.events import BordersMoved, Budget, Record
from engine.search import PROBES
from engine.search.probes.early_answering import EarlyAnswering
from engine.search.probes.importance import ResamplingImportance
from engine.search.probes.places import wanted
from engine.search.probes.spine import spine_of
from engine.tree import Tree, fold
from storage.runs import RunInfo
from storage.session import Session
from tests.helpers.probed_session import probed, with_thought
from tests.helpers.running import plan, run_log
from tests.helpers.scripted_thinkers import PUZZLE, Thinker


def read(path: Path, run: int = 1) -> tuple[RunInfo, Tree]:
    with Session.open(path) as session:
        return session.info(run), fold(session.records(run))


def test_the_thought_is_what_lies_before_the_tag_and_the_answer_what_lies_after(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    subject = with_thought(path)
    assert subject.hidden.startswith("Try 5 * 7 = 35.\n")
    assert subject.hidden.endswith("So the answer is 27.\n")
    assert subject.exposed == "Answer: 27"
    info, tree = read(path)
    middle = tree.path(subject.place.node)[2].id
    assert subject_of(info, tree, middle) == subject  # a step stands for the trace that it lies on
    assert subject_of(info, Tree(), None) is None


def test_a_run_that_did_not_think_has_a_trace_without_a_thought() -> None:
    wish = plan(simulations=4)
    subject = subject_of(RunInfo(1, wish, 0.0), fold(run_log(wish)), None)
    assert subject is not None
    assert subject.hidden == ""
    assert subject.exposed
    anew = subject.plan_for(EarlyAnswering, {}, anew=True)
    assert "thought" not in anew.settings
    assert "of" not in anew.settings


def test_probes_of_a_probe_are_about_the_same_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    subject = probed(path, [EarlyAnswering], samples=1)
    info, tree = read(path, 2)
    again = subject_of(info, tree, None)
    assert again is not None
    assert (again.place, again.hidden, again.exposed) == (subject.place, subject.hidden, subject.exposed)


def test_a_plan_asks_the_runs_own_model_and_no_verifier_unless_it_must(tmp_path: Path) -> None:
    subject = with_thought(tmp_path / "a.espalier")
    given = Subject(subject.place, replace(subject.plan, policy="/models/mine"), subject.hidden, subject.exposed)
    made = given.plan_for(EarlyAnswering, {"samples": 3}, seed=5, budget=Budget(tokens=100))
    assert (made.policy, made.verifiers, made.seed, made.budget.tokens) == ("/models/mine", (), 5, 100)
    assert given.plan_for(EarlyAnswering, {}, policy="/other").policy == "/other"
    proven = given.plan_for(ResamplingImportance, {"counts": "right answer"})
    assert proven.verifiers == ("rule",)  # no gold answer is known for this story
    gold = replace(given.plan, text=f"{given.plan.text} #### 27")
    assert Subject(given.place, gold, given.hidden, given.exposed).plan_for(
        ResamplingImportance, {"counts": "right answer"}
    ).verifiers == ("gold",)


def test_one_budget_is_shared_evenly() -> None:
    assert shared(Budget(tokens=100, seconds=9.0), 3) == Budget(tokens=33, seconds=3.0)
    assert shared(Budget(), 9) == Budget()
    assert shared(Budget(tokens=2), 9).tokens == 1


def test_steps_of_the_thought_are_found_in_the_run_that_they_are_from(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    subject = with_thought(path)
    _, tree = read(path)
    begun = 0
    for node in tree.path(subject.place.node)[1:5]:
        assert node_of_hidden(tree, subject.place.node, begun) == node.id
        begun += len(node.step)
    assert node_of_hidden(tree, subject.place.node, begun) is None
    assert node_of_hidden(tree, 99, 0) is None


def test_the_cost_is_that_of_the_probes_own_places(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    kinds = [kind for kind in PROBES if kind is not ResamplingImportance]
    probed(path, kinds, samples=3)
    for run, kind in enumerate(kinds, 2):
        info, tree = read(path, run)
        cost = cost_of(info.plan)
        probe = kind(**info.plan.settings)
        assert cost is not None, kind.name
        assert cost.samples == wanted(probe.places(tree, spine_of(tree))), kind.name
        assert 0 < cost.tokens < 10_000, kind.name


def test_nobody_knows_the_cost_before_there_is_a_thought(tmp_path: Path) -> None:
    subject = with_thought(tmp_path / "a.espalier")
    assert cost_of(subject.plan_for(EarlyAnswering, {}, anew=True)) is None
    assert cost_of(subject.plan_for(EarlyAnswering, {"samples": 0})) is None
    assert cost_of(RunPlan("game24", PUZZLE, "mcts", {})) is None
    assert cost_of(replace(subject.plan_for(EarlyAnswering, {}), problem="no such kind")) is None


def test_a_border_that_a_person_moved_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    subject = with_thought(path, Thinker())
    with Session.open(path) as session:
        info, records = session.info(1), session.records(1)
    moved = BordersMoved(subject.place.node, (len("Try 5 * 7 = 35.\n"),))
    said = fold([*records, Record(1, len(records) + 1, 0.0, moved)])
    found = subject_of(info, fold(records), None, said)
    assert found is not None
    assert found.hidden == "Try 5 * 7 = 35.\n"
    assert found.exposed.startswith("Try 35 - 12 = 23.")
