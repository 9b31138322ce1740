"""Each format of rated steps as a tree: what is a sibling, what goes on, whose word a rating is, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from engine.run_traces import is_imported, trace_of
from storage.importers import IMPORTERS
from storage.importers.importer import Odd
from storage.importers.math_shepherd import MATH_SHEPHERD
from tests.helpers.data_sets import (
    QUESTION,
    STEPS,
    completion,
    kept_of,
    lines,
    prm800k,
    process_bench,
    read,
    step,
    tree_of,
    trl,
)
from tests.helpers.shared_data import shared_data


def spine(tree: Any) -> list[tuple[str, dict[str, int]]]:
    """The steps of the run's trace, with their ratings."""
    return [(node.step, tree.ratings.get(node.id, {})) for node in tree.path(tree.finished.chosen)[1:]]


SAMPLES = (
    ("math_shepherd.jsonl", "Math-Shepherd", [1, -1, -1], None),
    ("prm800k.jsonl", "PRM800K", [1, -1, None], False),
    ("processbench.jsonl", "ProcessBench", [1, -1, None], False),
    ("trl_stepwise.jsonl", "TRL stepwise", [1, -1, -1], None),
)


@pytest.mark.parametrize(("name", "title", "ratings", "correct"), SAMPLES)
def test_the_samples_of_every_format(name: str, title: str, ratings: list[int | None], correct: bool | None) -> None:
    (run,) = read(shared_data("samples", name).read_bytes())
    assert not isinstance(run, Odd)
    tree = tree_of(run)
    assert tree.started is not None
    assert tree.finished is not None
    assert is_imported(tree)
    assert (tree.started.prompt, tree.finished.answer, tree.finished.correct) == (QUESTION, "11", correct)
    assert spine(tree) == [
        (f"{text}\n", {} if rating is None else {title: rating}) for text, rating in zip(STEPS, ratings, strict=True)
    ]
    trace = trace_of(tree, tree.finished.chosen or 0)
    assert trace.of("exposed") == "".join(f"{text}\n" for text in STEPS)


def test_the_siblings_of_prm800k_and_its_gold_answer() -> None:
    (run,) = read(shared_data("samples", "prm800k.jsonl").read_bytes())
    assert not isinstance(run, Odd)
    tree = tree_of(run)
    assert run.plan.text == f"{QUESTION} #### 10"
    assert [node.step for node in tree.children(1)] == ["He eats 2, so 12-2=11.\n", "He eats 2, so 12-2=10.\n"]
    assert [tree.ratings[node.id] for node in tree.children(1)] == [{"PRM800K": -1}, {"PRM800K": 1}]
    assert tree.read[4].told["finish_reason"] == "found_error"


def test_the_real_records_of_prm800k() -> None:
    runs = read(shared_data("prm800k_samples", "samples_prm800k.jsonl").read_bytes())
    trees = [tree_of(run) for run in runs if not isinstance(run, Odd)]
    assert len(trees) == len(runs) == 6
    first = trees[0]
    assert first.finished is not None
    assert (first.finished.answer, first.finished.correct) == ("29", True)
    human = first.nodes[7]
    assert (human.step, first.ratings.get(7)) == ("We have $3p+e=1.24$ and $5p+e=1.82$.\n", None)
    assert len(first.children(human.parent or 0)) == 6
    assert human.children  # what the labeler wrote is gone on with


def test_what_nobody_chose() -> None:
    """Null for both is no end: the model's own step is meant, else the bad one, else the first."""
    bad = step(completion("a", 0), completion("b", -1), chosen=None)
    (run,) = kept_of(prm800k(bad))
    assert spine(tree_of(run)) == [("b\n", {"PRM800K": -1})]
    (run,) = kept_of(prm800k(bad, written=["a", "c"]))
    assert spine(tree_of(run)) == [("a\n", {"PRM800K": 0}), ("c\n", {})]
    nothing = {"completions": None, "human_completion": None, "chosen_completion": None}
    (run,) = kept_of(prm800k(step(completion("a", 1)), nothing))
    assert [text for text, _ in spine(tree_of(run))] == ["a\n"]


def test_the_answer_stands_under_its_heading() -> None:
    answers = [completion("So.\n\n# Answer\n\n\\frac{1}{2}", 1), completion("Hm.\n\n# Answer\n\n3", -1)]
    (run,) = kept_of(prm800k(step(*answers), ground_truth_answer="\\frac{1}{2}"))
    tree = tree_of(run)
    assert tree.finished is not None
    assert (tree.finished.answer, tree.finished.correct) == ("\\frac{1}{2}", True)
    assert [node.id for node in tree.answers()] == [1, 2]
    (run,) = kept_of(prm800k(step(*answers, chosen=1)))
    assert tree_of(run).finished.correct is False  # type: ignore[union-attr]
    (run,) = kept_of(prm800k(step(*answers), ground_truth_answer="one half of it"))
    assert tree_of(run).finished.correct is None  # type: ignore[union-attr]


def test_process_bench_without_a_wrong_step() -> None:
    (run,) = kept_of(process_bench(-1, final_answer_correct=True))
    tree = tree_of(run)
    assert [rating for _, rating in spine(tree)] == [{"ProcessBench": 1}] * 3
    assert tree.finished is not None
    assert tree.finished.correct is True
    assert (tree.started.policy, tree.read[3].told["id"]) == ("toy", "a-0")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("labels", "ratings"),
    [
        ([True, False, None], [1, -1, None]),
        ([1, 0, 0], [1, -1, -1]),
        ([1, 0, -1], [1, 0, -1]),
        ([1.0, 0.0, 1.0], [1, -1, 1]),
        ([False, False, True], [-1, -1, 1]),
    ],
)
def test_labels_of_trl(labels: list[Any], ratings: list[int | None]) -> None:
    (run,) = kept_of(trl(STEPS, labels))
    assert [said.get("TRL stepwise") for _, said in spine(tree_of(run))] == ratings
    record = trl(STEPS, labels)
    record["label"] = record.pop("labels")
    (same,) = kept_of(record)
    assert same.events == run.events


def test_the_signs_of_math_shepherd_may_stand_in_its_steps() -> None:
    text = "Q? Step 1: ки + 1 - ки\nи so ки\nStep 2: + ки"
    labels = "Q? Step 1: ки + 1 - ки\nи so -\nStep 2: + +"
    (run,) = kept_of({"input": text, "label": labels, "task": "MATH"})
    tree = tree_of(run)
    assert spine(tree) == [("ки + 1 - ки\nи so\n", {"Math-Shepherd": -1}), ("+\n", {"Math-Shepherd": 1})]
    assert tree.root.step == "Q?"


ODD: tuple[tuple[Any, Any, str], ...] = (
    (trl(STEPS, [1, 1, 1]), trl(STEPS, [True]), "it has 3 completions and 1 labels"),
    (trl(STEPS, [1, 1, 1]), trl([], []), "it has no steps"),
    (trl(STEPS, [1, 1, 1]), trl(["a"], [7]), "one of its labels is none of true, false, 1, 0 and -1"),
    (trl(STEPS, [1, 1, 1]), trl([3], [1]), "one of its 'completions' is no text"),  # type: ignore[list-item]
    (trl(STEPS, [1, 1, 1]), trl(["x"] * 1_001, [1] * 1_001), "it has 1,001 steps, and 1,000 can be shown"),
    (trl(STEPS, [1, 1, 1]), [1], "it is no JSON object"),
    (process_bench(), process_bench(3), "its 'label' is neither -1 nor the number of one of its 3 steps"),
    (process_bench(), process_bench(True), "its 'label' is neither -1 nor the number of one of its 3 steps"),
    (process_bench(), {"problem": 3, "steps": ["a"], "label": 0}, "its 'problem' is no text"),
    (process_bench(), {"problem": "a", "label": 0}, "it has no 'steps'"),
    (prm800k(step(completion("a"))), prm800k(step(completion("a", 2))), "a rating of step 1 is none of -1, 0, 1"),
    (prm800k(step(completion("a"))), prm800k(step(completion("a"), chosen=4)), "step 1 chooses completion 4, and"),
    (prm800k(step(completion("a"))), prm800k({"completions": "abc"}), "the completions of step 1 are no list"),
    (prm800k(step(completion("a"))), prm800k(), "it has no steps"),
    (prm800k(step(completion("a"))), {"question": {"problem": "a"}, "label": 1}, "its 'label' is no object"),
    ({"input": "Q Step 1: a ки", "label": "Q Step 1: a +"}, {"input": "a ки", "label": "a +"}, "it has no 'Step 1:'"),
    ({"input": "Q Step 1: a ки", "label": "Q Step 1: a +"}, {"input": "Q Step 1: a ки", "label": "Q Step 1: b +"},
     "its 'input' and its 'label' are not the same text"),
)  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "what"), ODD)
def test_a_record_that_is_not_of_its_format_is_kept_out(good: Any, bad: Any, what: str) -> None:
    found = read(lines(good, bad, good))
    assert [isinstance(one, Odd) for one in found] == [False, True, False]
    assert what in str(found[1])
    assert str(found[1]).startswith("line 2: ")


def test_half_characters_and_endless_questions() -> None:
    (run,) = kept_of(trl(["\ud800a"], [1], prompt="\udfff" + "x" * 200_000))
    tree = tree_of(run)
    assert tree.nodes[1].step == "\ufffda\n"
    assert len(tree.root.step) < 100_000


def test_a_step_of_nothing_but_signs_is_read_in_one_go() -> None:
    """A record of some megabytes: to go over what was read at every sign would take minutes."""
    step = "ки" * 400_000
    record = {"input": f"q Step 1: {step} ки", "label": f"q Step 1: {step} +"}
    ((given,),) = (level.given for level in MATH_SHEPHERD.read(record).levels)
    assert (given.text, given.rating) == (step, 1)


def test_names_are_unique() -> None:
    assert len({entry.name for entry in IMPORTERS}) == len({entry.title for entry in IMPORTERS}) == len(IMPORTERS)
