"""What the user attends to: hoisting ends where it would hide the selection, and every change is told once."""

from __future__ import annotations

from app.models.attention import Attention
from app.models.shown_run import ShownRun
from engine.events import ROOT
from tests.helpers.logs import search_log


def counted(attention: Attention) -> list[None]:
    told: list[None] = []
    attention.changed.connect(lambda: told.append(None))
    return told


def test_selecting_outside_ends_hoisting_and_inside_keeps_it() -> None:
    shown = ShownRun()
    shown.show(1, search_log(4))
    shown.attention.hoist(3)
    shown.select(5)
    assert shown.attention.hoisted(shown.tree) == 3
    shown.select(4)  # its sibling
    assert shown.attention.hoisted(shown.tree) == ROOT


def test_a_hoisted_node_that_is_not_born_shows_the_whole_tree_until_it_is() -> None:
    shown = ShownRun()
    shown.show(1, search_log(4))
    shown.attention.hoist(3)
    shown.seek(4)
    assert shown.attention.hoisted(shown.tree) == ROOT
    shown.go_live()
    assert shown.attention.hoisted(shown.tree) == 3


def test_another_run_forgets_all() -> None:
    shown = ShownRun()
    shown.show(1, search_log(4))
    shown.attention.hoist(3)
    shown.attention.toggle_pin(2)
    shown.attention.mark_hits([1, 2], "step")
    shown.show(2, search_log(2, run=2))
    assert shown.attention.hoisted(shown.tree) == ROOT
    assert (shown.attention.pinned, shown.attention.hits, shown.attention.sought) == ((), (), "")


def test_a_pin_is_a_switch() -> None:
    attention = Attention()
    told = counted(attention)
    seen = []
    for node in (7, 2, 7):
        attention.toggle_pin(node)
        seen.append(attention.pinned)
    assert seen == [(7,), (7, 2), (2,)]
    assert len(told) == 3


def test_the_same_again_is_no_change() -> None:
    attention = Attention()
    attention.mark_hits([1], "x")
    told = counted(attention)
    attention.mark_hits([1], "x")
    attention.unhoist()
    assert told == []
    assert attention.found == {1}
