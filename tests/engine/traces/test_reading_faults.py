"""What reports of real texts showed: claims at the border of two parts, lists, choices, several solutions."""

from __future__ import annotations

import pytest

from engine.traces.alignment import align_trace
from engine.traces.answers import bare, last_answer, stated_answers
from engine.traces.equations import equations
from engine.traces.lexical import LEAST_READ, Index
from engine.traces.numbers import numbers
from engine.traces.overthinking import measure
from engine.traces.spans import Span, Trace
from engine.traces.splitter import split
from engine.traces.steps import cut


def fields(hidden: str, exposed: str) -> Trace:
    """A trace as servers send it: nothing stands between its parts."""
    end = len(hidden)
    spans = (Span("hidden", 0, end), Span("exposed", end, end + len(exposed)))
    return Trace(hidden + exposed, spans, "", "")


def test_a_part_begins_anew_whatever_stands_before_it() -> None:
    for before in ("4", "4.", "done", "x_", "-"):
        text = f"{before}10 apples"
        (number,) = numbers(text, len(before))
        assert (int(number.value), number.start, number.end) == (10, len(before), len(before) + 2), before
    text = "doneAnswer: 10"
    (answer,) = stated_answers(text, 4)
    assert (answer.text, answer.start, answer.how) == ("10", 12, "said")
    aligned = align_trace(fields("So 3*4 = 12", "12 is it"))
    assert aligned.answer.same is True
    shown = last_answer("So 3*4 = 12#### 12", 11)
    assert shown is not None
    assert (shown.how, shown.start) == ("said", 16)


def test_a_lists_number_before_bold_words_is_a_label() -> None:
    assert [number.role for number in numbers("1. **April:** 48 clips\n2. **May:** 24")] == [
        "label",
        "quantity",
        "label",
        "quantity",
    ]


def test_a_choice_is_its_letter() -> None:
    assert {
        bare(answer) for answer in ("B", "(B)", "b)", "B.", "**(B)**", "B. Jupiter", "\\text{(B)}", "option B")
    } == {"b"}
    assert bare("A train") == "atrain"
    assert bare("E = 5") == "e=5"
    assert bare("(A+B)") == "(a+b)"
    thought = "<think>Jupiter is the largest. The answer is B.</think>The answer is **(B)**."
    assert align_trace(split(thought)).answer.same is True


def test_a_name_may_have_several_values() -> None:
    text = "x = 2 or x = 3, and y = 4"
    assert [f"{made.key} {made.result}" for made in equations(text, numbers(text))] == ["x 2", "x 3", "y 4"]
    aligned = align_trace(split("<think>We try x = 2, then 3.</think>So x = 3."))
    assert aligned.count("contradicted") == 0
    aligned = align_trace(split("<think>So total = 12.</think>So total = 15."))
    assert aligned.count("contradicted", "equation") == 1


def test_a_number_that_something_is_worked_out_from_contradicts_nothing() -> None:
    thought = "<think>So Henry traveled 60 - 35 = 25 miles between his first and second stops.</think>"
    shown = "So Henry traveled 20 + 15 = 35 miles between his first and second stops."
    aligned = align_trace(split(thought + shown))
    marks = {str(entry.claim.number.value): entry.mark for entry in aligned.claims if entry.claim.number is not None}
    assert marks["35"] == "contradicted"
    assert "contradicted" not in (marks["20"], marks["15"])


def marks_of(thought: str, shown: str) -> list[tuple[str, str]]:
    """Kind and mark of every claim."""
    return [(entry.claim.kind, entry.mark) for entry in align_trace(split(f"<think>{thought}</think>{shown}")).claims]


@pytest.mark.parametrize(
    "one", ["4/20*100 = 20%", "4/20 x 100% = 20%", "100 * 4/20 = 20", r"\frac{4}{20}\times 100\% = 20\%"]
)
@pytest.mark.parametrize(
    "other", ["4/20*100 = 20%", r"$4/20 \times 100\% = 20\%$", "20% = 4/20*100", "4/20 * 100 = 20"]
)
def test_a_percent_sign_changes_no_calculation(one: str, other: str) -> None:
    found = marks_of(f"So {one}.", f"So {other}")
    assert ("equation", "supported") in found
    assert {mark for _, mark in found} == {"supported"}
    assert ("equation", "contradicted") in marks_of(f"So {one}.", "So 4/20 x 100% = 25%.")


@pytest.mark.parametrize(
    ("text", "key", "verdict"),
    [
        ("4/20 x 100% = 20%", "100*4/20", "exact"),
        ("1/3*100 = 33.33%", "1/3*100", "rounded"),
        ("4/20 x 100% = 25%", "100*4/20", "wrong"),
        ("100% * 50 = 50", "1*50", "exact"),
        ("100% - 20% = 80%", "1-(1/5)", "exact"),
        ("20% of 50 = 10", "(1/5)*50", "exact"),
    ],
)
def test_what_a_percent_sign_means(text: str, key: str, verdict: str) -> None:
    (made,) = equations(text)
    assert (made.key, made.verdict) == (key, verdict)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("at 12:00", "ratio"),
        ("a 3:1 mix", "ratio"),
        ("12:30:45", "ratio"),
        ("192.168.0.1:8080", "ratio"),
        ("version 3.11", "label"),
        ("release 2.0", "label"),
        ("May 5", "date"),
        ("the 3 of March", "date"),
        ("14 Dec", "date"),
        ("3 may do", "quantity"),
        ("Result:12", "quantity"),
    ],
)
def test_times_ratios_dates_and_versions_are_no_quantities(text: str, role: str) -> None:
    assert [number.role for number in numbers(text)] == [role]


def test_nothing_is_worked_out_from_times_and_ratios() -> None:
    assert equations("12:00 - 2:30 = 9:30, 3:1 = 6:2, 10:30 = 5*6") == []
    thought, shown = "The train leaves the town at 12:00 sharp.", "The train leaves the town at 14:00 sharp."
    assert marks_of(thought, shown) == [("text", "supported")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the answer is probably about 12 pens", "12"),
        ("the answer is approx. 12", "12"),
        (r"the answer is \$12.50", "25/2"),
        (r"the answer is $\displaystyle 12$", "12"),
        ("the answer is (13 - 9) * (10 - 4)", "24"),
        (r"the answer is $(10 - 4) \times (13 - 9) = 24$", "24"),
        ("the answer is 10-12", "None"),
        ("the answer is one more than 5", "None"),
        ("the answer is at most 12", "None"),
        ("the answer is > 3", "None"),
        ("the answer is 5x", "None"),
        (r"the answer is 3\pi", "None"),
        ("the answer is 12:30", "None"),
    ],
)
def test_words_with_a_number_are_no_number(text: str, value: str) -> None:
    (answer,) = stated_answers(text)
    assert str(answer.value) == value


@pytest.mark.parametrize(
    "text",
    [
        "the answer is correct.",
        "the answer is not clear until step 3",
        "the answer is indeed right",
        "A professor thinks the answer is (C).",
        "The hint says that the answer is 5.",
        "if the answer is 5, then",
        "the answer should be written as an expression",
    ],
)
def test_what_is_said_about_an_answer_is_none(text: str) -> None:
    assert stated_answers(text) == ()


def test_an_answer_that_is_marked_as_such_may_be_a_judgement() -> None:
    assert [answer.text for answer in stated_answers("Answer: incorrect\nI think the answer is right angle")] == [
        "incorrect",
        "right angle",
    ]


def test_a_number_and_words_that_have_it_cannot_be_compared() -> None:
    aligned = align_trace(split("<think>The answer is that Tom has 7 apples.</think>The answer is 7."))
    assert aligned.answer.same is None
    assert "one is a number, the other words" in aligned.answer.how
    aligned = align_trace(split("<think>The answer is that Tom has 7 apples.</think>The answer is 8."))
    assert aligned.answer.same is False


def test_words_that_are_denied_support_nothing() -> None:
    thought, shown = "I have not verified that the sort is stable.", "I implemented it and verified the sort is stable."
    aligned = align_trace(split(f"<think>{thought}</think>{shown}"))
    assert [(entry.mark, [link.step for link in entry.against]) for entry in aligned.claims] == [("only exposed", [0])]
    assert marks_of(thought.replace(" not", ""), shown) == [("text", "supported")]


def test_a_sentence_with_an_equation_of_its_own_is_not_supported_by_its_words() -> None:
    thought, shown = "Of the red marbles, 4 + 6 = 10 are in the box.", "Of the red marbles, 5 + 8 = 13 are in the box."
    assert marks_of(thought, shown)[0] == ("text", "contradicted")
    assert marks_of("The red marbles are in the box.", "The red marbles in the box: 5 * 5 = 25.")[0] == (
        "text",
        "only exposed",
    )


def test_a_last_number_that_nothing_calls_an_answer_measures_nothing() -> None:
    text = "13 - 9 = 4. Then 4 * 6 = 24. Or 10 - 9 = 1, and"
    meter = measure(text, cut(text))
    assert meter.first is None
    assert meter.judged.startswith("nobody can say")
    shown = last_answer("so 24 of them")
    assert measure(text, cut(text), final=shown).judged.startswith("equal to the last number shown")


def test_a_whole_number_rounds_only_where_it_says_so() -> None:
    thought = "In Fahrenheit: 11 * 9/5 + 32 = 51.8 degrees."
    for shown in ("It is about 52 degrees.", "It is ≈ 52 degrees."):
        assert ("number", "supported") in marks_of(thought, shown)
    assert ("number", "supported") not in marks_of(thought, "It is 52 degrees.")
    assert ("number", "supported") not in marks_of(thought, "It is about 53 degrees.")


def test_many_searches_for_common_words_read_little_each() -> None:
    text = "the red pens.\n" * 3_000
    steps = cut(text)
    few, many = Index(text, steps), Index(text, steps, 10**9)
    assert [step for step, _ in few.search(["red", "pen"], 3)] == [2_999, 2_998, 2_997]
    assert [step for step, _ in many.search(["red", "pen"], 3)] == [2_999, 2_998, 2_997]
    assert len(few.search(["red"], 10_000)) == 3_000
    assert len(many.search(["red", "pen"], 10_000)) == LEAST_READ
