"""How samples become children: merging, priors, twins, whole turns, lists of proposals, and the token rows of each."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import NewNode
from engine.growth import Merge, new_children, opened_with, proposals, split_turn, steps_of
from engine.policies import Ended, Sample
from engine.problems.game24 import Game24
from engine.problems.words import WordProblem
from engine.tokens import Alternative, Token, TokenRowError, pack, split, unpack

PUZZLE = Game24.parse("4 9 10 13")
WORDS = WordProblem.parse("Tom has 5 boxes with 7 pens each. How many pens are there?")
ONE, OTHER = "13 - 9 = 4 (left: 4 4 10)\n", "13 + 9 = 22 (left: 4 10 22)\n"
IDLE = Game24.parse("1 4 9 13")
TIMES, OVER, MINUS = (
    f"{line}\n" for line in ("9 * 1 = 9 (left: 4 9 13)", "9 / 1 = 9 (left: 4 9 13)", "9 - 1 = 8 (left: 4 8 13)")
)
"""Steps of IDLE: two to one state, and one to another."""
ANSWER = "Answer: (10 - 4) * (13 - 9) = 24"
TURN = (ONE, "10 - 4 = 6 (left: 4 6)\n", "6 * 4 = 24 (left: 24)\n", ANSWER)


def row(*words: str) -> bytes:
    return pack(tuple(Token(word, number, -0.5, 1.0, ()) for number, word in enumerate(words)))


def said(text: str, ended: Ended = "step", tokens: bytes = b"") -> Sample:
    return Sample(text, -1.0, 3, ended, tokens)


def grown(*lines: str, merge: Merge = "text", known: dict[str, int] | None = None) -> tuple[NewNode, ...]:
    return new_children(IDLE, (), False, list(map(said, lines)), 1, merge=merge, known=known)


@pytest.mark.parametrize(("merge", "samples"), [("none", [1, 1, 1, 1]), ("text", [2, 1, 1]), ("state", [3, 1])])
def test_samples_are_merged_by_text_by_state_or_not_at_all(merge: Merge, samples: list[int]) -> None:
    children = grown(TIMES, OVER, MINUS, TIMES, merge=merge, known={})
    assert [child.samples for child in children] == samples
    assert [child.prior for child in children] == [count / 4 for count in samples]
    assert [child.node for child in children] == list(range(1, len(samples) + 1))
    assert children[0].step == TIMES


@given(st.lists(st.sampled_from([TIMES, OVER, MINUS, ANSWER, "", "nonsense\n"]), min_size=1, max_size=12))
def test_priors_sum_to_one_and_every_sample_is_counted(lines: list[str]) -> None:
    for merge in ("none", "text", "state"):
        children = new_children(IDLE, (), False, list(map(said, lines)), 5, merge=merge, known={})
        assert math.isclose(sum(child.prior for child in children), 1.0)
        assert sum(child.samples for child in children) == len(lines)
        for child in children:
            assert child.twin is None or child.twin < child.node


def test_a_child_whose_state_is_known_is_a_twin() -> None:
    state = IDLE.state((OVER,))
    assert [child.twin for child in grown(TIMES, OVER, MINUS, known={})] == [None, 1, None]
    assert [child.twin for child in grown(TIMES, MINUS, known={state: 7})] == [7, None]
    assert [child.twin for child in grown(TIMES, OVER)] == [None, None], "who knows no state has no twins"


def test_broken_and_hidden_steps_have_no_twin() -> None:
    known = {PUZZLE.state((ONE,)): 7, PUZZLE.state(("",)): 8}
    cut = new_children(PUZZLE, (), False, [said(ONE, "length"), said("")], 1, known=known)
    assert [(bool(child.broken), child.twin) for child in cut] == [(True, None), (True, None)]
    hidden = new_children(PUZZLE, (), True, [said(ONE)], 1, known=known)
    assert [(child.hidden, child.twin) for child in hidden] == [(True, None)]


def test_orders_of_the_same_steps_end_in_the_same_state() -> None:
    first, second = "13 - 9 = 4 (left: 4 4 10)\n", "10 - 4 = 6 (left: 4 6)\n"
    third, fourth = "10 - 4 = 6 (left: 6 9 13)\n", "13 - 9 = 4 (left: 4 6)\n"
    known = {PUZZLE.state((first, second)): 2}
    (child,) = new_children(PUZZLE, (third,), False, [said(fourth)], 4, known=known)
    assert child.twin == 2


def test_a_turn_that_ends_without_an_answer_is_broken_unless_none_is_expected() -> None:
    sample = [said(ONE.rstrip("\n"), "end")]
    assert new_children(PUZZLE, (), False, sample, 1)[0].broken == "the policy ended without an answer"
    assert new_children(PUZZLE, (), False, sample, 1, answers=False)[0].broken == ""
    assert not new_children(PUZZLE, (), False, sample, 1, answers=False)[0].terminal


def test_what_a_sample_was_given_to_open_with_belongs_to_its_step() -> None:
    (opened,) = opened_with("Therefore, ", [said("24", tokens=row("24"))])
    assert opened.text == "Therefore, 24"
    assert "".join(token.text for token in unpack(opened.tokens)) == "24"
    plain = (said("24"),)
    assert opened_with("", plain) == plain


def test_a_whole_turn_is_a_chain_of_its_steps() -> None:
    chain = steps_of(said("".join(TURN), "end", row(*TURN)), PUZZLE, hidden=False)
    assert tuple(part.text for part in chain) == TURN
    assert [part.ended for part in chain] == ["step", "step", "step", "end"]
    assert [part.logprob for part in chain] == [-0.5] * 4
    assert [[token.text for token in unpack(part.tokens)] for part in chain] == [[step] for step in TURN]


def test_a_turn_that_was_cut_off_breaks_its_last_step_only() -> None:
    chain = steps_of(said(ONE + "10 - 4", "length"), PUZZLE, hidden=False)
    assert [(part.text, part.ended) for part in chain] == [(ONE, "step"), ("10 - 4", "length")]
    assert [part.logprob for part in chain] == [None, None], "without a row nothing is known of the parts"


def test_an_empty_turn_is_one_empty_step() -> None:
    assert [part.text for part in steps_of(said("", "end"), PUZZLE, hidden=False)] == [""]


@given(st.text(alphabet="ab)\n<>/think", max_size=60), st.booleans())
def test_the_steps_of_a_turn_joined_are_the_turn(text: str, hidden: bool) -> None:
    for problem in (PUZZLE, WORDS):
        assert "".join(split_turn(text, problem, hidden)) == text
        assert "".join(part.text for part in steps_of(said(text, "end"), problem, hidden)) == text


def test_a_thought_is_cut_at_lines_and_what_follows_at_steps() -> None:
    text = f"Try 1.\nNo.\n</think>\n{ONE}{ANSWER}"
    assert split_turn(text, PUZZLE, hidden=True) == ("Try 1.\n", "No.\n", "</think>\n", ONE, ANSWER)


def test_blank_lines_are_no_steps() -> None:
    text = "\nHm.\n\n\nSo.\n\n</think>\n\nTry.\n\n"
    assert split_turn(text, WORDS, hidden=True) == ("\nHm.\n", "\n\nSo.\n", "\n</think>\n", "\nTry.\n\n")
    assert split_turn("\n\n", WORDS, hidden=True) == ("\n\n",)
    assert split_turn("So.\n</think>\n\n", WORDS, hidden=True) == ("So.\n", "</think>\n\n")


def test_what_stands_behind_the_closing_tag_is_shown() -> None:
    assert split_turn("So.</think>It is 4.\nYes", WORDS, hidden=True) == ("So.</think>", "It is 4.\n", "Yes")


@pytest.mark.parametrize(
    ("text", "why"),
    [("So be it", "the policy ended inside its thought"), ("So</think>", "the policy ended without an answer")],
)
def test_a_turn_that_ends_with_its_thought_is_broken(text: str, why: str) -> None:
    (child,) = new_children(PUZZLE, (), True, [said(text, "end")], 1)
    assert (child.hidden, child.broken) == (True, why)


def test_proposals_are_the_lines_each_once() -> None:
    listed = proposals(said(f"{ONE}\n{OTHER}{ONE}", "end", row(ONE, "\n", OTHER, ONE)), PUZZLE)
    assert [part.text for part in listed] == [ONE, OTHER]
    assert {part.ended for part in listed} == {"step"}
    assert ["".join(token.text for token in unpack(part.tokens)) for part in listed] == [ONE, OTHER]


def test_a_proposal_that_was_cut_off_is_left_out_and_a_proposed_answer_ends_without_its_line_end() -> None:
    assert [part.text for part in proposals(said(f"{ONE}13 + 9 = 2", "length"), PUZZLE)] == [ONE]
    assert [part.text for part in proposals(said("Answer: 35\n", "end"), WORDS)] == ["Answer: 35"]
    assert proposals(said(" \n\n", "end"), PUZZLE) == ()


@given(st.lists(st.text(min_size=1, max_size=6), max_size=8), st.data())
def test_the_parts_of_a_row_are_the_parts_of_its_text(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    parts = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    rows = split(row(*words), parts)
    assert ["".join(token.text for token in unpack(part)) for part in rows] == parts
    found = [token for part in rows for token in unpack(part)]
    assert sum(token.logprob for token in found) == pytest.approx(-0.5 * len(words)), "no number is counted twice"


def test_a_token_across_a_border_keeps_its_numbers_in_its_first_part() -> None:
    token = Token(")\nA", 9, -0.25, 0.5, (Alternative(")\nA", 0.7),))
    first, second = split(pack((token,)), [")\n", "A"])
    assert unpack(first) == (Token(")\n", 9, -0.25, 0.5, token.alternatives),)
    assert unpack(second) == (Token("A", 9, 0.0, 0.0),)


def test_control_tokens_stay_with_what_they_end() -> None:
    first, second = split(row("a\n", "", "b", ""), ["a\n", "b"])
    assert [token.text for token in unpack(first)] == ["a\n", ""]
    assert [token.text for token in unpack(second)] == ["b", ""]


def test_an_empty_row_has_empty_parts_and_a_damaged_one_is_told() -> None:
    assert split(b"", ["a", "b"]) == (b"", b"")
    with pytest.raises(TokenRowError, match="damaged"):
        split(b"nonsense", ["a"])
