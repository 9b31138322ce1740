"""How long a run will still take: from its pace of late, and nothing where nobody can know."""

from __future__ import annotations

import pytest

from app.models.pace import WINDOW, Pace, clock_words


def test_a_steady_run() -> None:
    pace = Pace()
    assert pace.left() is None
    for second in range(11):
        pace.feed(second, second / 100)
    assert pace.left() == pytest.approx(90)


def test_an_early_pace_is_forgotten() -> None:
    pace = Pace()
    for second in range(101):
        pace.feed(second, second / 1000)
    for second in range(1, int(2 * WINDOW)):
        pace.feed(100 + second, 0.1 + second / 100)
    share = 0.1 + (2 * WINDOW - 1) / 100
    assert pace.left() == pytest.approx((1 - share) * 100, rel=0.1)


def test_nobody_can_know_before_something_was_done() -> None:
    pace = Pace()
    for second in range(5):
        pace.feed(second, 0.25)
    assert pace.left() is None
    pace.restart()
    pace.feed(0, 0.1)
    pace.feed(0.5, 0.2)
    assert pace.left() is None  # half a second says nothing


def test_a_run_that_begins_anew_has_another_pace() -> None:
    pace = Pace()
    pace.feed(0, 0.1)
    pace.feed(10, 0.9)
    pace.feed(11, 0.0)
    assert pace.left() is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (0.2, "0:01"), (41, "0:41"), (60.5, "1:01"), (725, "12:05"), (3725, "1:02:05")]
)
def test_words(seconds: float, words: str) -> None:
    assert clock_words(seconds) == words
