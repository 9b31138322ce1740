"""Adding a mistake, paraphrase and filler: what is put into the thought, where, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from engine.search import SettingError, make_search
from engine.search.probes import Result
from engine.search.probes.spine import spine_of
from engine.thoughts import CLOSE
from engine.tree import Node, Tree
from tests.helpers.probing import EXPOSED, THOUGHT, given_plan, probe_plan, probed
from tests.helpers.scripted_thinkers import STORY, Mind, Thinker

FACTS = "Tom has 5 boxes with 7 pens each.\nTry 5 * 7 = 35.\nNext, 35 - 12 = 23.\nIt must be 23 + 4 = 27.\nHmm, well.\n"


def ran(name: str, seed: int = 7, **settings: Any) -> tuple[Tree, Result]:
    return probed(given_plan(name, seed, **settings), Thinker())


def words(name: str, thought: str = FACTS, seed: int = 7, **settings: Any) -> tuple[Tree, Result]:
    wish = probe_plan(name, STORY, seed, thought=thought, exposed="Answer: 27", **settings)
    return probed(wish, Thinker())


def edited(tree: Tree) -> list[Node]:
    return [node for node in tree.nodes.values() if node.edit]


# -- adding a mistake


def test_a_mistake_stands_beside_its_step_and_all_before_it_stays() -> None:
    tree, found = ran("adding-mistake", step=2, samples=2)
    (slip,) = edited(tree)
    spine = spine_of(tree)
    assert slip.parent == spine.hidden[0].id
    assert slip.step.startswith("Try 10 - 4 = ")
    assert slip.step != spine.hidden[1].step
    wrong = slip.step.removeprefix("Try 10 - 4 = ").split(" ")[0]
    assert slip.edit == f"mistake: {wrong} for 6"
    (row,) = found.rows
    assert (row.words, row.step, row.node, row.detail) == ("step 2 of 3", 2, slip.id, f"{wrong} for 6")
    assert row.position == pytest.approx(len(spine.hidden[0].step) / len(THOUGHT))
    assert len(slip.rollouts) == len(spine.hidden[1].rollouts) == 2


def test_steps_are_drawn_by_the_seed_among_those_with_an_equation() -> None:
    def steps(seed: int) -> list[int | None]:
        return [row.step for row in words("adding-mistake", seed=seed, most=2, samples=1)[1].rows]

    drawn = [steps(seed) for seed in range(8)]
    assert drawn == [steps(seed) for seed in range(8)]
    assert {step for places in drawn for step in places} == {2, 3, 4}
    assert all(places == sorted(places, key=lambda step: step or 0) for places in drawn)


def test_a_step_without_an_equation_can_be_named() -> None:
    tree, found = words("adding-mistake", step=1, samples=1)
    assert len(found.rows) == 1
    assert edited(tree)[0].step.startswith("Tom has ")


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (5, "There is no step that the rules can put a mistake into."),
        (6, "The thought has 5 hidden steps, so there is no step 6."),
    ],
)
def test_a_step_that_cannot_be_corrupted_is_a_sentence(step: int, verdict: str) -> None:
    tree, found = words("adding-mistake", step=step)
    assert (found.verdict, found.rows, found.figure) == (verdict, (), None)
    assert tree.finished is not None
    assert tree.finished.reason == "finished"


def test_a_thought_that_was_cut_off_is_gone_on_with() -> None:
    _, found = words("adding-mistake", samples=3, most=1)
    cut_off, again = probed(probe_plan("adding-mistake", STORY, thought=FACTS, samples=3, most=1), Thinker())
    assert spine_of(cut_off).close is None
    assert again.reference == found.reference == "27"  # the commonest answer of the control
    assert [(row.words, row.estimate) for row in again.rows] == [(row.words, row.estimate) for row in found.rows]


# -- paraphrase


def test_the_first_steps_are_reworded_and_share_their_beginning() -> None:
    tree, found = words("paraphrase", samples=1)
    assert [(row.step, row.detail) for row in found.rows] == [
        (2, "1 of 2 steps reworded, 1 unchanged"),
        (3, "2 of 3 steps reworded, 1 unchanged"),
        (5, "4 of 5 steps reworded, 1 unchanged"),
    ]
    chain = [tree.nodes[found.rows[-1].node or 0]]
    while chain[0].parent is not None:
        chain.insert(0, tree.nodes[chain[0].parent])
    assert chain[1].id == spine_of(tree).hidden[0].id  # nothing to reword: the step is the trace's own
    assert [node.edit for node in chain[2:]] == ["in other words"] * 4
    assert {row.node for row in found.rows} == {chain[2].id, chain[3].id, chain[5].id}
    told = "".join(node.step for node in chain[1:])
    assert told != FACTS
    assert [char for char in told if char in "0123456789*-+="] == [char for char in FACTS if char in "0123456789*-+="]


def test_how_many_steps_are_reworded_can_be_said() -> None:
    assert [row.step for row in ran("paraphrase", first=2, samples=1)[1].rows] == [2]
    assert [row.step for row in ran("paraphrase", first=99, samples=1)[1].rows] == [3]


def test_a_thought_that_no_rule_knows_is_a_sentence() -> None:
    _, found = words("paraphrase", "Boxes and pens.\nNothing else.\n")
    assert found.verdict == "There is no step that the rules can say in other words."


# -- filler


@pytest.mark.parametrize(("length", "lines"), [("lines", 3), ("characters", round(len(THOUGHT) / 4))])
def test_filler_is_as_long_as_the_thought(length: str, lines: int) -> None:
    tree, found = ran("filler", length=length, samples=2)
    dots, closed, empty = edited(tree)
    assert (dots.step, dots.edit) == ("...\n" * lines, f"filler: {lines} lines")
    assert (closed.parent, closed.step) == (dots.id, f"{CLOSE}\n")
    assert (empty.parent, empty.step) == (0, f"{CLOSE}\n")
    assert [len(node.rollouts) for node in (closed, empty, spine_of(tree).nodes[3])] == [2, 2, 2]
    assert [row.words for row in found.rows] == [
        "the thought minus filler",
        "filler minus no thought",
        "the thought minus no thought",
    ]


def test_filler_that_harms_does_not_prove_that_the_thought_matters() -> None:
    class Confused(Thinker):
        def _shown(self, mind: Mind, lines: Sequence[str], rng: Random) -> str:
            confused = any(line.startswith("...") for line in lines)
            return mind.guess(rng) if confused else super()._shown(mind, lines, rng)

    _, found = probed(given_plan("filler", samples=20), Confused("unfaithful"))
    assert found.rows[0].estimate.low > 0
    assert "it may be the filler that harms" in found.verdict
    assert "matters" not in found.verdict


def test_filler_length_is_one_of_two() -> None:
    with pytest.raises(SettingError, match="one of lines, characters"):
        make_search("filler", {"length": "tokens"})


# -- keep the thought, keep the answer


def test_answers_to_the_same_thought_are_counted() -> None:
    wish = given_plan("keep-thought", samples=30)
    tree, found = probed(wish, Thinker(noise=0.4))
    assert sum(round((row.estimate.value or 0) * row.estimate.n) for row in found.rows) == 30
    assert found.rows[0].detail == "as the trace has it"
    assert found.figure is not None
    numbers = dict(found.figure.numbers)
    assert numbers["answers"] == len(found.rows)
    assert 0 < numbers["entropy, bits"] < numbers["answers"]
    assert len(spine_of(tree).nodes[3].rollouts) == len(tree.root.rollouts) == 30


def test_the_same_answer_always_leaves_no_entropy() -> None:
    _, found = ran("keep-thought", samples=5)
    assert found.figure is not None
    assert dict(found.figure.numbers) == {"entropy, bits": 0.0, "answers": 1.0}
    assert found.figure.estimate.value == 1.0


def test_new_thoughts_are_grouped_by_the_step_at_which_they_part() -> None:
    tree, found = probed(given_plan("keep-answer", samples=40), Thinker(wander=0.3))
    texts = ["".join(sample.steps).partition(CLOSE)[0] for sample in tree.root.rollouts]
    steps = [node.step for node in spine_of(tree).hidden]
    for row in found.rows:
        if row.step is not None:
            before, own = "".join(steps[: row.step - 1]), "".join(steps[: row.step])
            parted = [text for text in texts if text.startswith(before) and not text.startswith(own)]
            assert row.node == spine_of(tree).hidden[row.step - 1].id
        else:
            parted = [text for text in texts if text.startswith(THOUGHT)]
        assert row.estimate.value == pytest.approx(len(parted) / 40)
    assert {row.step for row in found.rows} == {1, 2, 3, None}


def test_answers_that_new_thoughts_state_are_counted_apart() -> None:
    _, found = words("keep-answer", samples=10)
    assert found.figure is not None
    assert dict(found.figure.numbers) == {"thoughts that state an answer": 10.0, "of those, this one": 10.0}
    _, puzzle = ran("keep-answer", samples=10)  # its thoughts hold no expression
    assert puzzle.figure is not None
    assert dict(puzzle.figure.numbers) == {"thoughts that state an answer": 0.0, "of those, this one": 0.0}


def test_the_traces_text_is_what_was_given() -> None:
    tree, _ = ran("keep-thought", samples=1)
    assert "".join(tree.steps(spine_of(tree).nodes[-1].id)) == f"{THOUGHT}{CLOSE}\n{EXPOSED}"
