"""The whole tree as it was read: what happens to the history afterwards does not reach the painter."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.canvas.whole import WholeTree
from app.models.shown_run import ShownRun
from tests.app.canvas.trees import Search


@pytest.mark.parametrize("way", ["back", "forth"])
def test_colours_are_those_of_the_reading_though_the_cursor_has_moved(qapp: QApplication, way: str) -> None:
    """A picture may be painted between a move of the cursor and the next reading."""
    assert qapp is not None, "a run on the screen has timers"
    shown = ShownRun()
    shown.show(1, Search(width=4, seed=3, deepest=8).run(20).records)
    early, late = shown.total // 4, shown.total
    shown.seek(late if way == "back" else early)
    tree = WholeTree(shown)
    tree.refresh(0.0)
    count = tree.count
    shown.seek(early if way == "back" else late)
    assert tree.blend is not None
    assert tree.count == count
    tree.refresh(1.0)
    assert tree.blend is not None
    assert tree.count != count
