"""GSM8K: marks are checked exactly, models' solutions stand side by side, the real files give their totals."""

from __future__ import annotations

import pytest

from engine.events import Source
from engine.problems.question import Question
from engine.tree import Tree
from storage.importers.gsm8k import GSM8K, GSM8K_SOLUTIONS
from storage.importers.importer import Odd
from tests.helpers.data_sets import kept_of, lines, read, tree_of
from tests.helpers.shared_data import shared_data
from tests.helpers.step_logs import gsm8k, solutions
from tests.helpers.tree_files import found_in

MODELS = ("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")


def said(tree: Tree) -> list[list[tuple[Source, float]]]:
    """Source and value of every score, node by node."""
    return [[(score.source, score.value) for score in node.scores] for node in tree.nodes.values()][1:]


def test_the_test_split() -> None:
    found = read(shared_data("gsm8k", "test.jsonl").read_bytes())
    trees = [tree_of(one) for one in found if not isinstance(one, Odd)]
    assert len(trees) == len(found) == 1_319
    assert {tree.finished.correct for tree in trees if tree.finished} == {True}
    scores = [score for tree in trees for node in tree.nodes.values() for score in node.scores]
    marked = [node for tree in trees for node in tree.nodes.values() if "<<" in node.step]
    assert sum(node.step.count("<<") for node in marked) == 4_282
    assert len(scores) == len(marked)
    assert {(score.source, score.value) for score in scores} == {("rule", 1.0)}
    assert max(len(tree.nodes) - 2 for tree in trees) == 11  # steps before the answer


def test_the_solutions_of_four_models() -> None:
    found = read(shared_data("gsm8k", "example_model_solutions.jsonl").read_bytes())
    trees = [tree_of(one) for one in found if not isinstance(one, Odd)]
    assert len(trees) == len(found) == 1_319  # where we can compare an answer, the file's word is ours
    right = []
    for tree in trees:
        ends = tree.answers()
        assert [tree.notes[tree.path(end.id)[1].id].partition(":")[0] for end in ends] == list(MODELS)
        words = [end.score("code") for end in ends]
        right.append([word is not None and word.value == 1.0 for word in words])
    assert [sum(column) for column in zip(*right, strict=True)] == [286, 515, 458, 742]
    assert sum(map(any, right)) == 887
    assert sum(verified and not tuned for _, verified, tuned, _ in right) == 209
    assert sum(tuned and not verified for _, verified, tuned, _ in right) == 152
    assert not any(tree.gold for tree in trees)  # no search looked at what the file says


def test_steps_marks_and_the_answer() -> None:
    (run,) = kept_of(gsm8k("He has 3*4=<<3*4=12>>12.\nThat is much.\nOr <<12-2=11>>11, <<10/3=3.3>>\n#### 1,200"))
    tree = tree_of(run)
    assert tree.finished is not None
    assert said(tree) == [[("rule", 1.0)], [], [("rule", 0.0)], []]
    assert tree.nodes[3].scores[0].note == "12-2=11 is wrong: it is 10; 10/3=3.3 is rounded: it is 10/3"
    assert tree.nodes[3].refused
    assert (tree.finished.chosen, tree.finished.answer, tree.finished.correct) == (4, "1,200", True)
    assert run.plan.text == "How many are left? #### 1,200"
    assert [node.terminal for node in tree.path(4)[1:]] == [False, False, False, True]


def test_a_rounded_mark_is_no_score() -> None:
    (run,) = kept_of(gsm8k("So <<10/3=3.33>>3.33\n#### 3.33"))
    tree = tree_of(run)
    assert said(tree) == [[], []]
    assert tree.notes == {1: "10/3=3.33 is rounded: it is 10/3"}


def test_the_word_of_the_file_is_kept_and_compared() -> None:
    record = solutions(small=("12-3=<<12-3=9>>9\nA: 9", True), large=("12-2=<<12-2=10>>10\nA: 10.0", True))
    (run,), odd = found_in(GSM8K_SOLUTIONS, record)
    tree = tree_of(run)
    assert said(tree) == [[("rule", 1.0)], [("code", 1.0)], [("rule", 1.0)], [("code", 1.0)]]
    assert [node.parent for node in tree.nodes.values()] == [None, 0, 1, 0, 3]
    assert tree.notes == {1: "small", 3: "large"}
    assert odd == ["line 1: the file calls the answer of small right: it is '9', and '10' is known"]
    assert tree.finished is not None
    assert tree.finished.why == "2 of 2 solutions are right, says the file: small, large."
    assert tree.finished.correct is None


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ({"question": "a", "answer": ""}, "its 'answer' is empty"),
        ({"question": "a", "answer": 3}, "its 'answer' is no text"),
        ({"answer": "#### 3"}, "it has no 'question'"),
        ([1], "it is no JSON object"),
    ],
)
def test_what_is_no_record(bad: object, what: str) -> None:
    found = read(lines(gsm8k(), bad, gsm8k()))
    assert [isinstance(one, Odd) for one in found] == [False, True, False]
    assert what in str(found[1])


def test_solutions_that_are_none() -> None:
    bad = (solutions(), solutions() | {"ground_truth": 3})
    runs, odd = found_in(GSM8K_SOLUTIONS, solutions(a=("A: 10", True)), *bad)
    assert len(runs) == 1
    assert [line.partition(": ")[2] for line in odd] == [
        "it has 0 solutions of models, and 1 to 100 can be shown",
        "its 'ground_truth' is no text",
    ]


def test_marks_without_end_are_not_checked() -> None:
    (run,), odd = found_in(GSM8K, gsm8k("<<2+2=5>>" * 10_001 + "\n#### 10"))
    assert odd == ["line 1: it has more than 10,000 calculator marks, which are not checked: 10,001"]
    assert said(tree_of(run)) == [[], []]


def test_a_model_that_wrote_nothing_does_not_cost_the_others() -> None:
    (run,), odd = found_in(GSM8K_SOLUTIONS, solutions(a=(" \r\n", False), b=("A: 10", True)))
    tree = tree_of(run)
    assert odd == []
    assert tree.nodes[1].broken == "the solution is empty"
    assert tree.notes == {1: "a", 2: "b"}
    assert [[score.value for score in node.scores] for node in tree.nodes.values()] == [[], [0.0], [1.0]]


def test_an_answer_without_a_heading() -> None:
    runs, odd = found_in(GSM8K, gsm8k(), gsm8k("It is 10."))
    tree = tree_of(runs[1])
    assert (len(runs), odd) == (2, [])
    assert tree.finished is not None
    assert (tree.finished.answer, tree.finished.correct) == (None, None)
    assert Question.parse(runs[1].plan.text).answer is None
