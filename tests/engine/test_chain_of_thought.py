"""Chain of thought: chains side by side, each by its own seed."""

from __future__ import annotations

import pytest

from engine import prompts
from engine.commands import RunPlan
from engine.events import Expanded, IterationFinished, Pruned, Record, RunFinished, RunStarted, Scored
from engine.problems import KINDS, parse_problem
from engine.problems.problem import ANSWER_OPENINGS
from engine.runner import Live
from engine.search import make_search
from engine.search.votes import samples_of
from engine.tree import fold
from tests.helpers.running import go, make_run, plan, run_log
from tests.helpers.scripted import ScriptedPolicy, ScriptedVerifier


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


def turn_of(log: tuple[Record, ...]) -> str:
    start = log[0].event
    assert isinstance(start, RunStarted)
    return start.prompt


def test_a_direct_answer_is_one_line() -> None:
    log = run_log(plan("cot", prompt="direct"))
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert turn_of(log) == "Make 24 from 4 9 10 13.\nAnswer at once:"
    assert len(tree.nodes) == 2
    assert end.chosen == 1
    assert tree.nodes[1].step.startswith("Answer:")


@pytest.mark.parametrize("shown", [1, 3])
def test_few_shot_puts_worked_examples_before_the_problem_and_not_into_the_tree(shown: int) -> None:
    log = run_log(plan("cot", prompt="few-shot", exemplars=shown))
    turn = turn_of(log)
    assert turn.count("Q: ") == turn.count("A:") == shown + 1
    assert turn.endswith("Q: Make 24 from 4 9 10 13.\nA:")
    assert len(fold(log).nodes) == 5
    assert fold(log).root.step == turn


def test_an_exemplar_never_gives_the_problem_itself_away() -> None:
    for kind in KINDS:
        for prompt, _ in kind.exemplars:
            problem = parse_problem(kind.kind, prompt)
            assert len(problem.worked_examples()) == len(kind.exemplars) - 1
            turn = make_search("cot", {"prompt": "few-shot", "exemplars": 3}).turn(problem)
            assert turn.count(prompt) == 1
    shuffled = parse_problem("game24", "1 12 8 8")
    assert len(shuffled.worked_examples()) == 2


def test_zero_shot_makes_two_calls_and_keeps_them_apart() -> None:
    policy = ScriptedPolicy()
    log = run_log(plan("cot", prompt="zero-shot", samples=2, temperature=1.0), policy)
    tree, end = fold(log), log[-1].event
    assert isinstance(end, RunFinished)
    assert turn_of(log).endswith("\nLet's think step by step.")
    assert policy.calls == [1, 2]  # a request for both samples, then one for each end
    first, _ = [place for place, record in enumerate(log) if isinstance(record.event, IterationFinished)]
    thought = fold(log[: first + 1])
    assert not thought.answers()
    assert all(not node.broken for node in thought.nodes.values())
    assert len(thought.nodes) == 7
    answers = [node for node in tree.nodes.values() if node.id >= 7]
    assert all(node.terminal and node.step.startswith("Therefore, the answer is ") for node in answers)
    assert [entry.at.node for entry in samples_of(tree)] == [node.id for node in answers]
    assert end.answer
    assert end.correct is not None


def test_zero_shot_that_is_cut_off_still_asks_for_the_answer() -> None:
    wish: RunPlan = plan("cot", prompt="zero-shot", samples=2, temperature=1.0)
    whole = run_log(wish)
    for cut in range(len(whole) - 4, len(whole)):
        again: list[Record] = list(whole[:cut])
        run = make_run(wish, again)
        run.resume(whole[:cut], "test")
        go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
        assert len(fold(again).answers()) == 2


def test_the_problems_know_the_opening_of_the_second_call() -> None:
    assert prompts.THEREFORE in ANSWER_OPENINGS


def test_a_thought_goes_with_the_house_format_alone() -> None:
    assert "alone" in make_search("cot", {"prompt": "direct", "think": True}).refusal(())
    assert make_search("cot", {"think": True}).refusal(()) == ""


def test_a_pruned_chain_neither_grows_nor_answers() -> None:
    wish = plan("cot", samples=2, temperature=1.0)
    whole = run_log(wish)
    begun = next(place for place, record in enumerate(whole) if isinstance(record.event, IterationFinished)) + 1
    gone = Record(1, begun + 1, 0.0, Pruned(1, (1,), ("a person said so",), "person"))
    again: list[Record] = [*whole[:begun], gone]
    run = make_run(wish, again)
    run.resume(tuple(again), "test")
    go(Live(run, ScriptedPolicy(), (ScriptedVerifier(),)))
    tree, end = fold(again), again[-1].event
    assert isinstance(end, RunFinished)
    assert not tree.nodes[1].children
    assert end.chosen is not None
    assert tree.path(end.chosen)[1].id == 2
