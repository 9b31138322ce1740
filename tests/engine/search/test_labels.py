"""Label runs: traces as one tree of prefixes, samples behind every step, cut off and gone on with anywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import RunPlan
from engine.events import ROOT, Budget, Expanded, RunFinished
from engine.problems import parse_problem
from engine.problems.problem import ProblemError
from engine.refusals import checked
from engine.scores.labelling import ended_traces, label_plan
from engine.scores.monte_carlo import Sampled, sampled_in
from engine.search import NAMED, SEARCHES, LabelSteps, SettingError, make_search
from engine.search.labels import Prefix, prefixes_in, prover_of, written
from engine.tree import Tree, fold
from tests.helpers.invariants import check_tree
from tests.helpers.running import plan, resume_log, run_log

FEW = settings(max_examples=25)
FIRST = "13 - 9 = 4 (left: 4 4 10)\n"
GOOD = (FIRST, "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n", "Answer: (10 - 4) * (13 - 9) = 24")
BAD = (FIRST, "10 + 4 = 14 (left: 4 14)\n", "14 + 4 = 18 (left: 18)\n", "Answer: 10 + 4 + 13 - 9 = 18")
OTHER = ("9 + 13 = 22 (left: 4 10 22)\n",)


def labelled(*traces: tuple[str, ...], seed: int = 0, **values: Any) -> RunPlan:
    return label_plan(plan("cot"), traces, seed=seed, **{"samples": 3, **values})


def tree_of(wish: RunPlan) -> Tree:
    return fold(run_log(wish))


def by_text(tree: Tree) -> dict[str, Sampled]:
    return {"".join(tree.steps(node)): found for node, found in sampled_in(tree).items()}


def test_shared_prefixes_are_laid_once_and_every_open_step_gets_its_samples() -> None:
    log = run_log(labelled(GOOD, BAD, OTHER, ended=False))
    tree = fold(log)
    texts = [tree.steps(node) for node in tree.nodes if node != ROOT]
    wanted = {steps[:count] for steps in (GOOD, BAD, OTHER) for count in range(1, len(steps) + 1)}
    assert sorted(texts) == sorted(wanted)
    for node in tree.nodes.values():
        assert len(node.rollouts) == (0 if node.terminal or node.id == ROOT else 3)
    check_tree(tree, log)


def test_hits_are_the_samples_whose_answer_is_right() -> None:
    tree = tree_of(labelled(GOOD, BAD, samples=40))
    problem = parse_problem("game24", "4 9 10 13")
    found = sampled_in(tree)
    for node, sampled in found.items():
        if not sampled.checked:
            texts = ["".join((*tree.steps(node), *rollout.steps)) for rollout in tree.nodes[node].rollouts]
            right = sum(problem.check_answer(text).correct is True for text in texts)
            assert sampled == (right, 40, False)
    told = by_text(tree)
    assert told["".join(GOOD)] == (1, 1, True)
    assert told["".join(BAD)] == (0, 1, True)
    assert told["".join(GOOD[:3])].soft == 1.0  # one number is left, and it is the target
    assert told["".join(BAD[:3])].hard is False
    assert 0 < told["".join(GOOD[:2])].hits < 40


def test_an_end_that_is_not_checked_by_itself_is_sampled_unless_it_is_an_answer() -> None:
    checked, sampled = tree_of(labelled(GOOD[:2])), tree_of(labelled(GOOD[:2], ended=False))
    end = "".join(GOOD[:2])
    assert by_text(checked)[end] == (0, 1, True)  # it gives no answer, so it is not right
    assert by_text(sampled)[end].n == 3
    assert by_text(tree_of(labelled(GOOD, ended=False)))["".join(GOOD)] == (1, 1, True)


def test_a_step_that_another_trace_goes_on_from_is_no_end() -> None:
    assert prefixes_in(written([GOOD[:1], GOOD[:2]])) == (Prefix(0, GOOD[0], False), Prefix(1, GOOD[1], True))


@st.composite
def plans(draw: st.DrawFn) -> RunPlan:
    traces = draw(st.lists(st.sampled_from([GOOD, BAD, OTHER, GOOD[:2], BAD[:3]]), min_size=1, max_size=4))
    return labelled(
        *traces,
        seed=draw(st.integers(0, 3)),
        samples=draw(st.integers(1, 4)),
        temperature=draw(st.sampled_from((0.0, 0.7))),
        ended=draw(st.booleans()),
    )


@given(plans(), st.data())
@FEW
def test_a_label_run_cut_off_at_any_event_goes_on_to_the_same_labels(wish: RunPlan, data: st.DataObject) -> None:
    whole = run_log(wish)
    cut = data.draw(st.integers(1, len(whole) - 1))
    log = resume_log(wish, whole[:cut])
    assert isinstance(log[-1].event, RunFinished)
    tree, wanted = fold(log), fold(whole)
    check_tree(tree, log)
    assert sampled_in(tree) == sampled_in(wanted)
    assert len([record for record in log if isinstance(record.event, Expanded)]) == len(tree.nodes) - 1
    search = make_search(wish.search, wish.settings)
    assert (search.done(tree) or ("", ""))[0] == "finished"
    assert search.progress(tree) == 1.0


@given(plans())
@FEW
def test_progress_never_falls(wish: RunPlan) -> None:
    log, search = run_log(wish), make_search(wish.search, wish.settings)
    shares = [search.progress(fold(log[:end])) or 0.0 for end in range(1, len(log) + 1)]
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1.0


def test_greedy_samples_are_all_the_same_so_one_is_drawn() -> None:
    tree = tree_of(labelled(GOOD, samples=8, temperature=0.0))
    assert {found.n for found in sampled_in(tree).values()} == {1}


def test_a_budget_ends_it_and_what_is_there_is_told() -> None:
    tree = tree_of(labelled(GOOD, BAD, samples=100, budget=Budget(tokens=200)))
    assert tree.finished is not None
    assert tree.finished.reason == "budget"
    found = sampled_in(tree)
    assert found
    assert all(sampled.n <= 100 for sampled in found.values())


def test_it_finds_no_answer_and_says_so() -> None:
    ended = tree_of(labelled(GOOD)).finished
    assert ended is not None
    assert (ended.chosen, ended.reason, ended.why) == (None, "finished", "Finished: all 9 samples are drawn.")


def test_it_can_be_named_by_a_log_but_is_offered_by_no_form() -> None:
    assert LabelSteps.name in NAMED
    assert LabelSteps.name not in SEARCHES


def test_the_policy_is_the_runs_own_and_the_prover_the_one_that_can_prove() -> None:
    of = RunPlan("game24", "4 9 10 13", "cot", {}, policy="models/mine", verifiers=("prm",))
    wish = label_plan(of, [GOOD])
    assert (wish.policy, wish.verifiers, wish.settings["samples"]) == ("models/mine", ("rule",), 8)
    assert label_plan(of, [GOOD], policy="other").policy == "other"
    word = RunPlan("words", "Ann has 3 apples and buys 4. How many has she? #### 7", "cot", {})
    assert label_plan(word, [("3 + 4 = 7\n", "Answer: 7")]).verifiers == ("gold",)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("words", "Ann has 3 apples and buys 4. How many has she?"), ("question", "Why is the sky blue?")],
)
def test_where_nobody_can_prove_an_answer_it_is_refused_before_it_starts(kind: str, text: str) -> None:
    with pytest.raises(SettingError, match="Nobody can say which answers"):
        label_plan(RunPlan(kind, text, "cot", {}), [("One step.\n",)])
    assert prover_of(parse_problem(kind, text)) is None
    forged = RunPlan(kind, text, LabelSteps.name, {"traces": written([("One step.\n",)])}, verifiers=("rule",))
    with pytest.raises(SettingError, match="Nobody can say which answers"):
        checked(forged)


@pytest.mark.parametrize(
    ("traces", "verifiers", "sentence"),
    [
        (written([GOOD]), ("prm",), "choose the rule checker, or gold"),
        (written([GOOD]), ("gold",), "need the verifier rule"),
        (written([]), ("rule",), "no step to be labelled"),
        (written([()]), ("rule",), "no step to be labelled"),
        ("{", ("rule",), "cannot be read"),
        (json.dumps([["a", 3]]), ("rule",), "cannot be read"),
        ("[" * 5_000, ("rule",), "cannot be read"),
    ],
)
def test_what_cannot_be_labelled_is_refused_with_a_sentence(
    traces: str, verifiers: tuple[str, ...], sentence: str
) -> None:
    wish = RunPlan("game24", "4 9 10 13", LabelSteps.name, {"traces": traces}, verifiers=verifiers)
    with pytest.raises(SettingError, match=sentence):
        checked(wish)


def test_a_plan_over_a_problem_that_is_none_is_refused() -> None:
    with pytest.raises(ProblemError):
        label_plan(RunPlan("game24", "four nine", "cot", {}), [GOOD])


def test_the_traces_of_a_search_are_those_that_ended_and_are_not_pruned() -> None:
    tree = fold(run_log(plan("beam", text="3 4 8", verifiers=("rule", "prm"))))
    traces = ended_traces(tree)
    assert len(traces) == sum(node.terminal for node in tree.nodes.values())
    end = next(node for node in tree.nodes.values() if node.terminal)
    end.pruned = "by hand"
    assert tree.steps(end.id) not in ended_traces(tree)
