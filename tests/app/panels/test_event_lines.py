"""Every event in a few words, from the event alone."""

from __future__ import annotations

from typing import get_args

import pytest

from app.panels.event_lines import happened
from engine.events import AnyEvent, Bookmarked, Expanded, NewNode, Noted, Pruned, Restored, VirtualLossChanged
from tests.helpers.rich_log import rich_log


def test_every_kind_of_event_has_words() -> None:
    told = {type(record.event): happened(record.event) for record in rich_log(6, everything=True)}
    assert set(told) == set(get_args(AnyEvent))
    for kind, words in told.items():
        assert words
        assert words != kind.__name__
        assert "{" not in words


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Pruned(1, (3,), ("x",)), "node 3 pruned"),
        (Restored(1, (3, 4)), "nodes 3 and 4 restored"),
        (Pruned(1, (3, 4, 5), ("x",) * 3), "3 nodes pruned"),
        (Expanded(1, 2, (NewNode(3, "a", 1.0),)), "1 step below node 2"),
        (Expanded(1, 2, (NewNode(3, "a", 1.0),), generator="person"), "a step was inserted below node 2"),
        (VirtualLossChanged(1, 4, -1), "node 4 came back"),
        (Noted(3, "look\nat \u202e this"), "node 3 noted: look at ⟦202E⟧ this"),
        (Noted(3, ""), "note of node 3 removed"),
        (Bookmarked(3, False), "bookmark of node 3 removed"),
    ],
)
def test_words(event: AnyEvent, words: str) -> None:
    assert happened(event) == words
