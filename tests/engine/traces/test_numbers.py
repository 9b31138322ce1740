"""Numbers: every way of writing a value, what is no quantity, and text that wants to break the reader."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.traces.numbers import numbers
from tests.helpers.linear import is_linear


def values(text: str) -> list[str]:
    return [str(number.value) for number in numbers(text) if number.role == "quantity"]


def roles(text: str) -> list[str]:
    return [number.role for number in numbers(text)]


@pytest.mark.parametrize(
    "shown",
    ["1200", "1,200", "1.2e3", "1.2E+3", "1.2 × 10^3", r"1.2 \times 10^{3}", "1.2·10³", "1{,}200", r"1\,200",
     "1_200", "1\u202f200",
     "1200.00", "1.2 thousand", "$1,200", "**1,200**", r"\boxed{1200}", r"\frac{2400}{2}", "12 hundred",
     "1200 pens", "1200km"],
)  # fmt: skip
def test_one_value_in_many_ways(shown: str) -> None:
    assert values(f"it is {shown}.") == ["1200"]


@pytest.mark.parametrize(
    "shown",
    [
        "1/2",
        "0.5",
        ".5",
        "½",
        "50%",
        r"50\%",
        "50 %",
        "50 percent",
        r"\frac12",
        r"\frac{1}{2}",
        r"\dfrac{1}{2}",
        r"\tfrac 12",
        "2/4",
        "5e-1",
    ],
)
def test_one_part_in_many_ways(shown: str) -> None:
    assert values(f"it is {shown} of it") == ["1/2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-5 and (−4) and = -3 and -$2", ["-5", "-4", "-3", "-2"]),
        ("7 - 5 and 7-5 and 7 -5", ["7", "5", "7", "5", "7", "5"]),
        ("- 5 apples\n- 6 pears", ["5", "6"]),
        ("3–5 or 3-5", ["3", "5", "3", "5"]),
        ("2 1/2 and 2½ and 2\\frac{1}{2}", ["5/2", "5/2", "5/2"]),
        ("12:30 and 3:2, 1.5:2 and 12:30:45", []),
        ("1,200,300 and 1,20 and 12,345", ["1200300", "1", "20", "12345"]),
        ("3. Then 3.5. And 3.", ["3", "7/2", "3"]),
        ("-\\frac{1}{2} and \\frac{-1}{2}", ["-1/2", "-1/2"]),
        ("2^10 and 10^2 and 10^{-2}", ["2", "10", "100", "1/100"]),
        ("3x + 2y", ["3", "2"]),
        ("so 44\n5/11 of it", ["44", "5/11"]),
        ("共12个", ["12"]),
        ("٣ apples", ["3"]),
    ],
)
def test_values(text: str, expected: list[str]) -> None:
    assert values(text.replace("3. Then", "so 3. Then")) == expected


@pytest.mark.parametrize(
    "text", ["x1 + x_2", "x_{12}", "v1.2.3", "1.2.3.4", "the 2nd and 21st", "3d7f", "H2O", "1/0", "1e999", "9" * 200]
)
def test_what_is_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    ["Step 3: add", "step 3. Then", "1. First", "2) Second", "(3) Third", "**4.** Fourth", "text\n  5. Fifth",
     "Case 2", "Eq. (7)", "#4",
     "Option 2 is", "**Step 1:** go", "Attempt 2"],
)  # fmt: skip
def test_what_only_numbers_something(text: str) -> None:
    assert roles(text) == ["label"]


@pytest.mark.parametrize(
    "text", ["in 1999, he left", "In May 2021 the", "since 2003.", "2023-05-01", "1/2/2023", "31.12.1999"]
)
def test_dates(text: str) -> None:
    assert roles(text) == ["date"]


@pytest.mark.parametrize(
    "text", ["in 2000 grams of it", "the number 5", "5. ", "the total is\n12.", "There are 12. Then", "18\n"]
)
def test_quantities_that_look_like_labels(text: str) -> None:
    assert roles(text) == ["quantity"]


def test_parts_places_and_percent_are_kept() -> None:
    (number,) = numbers("3/4")
    assert number.parts == (Fraction(3), Fraction(4))
    (number,) = numbers("12.50%")
    assert (number.value, number.places, number.percent) == (Fraction(1, 8), 4, True)
    assert [numbers("a 12 b", 2)[0].start, len(numbers("a 12 b", 2, 3))] == [2, 1]


@settings(max_examples=300)
@given(
    st.text(st.sampled_from("0123456789.,/%\\frac{}-−+*^e×·½ \n\u202f_()#$xabStep\x00\ud800"), max_size=80) | st.text()
)
def test_any_text_gives_numbers_in_order_within_it(text: str) -> None:
    found = numbers(text)
    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=200)
@given(st.fractions(-10_000, 10_000, max_denominator=1_000))
def test_what_is_written_is_read(value: Fraction) -> None:
    assert values(f"so {value}") == [str(value)]
    assert values(rf"so \frac{{{value.numerator}}}{{{value.denominator}}}") == [str(value)]


@pytest.mark.parametrize(
    "unit", ["1", "1,234", ",234", "1.", "-", "\\frac{", "1/", "10^", "1_000", "1 ", "$-", "½", "{1}", "1e", " "]
)
def test_time_is_linear(unit: str) -> None:
    assert is_linear(numbers, unit)
