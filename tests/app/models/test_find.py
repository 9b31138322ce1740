"""Finding steps: what is found is what contains the text, has the visits and the verdict, at the cursor."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.models.find import Finder, Wanted
from engine.events import Expanded, NewNode, Record
from tests.helpers.logs import search_log


def finder(*steps: str) -> Finder:
    """Of a run with the root and these steps."""
    made = Finder()
    start = search_log(0)[0]
    children = tuple(NewNode(node, step, 0.1) for node, step in enumerate(steps, 1))
    made.read((start, Record(1, 2, 2.0, Expanded(1, 0, children))))
    return made


@given(
    st.lists(st.text(alphabet="abAB =4", max_size=6), max_size=12), st.text(alphabet="abA4", max_size=2), st.booleans()
)
def test_it_finds_what_contains_the_text(steps: list[str], text: str, match_case: bool) -> None:
    texts = ["4 9 10 13", *steps]
    expected = [n for n, t in enumerate(texts) if (text in t if match_case else text.casefold() in t.casefold())]
    assert finder(*steps).with_text(text, match_case) == expected


def test_only_what_exists_at_the_cursor_is_found() -> None:
    assert finder("x", "y", "x").with_text("x", count=3) == [1]


def test_the_root_is_the_problem() -> None:
    assert finder().with_text("9 10") == [0]


def test_a_log_that_grows_is_read_on() -> None:
    records = search_log(3)
    grown, whole = Finder(), Finder()
    for end in range(len(records) + 1):
        grown.read(records[:end])
        grown.with_text("step")
    whole.read(records)
    assert grown.with_text("step") == whole.with_text("step") == list(range(1, 7))


def test_all_that_is_wanted_must_hold() -> None:
    made, visits = finder("a", "ab", "b", "A"), np.array([9, 5, 1, 7, 3], np.int32)

    def solved(node: int) -> bool:
        return node == 4

    assert made.find(Wanted("a"), visits, solved) == [1, 2, 4]
    assert made.find(Wanted("a", match_case=True), visits, solved) == [1, 2]
    assert made.find(Wanted("a", visits=3), visits, solved) == [1, 4]
    assert made.find(Wanted("a", visits=3, solved=True), visits, solved) == [4]
    assert made.find(Wanted("", visits=6), visits, solved) == [0, 3]


def test_nothing_wanted_is_said_so() -> None:
    assert Wanted().anything
    assert Wanted(match_case=True).anything
    assert not Wanted("x").anything
    assert not Wanted(solved=True).anything
