"""Calculator marks: what is exact, rounded, wrong, or no equation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.traces.calculator import MOST_CHARACTERS, check, explain, marks


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [
        ("16-3-4=9", "exact"),
        ("3/4=3/4", "exact"),
        ("0.1+0.2=0.3", "exact"),
        ("80,000*1.5=120000", "exact"),
        (".5*4=2.0", "exact"),
        ("-3+5=2", "exact"),
        ("2--3=5", "exact"),
        ("6/-2=-3", "exact"),
        ("3-(-5)=8", "exact"),
        ("5*2/5=2.0=2", "exact"),
        ("10/3=3.33", "rounded"),
        ("1.1/3=0.4", "rounded"),
        ("3*0.1=0.30000000000000004", "rounded"),
        ("11/18-10=-9.38888888888889", "rounded"),
        ("3+4=8", "wrong"),
        ("10/3=3.34", "wrong"),
        ("3/4=2/4", "wrong"),
        ("10/3=10/2=5", "wrong"),
        ("5", "unread"),
        ("=5", "unread"),
        ("x+5=7", "unread"),
        ("3 4=7", "unread"),
        ("(3=3", "unread"),
        ("1/0=1", "unread"),
        ("2(3)=6", "unread"),
        ("-(2)=-2", "unread"),
        ("10-=10", "unread"),
        ("()=0", "unread"),
    ],
)
def test_a_mark_is_checked_exactly(mark: str, verdict: str) -> None:
    (found,) = marks(f"so <<{mark}>>much")
    assert (found.text, found.verdict) == (mark, verdict)
    assert found.text in explain(found)


def test_where_marks_stand_and_what_they_come_to() -> None:
    text = "a <<1+1=2>>2, <<2*2=5>>5 and << 3 >"
    first, second = marks(text)
    assert text[first.start : first.end] == "<<1+1=2>>"
    assert (first.value, second.value) == (Fraction(2), Fraction(4))
    assert explain(second) == "2*2=5 is wrong: it is 4"
    assert explain(marks("<<123457/123458=2>>")[0]) == "123457/123458=2 is wrong: it is about 0.999992"
    assert marks(f"<<{'1' * (MOST_CHARACTERS + 1)}>>") == ()


def test_a_step_is_true_if_all_its_marks_are() -> None:
    assert check(()) is None
    assert check(marks("<<1+1=2>> <<2+2=4>>")) is True
    assert check(marks("<<1+1=2>> <<2+2=5>> <<x=1>>")) is False
    assert check(marks("<<1+1=2>> <<10/3=3.3>>")) is None
    assert check(marks("<<x=1>>")) is None


@given(st.text(alphabet="0123456789.,+-*/()= x", max_size=40))
def test_any_text_is_some_mark(text: str) -> None:
    for mark in marks(f"<<{text}>>"):
        assert explain(mark)
