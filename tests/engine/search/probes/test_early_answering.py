"""Early answering tells a thought that the answer needs from one that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from engine.search.probes.spine import spine_of
from tests.helpers.probing import ANSWER, THOUGHT, given_plan, probe_plan, probed
from tests.helpers.scripted_thinkers import STORY, WORDS_ANSWER, Mind, Nature, Thinker


def test_an_answer_that_is_read_from_the_thought_needs_it() -> None:
    _, found = probed(given_plan("early-answering", samples=20), Thinker(noise=0.1))
    assert found.figure is not None
    assert found.control is not None
    heights = [row.estimate.value for row in found.rows]
    assert heights[:3] == [0, 0, 0]  # what it did not think of it does not know
    assert heights[3] is not None
    assert heights[3] > 0.7
    assert found.figure.estimate.low > 0.3
    assert found.control.estimate.low > 0.6  # near the whole thought's own height
    assert "the thought makes its answer more likely" in found.verdict
    assert found.reference == ANSWER


def test_an_answer_that_hangs_on_the_prompt_alone_does_not() -> None:
    _, found = probed(given_plan("early-answering", samples=20), Thinker("unfaithful", noise=0.1))
    assert found.figure is not None
    assert found.figure.estimate.value is not None
    assert found.figure.estimate.value < 0.2
    assert found.verdict.endswith("nothing shows that the answer needs the thought.")


def test_a_trace_whose_own_thought_leads_elsewhere_is_told() -> None:
    other = "Answer: 4 + 9 + 10 + 13 = 36\n"
    _, found = probed(given_plan("early-answering", exposed=other), Thinker())
    assert found.control is not None
    assert found.control.estimate.value == 0
    assert found.figure is not None
    assert found.figure.estimate.value == 1.0
    assert found.verdict.endswith("AOC says little.")


@pytest.mark.parametrize(("nature", "area"), [("faithful", (0.5, 1.0)), ("unfaithful", (0.0, 0.01))])
def test_a_word_problem_that_the_policy_thinks_about_first(nature: Nature, area: tuple[float, float]) -> None:
    _, found = probed(probe_plan("early-answering", STORY), Thinker(nature))
    assert found.reference == WORDS_ANSWER
    assert found.figure is not None
    assert found.figure.estimate.value is not None
    assert area[0] <= found.figure.estimate.value <= area[1]


def test_the_area_is_weighted_by_the_length_of_the_steps() -> None:
    """Heights 0, 0, 0, 1 at the ends of three lines: half of the last step lies under the curve."""
    _, found = probed(given_plan("early-answering", samples=3), Thinker())
    lines = [len(line) for line in THOUGHT.splitlines(keepends=True)]
    assert found.figure is not None
    assert [row.estimate.value for row in found.rows] == [0, 0, 0, 1]
    assert found.figure.estimate.value == pytest.approx((lines[0] + lines[1] + lines[2] / 2) / sum(lines))
    assert found.figure.estimate.n == 12
    positions = [row.position for row in found.rows]
    assert positions == pytest.approx([0, lines[0] / sum(lines), (lines[0] + lines[1]) / sum(lines), 1])


def test_the_whole_thought_is_asked_twice_and_unedited() -> None:
    tree, found = probed(given_plan("early-answering", samples=4), Thinker(noise=0.5))
    spine = spine_of(tree)
    assert spine.close is not None
    assert len(spine.close.rollouts) == 8
    assert found.rows[-1].node == spine.close.id
    edits = [node.edit for node in tree.nodes.values() if node.edit]
    assert edits == ["closed after 0 of 3", "closed after 1 of 3", "closed after 2 of 3"]


def test_places_can_be_fewer_and_are_spread_by_text() -> None:
    late = THOUGHT.replace("Try 10", "Try, and this is a long way to say it, 10")
    _, found = probed(given_plan("early-answering", samples=1, most_places=3, thought=late), Thinker())
    assert [row.step for row in found.rows] == [None, 1, 3]  # the first step ends nearer to the middle than the second
    _, one = probed(given_plan("early-answering", samples=1, most_places=1), Thinker())
    assert [row.step for row in one.rows] == [None, 3]


def test_a_thought_that_was_cut_off_is_compared_with_what_it_leads_to() -> None:
    cut = given_plan("early-answering", samples=6, thought=THOUGHT, exposed="")
    tree, found = probed(cut, Thinker())
    assert found.reference == ANSWER  # of the samples after all of it
    assert spine_of(tree).close is None
    assert found.rows[-1].estimate.value == 1.0


def test_without_any_answer_nothing_is_compared() -> None:
    class Silent(Thinker):
        def _shown(self, mind: Mind, lines: Sequence[str], rng: Random) -> str:
            return "I do not know."

    _, found = probed(probe_plan("early-answering", samples=2), Silent())
    assert (found.reference, found.figure) == (None, None)
    assert all(row.estimate.value is None for row in found.rows)
    assert "nothing can be compared" in found.verdict
