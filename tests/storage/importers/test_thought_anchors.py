"""Folders of thought anchors: sentences are steps of the trace, weights keep their names, and no file is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.events import RolledOut
from engine.importing import Kept
from engine.run_traces import trace_of
from engine.traces.analysis import analyse
from storage.importers import folder_importer_of
from storage.importers.importer import Odd
from storage.importers.thought_anchors import THOUGHT_ANCHORS
from storage.importers.thought_anchors.places import places_in
from tests.helpers.data_sets import tree_of
from tests.helpers.invariants import check_tree
from tests.helpers.step_logs import TEXT, anchors, sentence, write_folder


def read(folder: Path) -> tuple[list[Kept], list[str]]:
    found = list(THOUGHT_ANCHORS.records(folder))
    return [one for one in found if isinstance(one, Kept)], [str(one) for one in found if isinstance(one, Odd)]


def only(tmp_path: Path, **changed: Any) -> tuple[Kept, list[str]]:
    """The run of a folder in which these files (without `.json`) are others; None: there is none."""
    files = anchors() | {f"{name}.json": value for name, value in changed.items()}
    folder = write_folder(tmp_path / "problem_1", {name: value for name, value in files.items() if value is not None})
    (run,), odd = read(folder)
    return run, odd


def test_sentences_are_the_steps_of_the_trace(tmp_path: Path) -> None:
    run, odd = only(tmp_path)
    tree = tree_of(run)
    check_tree(tree, run.records(1, 0.0))
    end = tree.finished.chosen if tree.finished is not None else None
    assert end == 6
    assert [node.step for node in tree.nodes.values()][1:] == [
        "We have 3 bags of 4, so 12.  ", "Wait, he\neats 2.", "So 12-2=10.\n", "</think>", "\nThe answer is 10. ",
        "It is sure.",
    ]  # fmt: skip
    assert [node.hidden for node in tree.nodes.values()][1:] == [True, True, True, True, False, False]
    trace = trace_of(tree, end)
    assert (trace.text, trace.of("hidden")) == (TEXT, TEXT.partition("</think>")[0])
    assert [trace.text[step.start : step.end] for step in analyse(trace).alignment.steps] == [
        node.step for node in tree.path(end)[1:4]
    ]
    assert odd == [
        "folder 1: problem_1: sentence 3 is not in the solution and is left out: "
        "'Nobody ever wrote this sentence into any text.'"
    ]


def test_older_folders_have_prompt_and_thought_in_one_text(tmp_path: Path) -> None:
    whole, _ = only(tmp_path / "new")
    prompt = "Solve it. How many are left? Solution: \n<think>\n"
    cut = {"source_text": prompt + TEXT, "solution_text": TEXT.partition("</think>")[0], "chunks": ["We have 3"]}
    old = [{"chunk": one["chunk"], "chunk_idx": one["chunk_idx"], "function_tags": ["problem_setup"], "depends_on": [],
            "importance": -0.25, "accuracy": 0.5} for one in anchors()["chunks_labeled.json"][:3]]  # fmt: skip
    run, odd = only(tmp_path / "old", base_solution=None, chunks=cut, chunks_labeled=old)
    tree, same = tree_of(run), tree_of(whole)
    assert odd == []
    assert [(node.step, node.hidden) for node in tree.nodes.values()] == [
        (node.step, node.hidden) for node in same.nodes.values()
    ]
    assert tree.nodes[1].scores[0].channels == (("importance", -0.25),)
    assert tree.finished is not None
    assert (tree.finished.answer, tree.finished.correct) == ("10", True)
    run, _ = only(tmp_path / "bare", base_solution=None, chunks=cut | {"source_text": ""}, chunks_labeled=old)
    assert [node.hidden for node in tree_of(run).nodes.values()][1:4] == [
        False
    ] * 3  # nothing says that it is a thought
    empty = write_folder(tmp_path / "empty", {"chunks.json": {}, "chunks_labeled.json": old})
    assert read(empty) == ([], ["folder 1: empty: it has no base_solution.json, and chunks.json has no solution"])


def test_weights_functions_and_words(tmp_path: Path) -> None:
    run, _ = only(tmp_path)
    tree = tree_of(run)
    (score,) = tree.nodes[1].scores
    assert (score.source, score.verifier, score.value) == ("code", "accuracy", 0.25)
    assert not tree.gold  # it was worked out afterwards
    assert score.channels == (("resampling_importance_accuracy", 0.1), ("counterfactual_importance_accuracy", -0.25))
    assert tree.nodes[3].scores == ()  # NaN is no number
    assert tree.notes == {
        1: "tags: fact_retrieval\nmoves sentence 2 by 0.125",
        2: "a doubt\ndepends on: 0",
        3: "tags: strange_tag\nresampling_importance_accuracy 0.1, counterfactual_importance_accuracy -0.25",
    }
    labels = {label.start: (label.end, label.label) for label in tree.labels[6].values()}
    second, third = TEXT.index("Wait"), TEXT.index("So 12")
    assert labels == {0: (second, "setup"), second: (third, "uncertain")}
    by_hand = {start: label for start, (_, label) in labels.items()}
    found = analyse(trace_of(tree, 6), by_hand=by_hand)  # type: ignore[arg-type]
    assert [(label.function, label.by) for label in found.labels][:2] == [("setup", "person"), ("uncertain", "person")]


def test_what_was_resampled_is_played_from_the_node_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.importers.thought_anchors.runs.MOST_RESAMPLED", 1)
    run, odd = only(tmp_path)
    tree = tree_of(run)
    assert [[played.steps for played in node.rollouts] for node in tree.nodes.values()][:3] == [
        [("Three bags.",)], [("He eats two.",)], []
    ]  # fmt: skip
    assert odd[-1] == "folder 1: problem_1: 1 resampled sentences are left out: 1 of each are kept"


def test_the_file_has_its_word_on_the_answer(tmp_path: Path) -> None:
    tree = tree_of(only(tmp_path)[0])
    assert tree.started is not None
    assert tree.finished is not None
    assert (tree.finished.answer, tree.finished.correct) == ("10", True)
    assert tree.finished.verdict == "the file says that the answer is right"
    told = tree.started.told
    assert (tree.root.step, told["nickname"], told["num_chunks"], told["avg_importance"]) == (
        "How many are left?", "Apples", "4", "0.2",
    )  # fmt: skip
    assert tree.started.scale.words == "accuracy of what was sampled from the sentence on"
    base = anchors()["base_solution.json"] | {
        "is_correct": False,
        "solution": "",
        "full_cot": f"How many are left?<think>\n{TEXT}",
    }
    tree = tree_of(only(tmp_path / "b", base_solution=base)[0])
    assert tree.finished is not None
    assert tree.finished.correct is False
    assert tree.nodes[6].step == "It is sure."


def test_a_scenario_and_no_accuracy(tmp_path: Path) -> None:
    chunks = [sentence(0, "We have 3 bags of 4", accuracy=None), sentence(1, "he eats 2.", accuracy=None)]
    run, _ = only(tmp_path, problem=None, scenario={"scenario": "You are an agent."}, chunks_labeled=chunks,
                  chunks_resampled=None, step_importance=None, summary=None)  # fmt: skip
    tree = tree_of(run)
    assert tree.root.step == "You are an agent."
    (score,) = tree.nodes[1].scores
    assert (score.verifier, score.value) == ("resampling_importance_accuracy", 0.1)
    assert tree.started is not None
    assert tree.started.scale.words == "resampling_importance_accuracy"


def test_a_folder_of_folders_is_many_runs(tmp_path: Path) -> None:
    for name in ("problem_10", "problem_2", "model/problem_3", "a/b/c/problem_4", "a/b/c/d/problem_5"):
        write_folder(tmp_path / name, anchors())
    (tmp_path / "problem_6").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = folder_importer_of(tmp_path)
    assert found is THOUGHT_ANCHORS
    runs, odd = read(tmp_path)
    names = [run.events[0].told["folder"] for run in runs]  # type: ignore[union-attr]
    assert names == ["model/problem_3", "problem_2", "problem_10"]
    assert [line.partition(": ")[0] for line in odd] == ["folder 1", "folder 2", "folder 3"]  # a sentence each
    assert THOUGHT_ANCHORS.recognises(tmp_path / "problem_6") == 0.0
    assert THOUGHT_ANCHORS.recognises(tmp_path / "not there") == 0.0


def test_the_folder_that_one_is_in_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_folder(tmp_path / "problem_1", anchors()))
    (run,), _ = read(Path())
    started = tree_of(run).started
    assert started is not None
    assert started.told["folder"] == "problem_1"


def test_a_file_that_no_memory_holds_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.importers.thought_anchors.folders.LARGEST_FILE", 1_000_000)
    run, odd = only(tmp_path, chunks_resampled={"0": ["x" * 1_000_000]})
    assert "folder 1: problem_1: chunks_resampled.json is larger than 1 MB" in odd
    assert not any(isinstance(event, RolledOut) for event in run.events)


def test_files_that_are_none(tmp_path: Path) -> None:
    outside = tmp_path / "secret.json"
    outside.write_text('{"solution": "secret"}')
    folder = write_folder(tmp_path / "p" / "linked", anchors())
    (folder / "base_solution.json").unlink()
    (folder / "base_solution.json").symlink_to(outside)
    folder = write_folder(tmp_path / "p" / "piped", anchors())
    (folder / "chunks_labeled.json").unlink()
    (folder / "chunks_labeled.json").mkdir()
    write_folder(tmp_path / "p" / "torn", anchors() | {"chunks_labeled.json": b'[{"chunk": "We have 3"}, {"chu',
                                                       "problem.json": b"\xff"})  # fmt: skip
    runs, odd = read(tmp_path / "p")
    assert len(runs) == 2
    assert [line for line in odd if "sentence" not in line] == [
        "folder 1: linked: base_solution.json is a link, and links are not followed; "
        "base_solution.json has no solution",
        "folder 2: piped: chunks_labeled.json is no file",
        "folder 3: torn: problem.json, line 1: it is no UTF-8",
        "folder 3: torn: chunks_labeled.json, line 2: it is no JSON, or the file is cut off: what follows is left out",
    ]


def test_sentences_are_found_though_blanks_and_words_changed() -> None:
    text = "So  x = 4.\n\nWait,\ty is not what I said it was. Then z. Then z."
    first, second = text.index("Then"), text.rindex("Then")
    found = places_in(text, ["So x=4.", "Wait, y is never what I said it was.", "Then z.", "Then z."])
    assert found == [0, text.index("Wait"), first, second]
    assert places_in(text, ["nothing of this kind", "", "Then z."]) == [None, None, first]
    assert places_in("one.Two", ["one.", "Two"]) == [0, 4]
    assert places_in("", ["a"]) == [None]


def test_endless_likeness_has_an_end() -> None:
    """Sentences of one word again and again, none of which is there: what is compared is bounded."""
    text = "a " * 50_000
    found = places_in(text, ["b a a " * 30] * 2_000)
    assert (found[0], found[-1]) == (0, None)
    assert places_in(text, ["b " * 5_000] * 50) == [None] * 50
