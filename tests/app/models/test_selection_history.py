"""Going back and forward behaves as in a browser, whatever one does, and passes over nodes that are not born."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.selection_history import LONGEST, SelectionHistory

ALL = range(10_000)


class Browser:
    """Two stacks and a page: the behaviour everybody knows."""

    def __init__(self) -> None:
        self.back: list[int] = []
        self.forward: list[int] = []
        self.page: int | None = None

    def visit(self, page: int) -> None:
        if page == self.page:
            return
        if self.page is not None:
            self.back.append(self.page)
        self.page, self.forward = page, []

    def go(self, step: int) -> int | None:
        source, other = (self.back, self.forward) if step < 0 else (self.forward, self.back)
        if not source or self.page is None:
            return None
        other.append(self.page)
        self.page = source.pop()
        return self.page


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(("back", "forward"))), max_size=60))
def test_it_is_a_browser(deeds: list[int | str]) -> None:
    history, browser = SelectionHistory(), Browser()
    for deed in deeds:
        if isinstance(deed, int):
            history.visit(deed)
            browser.visit(deed)
        else:
            step = -1 if deed == "back" else 1
            foreseen = history.peek(step, ALL)
            gone = history.go(step, ALL)
            assert gone == foreseen == browser.go(step)
            if gone is not None:
                history.visit(gone)  # as the selection does that follows: it is no new visit


def test_nodes_that_are_not_born_are_passed_over_and_kept() -> None:
    history = SelectionHistory()
    for node in (1, 7, 2):
        history.visit(node)
    assert history.go(-1, {1, 2}) == 1
    assert history.go(1, ALL) == 7


def test_nothing_lies_before_the_first_or_behind_the_last() -> None:
    history = SelectionHistory()
    assert history.go(-1, ALL) is None
    history.visit(3)
    assert (history.go(-1, ALL), history.go(1, ALL)) == (None, None)


def test_it_does_not_grow_for_ever() -> None:
    history = SelectionHistory()
    for node in range(3 * LONGEST):
        history.visit(node)
    back = 0
    while history.go(-1, ALL) is not None:
        back += 1
    assert back == LONGEST - 1


def test_another_run_starts_anew() -> None:
    history = SelectionHistory()
    history.visit(1)
    history.visit(2)
    history.forget()
    assert history.peek(-1, ALL) is None
