"""The outline keeps its place: what is open, what is selected, what is in sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.canvas.walks import principal_path
from app.models.outline_model import VALUE
from app.models.shown_run import ShownRun
from app.panels.outline import OutlinePanel
from engine.events import Bookmarked, Noted, Record
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(30)


@pytest.fixture
def outline(see: Callable[[type[OutlinePanel]], OutlinePanel], shown: ShownRun) -> OutlinePanel:
    panel = see(OutlinePanel)
    shown.show(1, RECORDS)
    return panel


def test_a_column_is_as_wide_as_its_title_in_any_language(
    see: Callable[[type[OutlinePanel]], OutlinePanel], shown: ShownRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.models.outline_model.HEADERS", ("Schritt", "N", "Bewertung der Schritte", "Score"))
    panel = see(OutlinePanel)
    shown.show(1, RECORDS)
    panel.refresh()
    header = panel.view.header()
    assert header.sectionSize(VALUE) >= header.sectionSizeHint(VALUE) > 100


def is_open(outline: OutlinePanel, node: int) -> bool:
    return outline.view.isExpanded(outline.model.index_of(node))


def test_principal_path_of_a_small_tree_opens_by_itself(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    settle(outline)
    for node in principal_path(shown.tree)[:-1]:
        assert is_open(outline, node)


def test_principal_path_is_open_at_every_event(outline: OutlinePanel, shown: ShownRun) -> None:
    for cursor in range(1, len(RECORDS) + 1):
        shown.seek(cursor)
        outline.refresh()
        assert all(is_open(outline, node) for node in principal_path(shown.tree)[:-1])


def test_what_the_user_closed_stays_closed(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    shown.seek(60)
    settle(outline)
    closed = principal_path(shown.tree)[1]
    outline.view.collapse(outline.model.index_of(closed))
    shown.go_live()
    settle(outline)
    assert closed in principal_path(shown.tree)
    assert not is_open(outline, closed)


def test_what_was_open_is_open_again_after_scrubbing(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    settle(outline)
    opened = next(
        node.id
        for node in shown.tree.nodes.values()
        if node.children and node.id > 20 and node.id not in principal_path(shown.tree)
    )
    outline.view.expand(outline.model.index_of(opened))
    shown.seek(2)
    settle(outline)
    assert not outline.model.index_of(opened).isValid()
    shown.go_live()
    settle(outline)
    assert is_open(outline, opened)


def test_scroll_position_stays_while_the_tree_grows(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    outline.resize(240, 120)
    shown.seek(100)
    settle(outline)
    outline.view.expandAll()
    bar = outline.view.verticalScrollBar()
    bar.setValue(3)
    shown.seek(130)
    settle(outline)
    assert bar.value() == 3


def test_selection_goes_both_ways(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None], qtbot: QtBot
) -> None:
    settle(outline)
    outline.view.setCurrentIndex(outline.model.index_of(3))
    assert shown.selected == 3
    shown.select(7)
    assert outline.model.node_at(outline.view.currentIndex()) == 7
    shown.select(None)
    assert not outline.view.currentIndex().isValid()
    shown.select(0)
    qtbot.keyClick(outline.view, Qt.Key.Key_Down)
    assert shown.selected == 1


def test_scrubbing_selects_nothing_by_itself(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    settle(outline)
    late = len(shown.tree.nodes) - 1
    shown.select(late)
    asked: list[object] = []
    shown.selection_changed.connect(asked.append)
    shown.seek(4)
    settle(outline)
    assert not outline.view.currentIndex().isValid()
    shown.go_live()
    settle(outline)
    assert asked == [None, late]
    assert outline.model.node_at(outline.view.currentIndex()) == late


def test_another_run_starts_afresh(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    settle(outline)
    shown.show(2, rich_log(2, finished=False))
    settle(outline)
    assert outline.model.rowCount(outline.model.index_of(0)) == len(shown.tree.root.children)
    assert not outline.model.index_of(len(shown.tree.nodes)).isValid()


def test_the_focus_alone_selects_nothing(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None], qtbot: QtBot
) -> None:
    settle(outline)
    outline.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(outline.view.hasFocus)
    assert shown.selected is None
    QTest.keyClick(outline.view, Qt.Key.Key_Down)
    assert shown.selected is not None


def test_rows_tell_bookmarks_and_notes_and_grey_what_lies_outside_the_time_range(
    outline: OutlinePanel, shown: ShownRun, settle: Callable[[OutlinePanel], None]
) -> None:
    settle(outline)
    text, ink = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole
    plain = outline.model.data(outline.model.index_of(1), text)
    for event in (Bookmarked(1, True), Noted(1, "odd")):
        shown.append([Record(1, shown.total + 1, 0.0, event)])
    settle(outline)
    assert outline.model.data(outline.model.index_of(1), text) == f"⚑ ✎ {plain}"
    shown.seek(shown.total - 5)  # a note is about a step, not about a moment
    settle(outline)
    assert outline.model.data(outline.model.index_of(1), text) == f"⚑ ✎ {plain}"
    birth = shown.history.birth.tolist()
    shown.time_range.set(birth[7], birth[7])
    settle(outline)
    greyed = [outline.model.data(outline.model.index_of(node), ink) is not None for node in (1, 7)]
    assert greyed == [birth[1] != birth[7], False]
