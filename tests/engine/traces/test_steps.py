"""Steps: nothing is lost, a stream gives the steps of the whole, and sentences end where people end them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.traces.steps import Cutter, Rules, Step, cut, cut_ranges
from tests.helpers.linear import is_linear

PIECES = (
    "So 3.5 is it. ", "e.g. this", "Wait... ", "no", "\n", "\n\n", "1. ", "- ", "```", "```python\n", "~~~",
    "$$", "\\[", "\\]", "\\\\",
    "\\begin{align}", "\\end{align}", " = 7", "? ", "! ", "。", "”", ".) ", "   ", "\t", "\r\n", "\x00",
    "\ud800", "א", "Step 3. ", "| a |",
    "a" * 30, " " * 30, "x", "Dr. ", "5! = 120 ", ".", "…", "</think>",
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
rules = st.builds(Rules, st.booleans(), st.integers(12, 80), st.integers(0, 11))


def pieces(text: str, how: Rules = Rules()) -> list[str]:  # noqa: B008 - frozen
    return [text[step.start : step.end] for step in cut(text, rules=how)]


@settings(max_examples=300)
@given(texts, rules)
def test_steps_joined_are_the_text(text: str, how: Rules) -> None:
    found = cut(text, rules=how)
    assert "".join(text[step.start : step.end] for step in found) == text
    assert all(0 < step.end - step.start <= how.longest for step in found)
    assert [step.start for step in found] == [0, *[step.end for step in found]][: len(found)]


@settings(max_examples=300)
@given(texts, rules, st.data())
def test_a_stream_gives_the_steps_of_the_whole(text: str, how: Rules, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    cutter, streamed = Cutter(rules=how), list[Step]()
    for start, end in zip([0, *places], [*places, len(text)], strict=True):
        streamed += cutter.feed(text[start:end])
    assert tuple(streamed) + cutter.finish() == cut(text, rules=how)


def test_a_stream_of_single_characters_gives_the_steps_of_the_whole() -> None:
    text = "".join(PIECES) * 3
    cutter = Cutter(start=100)
    streamed = [step for character in text for step in cutter.feed(character)]
    assert [*streamed, *cutter.finish()] == [Step(start + 100, end + 100) for start, end in cut(text)]


@settings(max_examples=50)
@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_a_part_is_cut_as_if_it_stood_alone(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    assert [text[s.start : s.end] for s in cut(text, start, min(len(text), start + length))] == pieces(part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom has 3.5 boxes, e.g. big ones. They are red.", ["Tom has 3.5 boxes, e.g. big ones. ", "They are red."]),
        ("Dr. Smith waits. Then (see Fig. 3) he goes.", ["Dr. Smith waits. ", "Then (see Fig. 3) he goes."]),
        ("It is approx. half of it. Good enough.", ["It is approx. half of it. ", "Good enough."]),
        ("We know 5! = 120 here. And 3! + 1 = 7.", ["We know 5! = 120 here. ", "And 3! + 1 = 7."]),
        ("1. The first thing.\n2. The second one.", ["1. The first thing.\n", "2. The second one."]),
        ("- one apple\n- two pears there", ["- one apple\n", "- two pears there"]),
        ("It goes on... and on and on. Then not.", ["It goes on... and on and on. ", "Then not."]),
        (
            "a line that is\nwrapped in the middle. End of it.",
            ["a line that is\nwrapped in the middle. ", "End of it."],
        ),
        ("all small. that is how o1 writes.", ["all small. ", "that is how o1 writes."]),
        ("Is this so? Yes, it is!\n\nNext thing.", ["Is this so? ", "Yes, it is!\n\n", "Next thing."]),
        ("3 + 4 = 7\n4 + 5 = 9\n", ["3 + 4 = 7\n", "4 + 5 = 9\n"]),
        ("x = 3 + 4\n  = 7. Done with it.", ["x = 3 + 4\n  = 7. ", "Done with it."]),
        ("Hmm. Wait. That is odd. I see.", ["Hmm. Wait. ", "That is odd. ", "I see."]),
        ("Now comes Step 3. Add them up. Done.", ["Now comes Step 3. Add them up. ", "Done."]),
        ("He said “stop it.” Then he left.", ["He said “stop it.” ", "Then he left."]),
        ("我们先来算第一步的结果。然后我们再来算第二步。", ["我们先来算第一步的结果。", "然后我们再来算第二步。"]),
        ("| a | b |\n| 1 | 2 |\nThen a text.", ["| a | b |\n| 1 | 2 |\n", "Then a text."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_blocks_of_code_and_displayed_formulas_stay_whole() -> None:
    code = "```python\nx = 1. \n\ny = 2. Then\n```\n"
    assert pieces(f"Here is code:\n{code}It is long.") == ["Here is code:\n", code, "It is long."]
    assert pieces("So \\[ a = b. \nC = d. \\] holds. Fine then.") == [
        "So \\[ a = b. \nC = d. \\] holds. ",
        "Fine then.",
    ]
    assert pieces("Never closed $$ a. B c. D\n\nNext one is here.") == [
        "Never closed $$ a. B c. D\n\n",
        "Next one is here.",
    ]


def test_a_fence_that_is_never_closed_is_cut_by_length_only() -> None:
    found = pieces("```\n" + "line one. Line two.\n" * 200)
    assert len(found) == 5
    assert all(piece.endswith("\n") for piece in found)


def test_paragraphs_alone() -> None:
    assert pieces("One. Two three four.\n\nFive.", Rules(sentences=False)) == ["One. Two three four.\n\n", "Five."]


def test_no_step_reaches_from_one_part_into_the_next() -> None:
    text = "first thought</think>answer<think>second thought"
    assert [text[s.start : s.end] for s in cut_ranges(text, [(0, 13), (34, 48)])] == ["first thought", "second thought"]
    assert cut("") == ()
    assert cut("abc", 2, 2) == ()


def test_rules_that_cannot_be_kept_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be cut"):
        cut("text", rules=Rules(longest=5))


@pytest.mark.parametrize("unit", ["a", " ", "\n", ".", ". ", "`", "$$", "\\", "1.", "“.”", "\x00"])
def test_time_is_linear(unit: str) -> None:
    assert is_linear(cut, unit)
