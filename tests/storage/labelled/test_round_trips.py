"""What is exported and imported again gives the same steps and ratings, whatever characters are in them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.data_sets import (
    STEPS,
    again,
    completion,
    kept_of,
    prm800k,
    process_bench,
    rated_nodes,
    step,
    tree_of,
    trl,
)

SIGNS = ["ки", " ки", " +", " -", "+", "-", "\n", "\n\n", "\r\n", "Step 1: ", "Step 2: ", "# Answer", "####", "\x00",
         "\x1b[31m", "\u202e", "\u2028", "𝟙", " ", "", '"', "\\", "<think>", "</think>",
         "The answer is 5."]  # fmt: skip
texts = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=6).map("".join)
chains = st.lists(st.tuples(texts, st.booleans()), min_size=1, max_size=6)
ratings = st.sampled_from([None, -1, 0, 1])


def written(run: Any) -> list[str]:
    """The steps as they stood in the record."""
    return [node_step.removesuffix("\n") for _, node_step, _ in rated_nodes(tree_of(run))]


@given(chains)
def test_trl_and_math_shepherd(chain: list[tuple[str, bool]]) -> None:
    steps = [text for text, _ in chain]
    (run,) = kept_of(trl(steps, [label for _, label in chain]))
    assert written(run) == steps
    for name in ("trl", "math-shepherd"):
        (same,) = again(run, name)
        assert rated_nodes(tree_of(same)) == rated_nodes(tree_of(run))
        assert tree_of(same).root.step == tree_of(run).root.step


@given(st.lists(texts, min_size=1, max_size=6), st.data())
def test_process_bench(steps: list[str], data: st.DataObject) -> None:
    label = data.draw(st.integers(-1, len(steps) - 1))
    correct = data.draw(st.sampled_from([True, False]))
    record = process_bench(label, steps, final_answer_correct=correct)
    (run,) = kept_of(record)
    (same,) = again(run, "processbench")
    assert rated_nodes(tree_of(same)) == rated_nodes(tree_of(run))
    assert tree_of(same).finished == tree_of(run).finished
    assert (tree_of(same).started, tree_of(same).read) == (tree_of(run).started, tree_of(run).read)


levels = st.lists(st.tuples(texts, ratings), min_size=1, max_size=4)


@given(st.lists(levels, min_size=1, max_size=4), st.lists(texts, max_size=3), st.data())
def test_prm800k(found: list[list[tuple[str, int | None]]], rest: list[str], data: st.DataObject) -> None:
    chosen = [data.draw(st.integers(0, len(level) - 1)) for level in found]
    chosen_texts = [level[at][0] for level, at in zip(found, chosen, strict=True)]
    steps = [step(*(completion(*one) for one in level), chosen=at) for level, at in zip(found, chosen, strict=True)]
    (run,) = kept_of(prm800k(*steps, written=[*chosen_texts, *rest]))
    if not tree_of(run).ratings:
        return
    (same,) = again(run, "prm800k")
    assert rated_nodes(tree_of(same)) == rated_nodes(tree_of(run))
    assert tree_of(same).finished == tree_of(run).finished


def test_neutral_counts_as_good_where_there_are_two_labels() -> None:
    (run,) = kept_of(trl(STEPS, [1, 0, -1]))
    assert [said for _, _, said in rated_nodes(tree_of(run))] == [(1,), (0,), (-1,)]
    for name in ("trl", "math-shepherd"):
        (same,) = again(run, name)
        assert [said for _, _, said in rated_nodes(tree_of(same))] == [(1,), (1,), (-1,)]
