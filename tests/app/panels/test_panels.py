"""What holds for every panel of the registry, also for those added later."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels import PANELS, Panel
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.theme import Theme
from tests.helpers.rich_log import rich_log

RECORDS = rich_log(12)
every_panel = pytest.mark.parametrize("panel", PANELS, ids=[panel.id for panel in PANELS])


@pytest.fixture
def build(qtbot: QtBot, parts: Parts) -> Callable[[Panel], PanelWidget]:
    def make(panel: Panel) -> PanelWidget:
        widget = panel.factory(parts)
        assert isinstance(widget, PanelWidget)
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        return widget

    return make


def count_refreshes(widget: PanelWidget, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    refresh = widget.refresh

    def counted() -> None:
        calls.append(1)
        refresh()

    monkeypatch.setattr(widget, "refresh", counted)
    return calls


def test_ids_and_titles_are_unique() -> None:
    assert len({panel.id for panel in PANELS}) == len({panel.title for panel in PANELS}) == len(PANELS)


@every_panel
def test_nothing_is_read_while_hidden_and_a_flood_is_read_once(
    panel: Panel,
    build: Callable[[Panel], PanelWidget],
    shown: ShownRun,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    widget = build(panel)
    calls = count_refreshes(widget, monkeypatch)
    shown.show(1, RECORDS[:10])
    for before, after in pairwise(range(10, 30)):
        shown.append(RECORDS[before:after])
    assert calls == []
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.waitUntil(lambda: not widget.stale)
    seen = len(calls)
    assert 1 <= seen <= 2  # the plot reads again after it was painted once
    for before, after in pairwise(range(29, 40)):
        shown.append(RECORDS[before:after])
    qtbot.waitUntil(lambda: not widget.stale)
    assert len(calls) <= seen + 1


@every_panel
def test_every_state_in_both_themes(
    panel: Panel, build: Callable[[Panel], PanelWidget], shown: ShownRun, theme: Theme, qtbot: QtBot
) -> None:
    widget = build(panel)
    with qtbot.waitExposed(widget):
        widget.show()
    states: tuple[Callable[[], None], ...] = (
        lambda: None,
        lambda: shown.show(1, RECORDS),
        lambda: shown.select(1),
        lambda: shown.seek(30),
        lambda: shown.seek(0),
        lambda: shown.show(None, ()),
    )
    for state in states:
        state()
        for mode in ("light", "dark"):
            theme.set_mode(mode)
            qtbot.waitUntil(lambda: not widget.stale)
            assert not widget.grab().isNull()


@every_panel
def test_everything_that_takes_keys_has_a_name(
    panel: Panel, build: Callable[[Panel], PanelWidget], shown: ShownRun, qtbot: QtBot
) -> None:
    widget = build(panel)
    shown.show(1, RECORDS)
    shown.select(1)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.waitUntil(lambda: not widget.stale)
    for child in widget.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(widget) and ours(child):
            assert child.accessibleName() or (isinstance(child, QLabel) and child.text()), child
    for button in widget.findChildren(QAbstractButton):
        assert button.toolTip() or not ours(button)


def ours(widget: QWidget) -> bool:
    """Not a piece of one of Qt's composite widgets (scroll areas, headers, corner and clear buttons)."""
    pieces = {"QScrollArea", "QHeaderView", "QAbstractButton"}
    inside = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit)
    return not inside and type(widget).__name__ not in pieces


@every_panel
def test_labels_obey_no_markup(
    panel: Panel, build: Callable[[Panel], PanelWidget], shown: ShownRun, qtbot: QtBot
) -> None:
    widget = build(panel)
    shown.show(1, RECORDS)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.waitUntil(lambda: not widget.stale)
    for label in widget.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
