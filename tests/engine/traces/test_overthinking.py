"""Overthinking: the first right answer, what comes after it, changes of mind, loops, planning against doing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.answers import last_answer
from engine.traces.functions import label
from engine.traces.loops import Loop, Repeat, repeats
from engine.traces.overthinking import fold, measure
from engine.traces.steps import cut

THOUGHT = (
    "Tom has 3 boxes with 12 pens. So 3 * 12 = 36. Then the answer is 36. Wait, maybe the answer is 39. "
    "No, 3 * 12 = 36. So the answer is 36."
)


def test_the_first_right_answer_by_the_problems_own_check() -> None:
    steps = cut(THOUGHT)
    meter = measure(THOUGHT, steps, correct=lambda answer: answer == "36")
    assert meter.first is not None
    assert meter.first_stated is not None
    assert (meter.first.step, meter.first.stated) == (1, False)
    assert (meter.first_stated.step, meter.first_stated.answer.text) == (2, "36")
    end = THOUGHT.index("= 36") + 4
    assert (meter.first.answer.end, meter.characters, meter.characters_after) == (end, len(THOUGHT), len(THOUGHT) - end)
    assert meter.share == pytest.approx(end / len(THOUGHT))
    assert (meter.reversals, meter.left_right) == (2, 1)
    assert meter.judged == "right by the problem's own check"


def test_without_a_check_answers_are_compared_with_the_one_shown_and_it_says_so() -> None:
    steps = cut(THOUGHT)
    meter = measure(THOUGHT, steps, final=last_answer("Answer: 39"))
    assert meter.first is not None
    assert meter.first.answer.text == "39"
    assert meter.judged == "equal to the answer shown; whether that is right is not known"
    assert measure(THOUGHT, steps).judged == "equal to the thought's last answer; whether that is right is not known"


def test_nobody_can_say() -> None:
    text = "No number here at all."
    meter = measure(text, cut(text))
    assert (meter.first, meter.share, meter.characters_after, meter.reversals) == (None, None, None, 0)
    assert meter.judged.startswith("nobody can say")
    assert measure("", ()).judged == "there is no thought"
    assert measure(THOUGHT, cut(THOUGHT), correct=lambda _answer: None).first is None


def test_tokens_are_counted_where_they_are_known() -> None:
    text = "So 6 * 6 = 36. The rest is idle."
    ends = [2, 4, 6, 8, 10, 13, 14, 18, 23, 26, 32]
    meter = measure(text, cut(text), correct=lambda answer: answer == "36", token_ends=ends)
    assert (meter.tokens, meter.tokens_after) == (11, 5)
    assert meter.share == pytest.approx(6 / 11)
    assert measure(text, cut(text)).tokens is None


def test_offsets_are_of_the_whole_text() -> None:
    text = "<think>" + THOUGHT + "</think>36"
    steps = cut(text, 7, 7 + len(THOUGHT))
    meter = measure(text, steps, correct=lambda answer: answer == "36")
    assert meter.first is not None
    assert text[meter.first.answer.start : meter.first.answer.end] == "36"
    assert meter.characters == len(THOUGHT)


def test_planning_against_execution() -> None:
    text = "First, I need to add. 3 + 4 = 7 here. 7 + 5 = 12 now. That doesn't work. 3 * 4 = 12 then. It is blue."
    steps = cut(text)
    folded = fold(steps, label(text, steps))
    assert [(run.part, run.first, run.last) for run in folded.runs] == [
        ("planning", 0, 0), ("execution", 1, 2), ("planning", 3, 3), ("execution", 4, 4), ("other", 5, 5),
    ]  # fmt: skip
    assert folded.switches == 3
    assert folded.planning == pytest.approx((22 + 19) / len(text))
    assert fold((), ()).planning == 0.0


def test_repeats_and_loops() -> None:
    ask, say, new = "Is it red or is it blue? ", "It must be red for all I know. ", "Something else comes up here now. "
    text = new + (ask + say) * 4 + "And so it ends. "
    found = repeats(text, cut(text))
    assert found.steps[0] == Repeat(3, 1, 1.0)
    assert [entry.step for entry in found.steps] == [3, 4, 5, 6, 7, 8]
    assert found.loops == (Loop(3, 8, 2),)
    assert found.loops[0].times == 3
    assert 0.5 < found.share < 1


def test_other_numbers_are_no_repeat() -> None:
    text = "".join(f"Try {n} + 4 = {n + 4} now.\n" for n in range(20))
    assert repeats(text, cut(text)).steps == ()


def test_one_word_for_ever_is_a_loop() -> None:
    text = "the " * 5_000
    found = repeats(text, cut(text))
    assert len(found.loops) == 1
    assert found.share > 0.99


@given(
    st.text()
    | st.lists(st.sampled_from(["a b c d e. ", "x = 3. ", "the answer is 3. ", "\n\n", "\ud800 "])).map("".join)
)
def test_any_text_can_be_measured(text: str) -> None:
    steps = cut(text)
    meter = measure(text, steps)
    assert meter.characters == len(text)
    assert meter.share is None or 0 <= meter.share <= 1
    found = repeats(text, steps)
    assert 0 <= found.share <= 1
    assert all(entry.of < entry.step for entry in found.steps)
    assert sum(run.characters for run in fold(steps, label(text, steps)).runs) == len(text)
