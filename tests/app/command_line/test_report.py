"""A run as text: what stands there is what the tree holds, and nothing that a terminal would obey."""

from __future__ import annotations

import io
import json

from app.command_line.report import GOLD_MARK, Progress, result_data, result_text, tree_text
from engine.events import Expanded, NewNode, Record, Rescored, RunFinished, Score, StepRated
from engine.frames import Status
from engine.tree import Tree, apply, fold
from tests.helpers.logs import search_log
from tests.helpers.rich_log import rich_log


def finished_tree() -> Tree:
    tree = fold(search_log(iterations=3, finished=False))
    apply(RunFinished("finished", "All simulations are done.", 3, "42", False, "it is 41"), tree)
    return tree


def test_the_result_names_answer_verdict_and_every_step_of_the_trace_with_its_numbers() -> None:
    lines = result_text(finished_tree()).splitlines()
    assert "Answer    42" in lines
    assert "Verdict   wrong: it is 41" in lines
    steps = [line.split() for line in lines if line.startswith("step")]
    assert [step[:2] for step in steps] == [["step", "1"], ["step", "3"]]
    assert steps[0][2:] == ["3", f"{(1 / 2 + 1 / 3 + 1 / 4) / 3:.3f}", "0.750", "0.500"]


def test_a_score_that_was_not_computed_is_a_dash() -> None:
    tree = finished_tree()
    tree.nodes[3].scores = ()
    assert result_text(tree).count("–") == 1


def test_the_tree_shows_every_node_once_and_marks_the_chosen_trace() -> None:
    lines = tree_text(finished_tree()).splitlines()
    assert sum("step " in line for line in lines) == 6
    assert [line.split("step ")[1][0] for line in lines if line.endswith("*")] == ["1", "3"]
    assert any(line.startswith("└─ step 2") for line in lines)
    assert any(line.startswith("│     └─ step 6") or line.startswith("│  └─ step 4") for line in lines)


def test_the_tree_shows_what_was_said_of_a_step_after_the_search() -> None:
    tree = finished_tree()
    apply(Rescored((Score(1, 0.25, "prm", "mine#trl"),), "mine#trl"), tree)
    apply(StepRated(1, 1), tree)
    apply(StepRated(1, -1, "PRM800K"), tree)
    told = [line for line in tree_text(tree).splitlines() if "desk:" in line or "person:" in line]
    assert len(told) == 1
    assert "step 1" in told[0]
    assert "desk: mine#trl 0.250  a person: good  PRM800K: bad" in told[0]


def test_a_tree_deeper_than_pythons_recursion_limit_is_printed() -> None:
    tree = fold(search_log(iterations=1, finished=False))
    for node in range(3, 3000):
        apply(Expanded(2, node - 1 if node > 3 else 1, (NewNode(node, "on\n", 1.0),)), tree)
    assert len(tree_text(tree).splitlines()) > 3000


def test_control_characters_of_a_model_never_reach_the_terminal() -> None:
    tree = finished_tree()
    tree.nodes[1].step = "\x1b[2Jgone\u202e"
    for text in (tree_text(tree), result_text(tree)):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_an_interrupted_run_and_an_empty_one_have_a_text() -> None:
    assert "interrupted after 3 iterations" in tree_text(fold(search_log(iterations=3, finished=False)))
    assert tree_text(Tree()) == "The run holds no events."


def test_the_data_is_json_and_holds_the_trace() -> None:
    data = json.loads(json.dumps(result_data(finished_tree())))
    assert (data["answer"], data["correct"], data["nodes"]) == ("42", False, 7)
    assert [step["node"] for step in data["trace"]] == [1, 3]
    assert data["trace"][0]["scores"][0]["source"] == "prm"
    assert result_data(Tree())["trace"] == []


def test_votes_prunings_and_the_gold_mark_are_told() -> None:
    tree = fold(rich_log(6, everything=True, gold=True))
    text = result_text(tree)
    assert GOLD_MARK in text
    assert "Vote      majority, 5 samples, confidence 0.500 of 0.950, TIED" in text
    assert "  1. 24  2 votes, weight 2.000  tied: the one seen first stands first" in text
    assert f"1 rollouts, 2 pruned, {tree.duplicates} samples led to a state known before" in text
    assert "formula puct" in text
    shown = tree_text(tree)
    assert "pruned: rank 5 of 5, lost by 0.013" in shown
    assert "same state as node 1  written by a person" in shown
    assert "Vote      majority" in shown
    data = json.loads(json.dumps(result_data(tree)))
    assert (data["gold"], data["pruned"], data["duplicates"]) == (True, 2, tree.duplicates)
    assert (data["vote"]["rule"], data["vote"]["tied"]) == ("majority", True)
    assert result_data(Tree())["vote"] is None


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def statuses() -> list[Status]:
    loading = Status(1, "loading")
    return [loading, loading, *(Status(1, "running", iteration=n, progress=n / 40) for n in range(1, 41))]


def show_all(out: io.StringIO) -> str:
    progress, tree = Progress(out), fold(list[Record]())
    for status in statuses():
        progress.show(status, tree)
    progress.end()
    return out.getvalue()


def test_a_terminal_gets_one_line_that_is_written_over() -> None:
    text = show_all(Terminal())
    assert text.count("\n") == 1
    assert text.endswith(f"[{'#' * 24}] 100%  running, iteration 40, 0 nodes\n")


def test_a_file_gets_a_plain_line_for_every_tenth() -> None:
    lines = show_all(io.StringIO()).splitlines()
    assert lines[0] == "loading the models"
    assert [line.split()[0] for line in lines[1:]] == [str(tenth) for tenth in range(0, 101, 10)]
