"""Tests of what single steps say, and of the way in which a thought that goes in circles is asked."""

from __future__ import annotations

from fractions import Fraction

from engine.traces.alignment import align
from engine.traces.claims import Slot, read_sentences
from engine.traces.contents import Contents, subject_of
from engine.traces.lexical import Index
from engine.traces.linking import MOST_LINKS
from engine.traces.steps import cut

AGAIN = 300


def test_a_step_tells_what_its_numbers_count_and_which_equations_use_them() -> None:
    text = "Tom does not buy 3 pens and 4 caps, so 3 + 4 = 7 things."
    contents = Contents(read_sentences(text, [(0, len(text))]), 0)
    assert "pen" in contents.units[Fraction(3)]
    assert Fraction(4) in contents.meant[Slot("cap", "")]
    assert contents.values[Fraction(3)] == 2
    assert contents.keys[Fraction(3)] == contents.keys[Fraction(7)] == {"3+4"}
    assert contents.negated


def test_the_subject_is_the_unit_else_the_word_before() -> None:
    assert subject_of(Slot("pen", "buy")) == subject_of(Slot("pen", "sell"))
    assert subject_of(Slot("", "buy")) != subject_of(Slot("", "sell"))


def test_of_a_step_said_again_and_again_the_latest_support_it() -> None:
    thought, shown = "Tom has 12 pens in his bag.\n" * AGAIN, "So Tom has 12 pens in his bag."
    alignment = align(thought + shown, cut(thought + shown, 0, len(thought)), [(len(thought), len(thought + shown))])
    for entry in alignment.claims:
        assert entry.mark == "supported"
        assert len(entry.links) <= MOST_LINKS
        assert entry.links[0].step == AGAIN - 1


def test_of_equal_steps_the_latest_are_found() -> None:
    text = "Tom has pens.\n" * AGAIN
    index = Index(text, cut(text))
    assert [step for step, _ in index.search(["pen", "tom"], 3)] == [AGAIN - 1, AGAIN - 2, AGAIN - 3]
    assert index.search(["tom", "pen"], 1) == index.search(["pen", "tom"], 3)[:1]
