"""Trees of mcts-reasoning: texts that repeat the way to them, last counts, and an evaluator that is not believed."""

from __future__ import annotations

import pytest

from storage.importers.importer import Head
from storage.importers.mcts_reasoning import EVALUATOR, MCTS_REASONING
from tests.helpers.data_sets import tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.tree_files import found_in, mcts_reasoning, reasoned

AT_ONCE = "line 1: the order of the nodes is not in the file: a tree stands there at once"


@pytest.mark.parametrize("sums", [False, True])
def test_steps_counts_and_scores(sums: bool) -> None:
    (run,), odd = found_in(MCTS_REASONING, mcts_reasoning(sums=sums))
    tree = tree_of(run)
    assert [(node.parent, node.step, node.visits, node.value) for node in tree.nodes.values()] == [
        (None, "What is 24 mod 4?", 3, pytest.approx(2 / 3)),
        (0, "24 = 6 * 4.\n", 2, 1.0),
        (0, "24 - 4 = 20. ANSWER: 3\n", 1, 0.0),
        (1, "So nothing is left. ANSWER: 20\n", 2, 1.0),
    ]
    assert {node.id: [(score.value, score.verifier) for score in node.scores] for node in tree.answers()} == {
        2: [(0.0, EVALUATOR)], 3: [(1.0, EVALUATOR)],
    }  # fmt: skip
    assert odd[0] == AT_ONCE
    assert len(odd) == 1 + sums
    assert tree.finished is not None
    assert (tree.finished.chosen, tree.finished.answer, tree.finished.correct) == (3, "20", None)
    check_tree(tree, run.records(1, 0.0))


def test_files_of_older_versions_keep_sums_and_actions() -> None:
    leaf = {"state": "What is 3*4?\n\n12.", "visits": 2, "value": 1.5, "action_taken": "Multiply", "children": []}
    told = {"state": "What is 3*4?\n\nCheck:\nYes.", "visits": 1, "value": 0.5, "action_taken": "Check", "children": []}
    root = {"state": "What is 3*4?", "visits": 3, "value": 2.0, "action_taken": None, "children": [leaf, told]}
    record = {"root": root, "config": {"exploration_constant": 1.414, "discount_factor": 0.95},
              "metadata": {"question": "How many?"}, "stats": {"total_nodes": 3}}  # fmt: skip
    assert MCTS_REASONING.recognises(Head(b"", record)) == 1.0
    (run,), odd = found_in(MCTS_REASONING, record)
    tree = tree_of(run)
    assert tree.started is not None
    assert (tree.started.prompt, tree.started.told["discount_factor"]) == ("How many?", "0.95")
    assert [(node.visits, node.value) for node in tree.nodes.values()] == [
        (3, pytest.approx(2 / 3)),
        (2, 0.75),
        (1, 0.5),
    ]
    assert tree.notes == {1: "action: Multiply"}  # the other one stands in its step
    assert odd[1] == "line 1: its values are sums, not means, since the version that wrote it kept sums"


def test_a_part_of_the_answer_is_not_the_answer() -> None:
    """The evaluator there found "0" in "20" and gave 1.0."""
    (run,), _ = found_in(MCTS_REASONING, mcts_reasoning(gold="0", answer="20", score=1.0))
    tree = tree_of(run)
    assert tree.finished is not None
    assert (tree.finished.correct, tree.finished.verdict) == (False, "the answer is 20, not 0")
    assert tree.nodes[3].scores[0].value == 1.0
    (run,), _ = found_in(MCTS_REASONING, mcts_reasoning(gold="0", answer="0.0"))
    assert tree_of(run).finished.correct is True  # type: ignore[union-attr]


def test_a_long_question_is_whole_and_too_many_visits_are_said() -> None:
    long, crowded = mcts_reasoning(), mcts_reasoning()
    long["question"] = "Wie viel? " + "ä" * 3_000
    crowded["root"]["visits"] = 5_000_000_000
    (run,), odd = found_in(MCTS_REASONING, long, crowded)
    assert run.plan.text.startswith(long["question"])
    assert odd[-1] == "line 2: a node has 5,000,000,000 visits, and 2,147,483,647 can be shown"


def test_a_text_that_does_not_go_on_is_kept_whole() -> None:
    record = mcts_reasoning()
    record["root"]["children"].append(reasoned("Something else.", 1, 0.5))
    (run,), odd = found_in(MCTS_REASONING, record)
    assert "Something else.\n" in [node.step for node in tree_of(run).nodes.values()]
    assert odd[1:] == ["line 1: nodes whose text does not begin with their parent's, so that all of it is the step: 1"]


def test_answers_that_cannot_be_told_apart_have_no_score() -> None:
    record = mcts_reasoning()
    record["terminal_states"].append({"answer": "9", "score": 0.3, "state": "nowhere"})
    (run,), odd = found_in(MCTS_REASONING, record)
    assert len(odd) == 2
    assert odd[1].endswith("and whose score is left out: 1")
    assert sum(len(node.scores) for node in tree_of(run).nodes.values()) == 2
