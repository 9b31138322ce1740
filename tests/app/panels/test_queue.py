"""The queue: rows that follow the engine's word, and a list of breakpoints that is remembered. No engine runs here."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from app.panels.queue import QueuePanel
from app.parts import Parts
from app.words.breakpoint import KINDS, Kind, kind_of, value_of, words_of
from engine.breakpoints import AnswerFound, Breakpoint, DepthPassed, IterationReached, TextMatched, ValueDropped
from engine.frames import Status, TaskStatus


@pytest.fixture
def panel(qtbot: QtBot, parts: Parts) -> QueuePanel:
    made = QueuePanel(parts)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    with qtbot.waitExposed(made):
        made.show()
    parts.runs.active = 3
    return made


def tell(qtbot: QtBot, parts: Parts, panel: QueuePanel, *tasks: TaskStatus) -> None:
    parts.engine.status.emit(Status(3, "running", tasks=tasks))
    qtbot.waitUntil(lambda: not panel.stale)


def test_rows_follow_the_tasks(qtbot: QtBot, parts: Parts, panel: QueuePanel) -> None:
    assert panel.nothing.isVisible()
    first = TaskStatus(1, 4, "8 more simulations below node 4", 2, 8, True)
    second = TaskStatus(2, 5, "only the branch of <b>node 5</b>", 0, 1, False)
    tell(qtbot, parts, panel, first, second)
    assert [(row.words.text(), row.bar.text()) for row in panel.tasks] == [
        ("8 more simulations below node 4", "2 of 8"),
        ("only the branch of <b>node 5</b>", "waiting"),
    ]
    kept = panel.tasks[1]
    tell(qtbot, parts, panel, TaskStatus(2, 5, second.words, 3, 1, True))
    assert panel.tasks == [kept]
    assert (kept.bar.value(), kept.bar.maximum()) == (1, 1)  # a guess of the total may be too low
    tell(qtbot, parts, panel)
    assert panel.nothing.isVisible()
    assert not panel.cancel_all.isEnabled()


def test_what_another_run_is_asked_for_is_not_this_ones(parts: Parts) -> None:
    parts.runs.active = 3
    parts.engine.status.emit(Status(9, "running", tasks=(TaskStatus(1, 4, "something", 0, 1, True),)))
    assert not parts.runs.tasks


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.make.__name__)
def test_every_kind_has_one_value_and_words(kind: Kind) -> None:
    made = kind.make(kind.default)  # type: ignore[arg-type] # the value is of the kind's type
    assert kind_of(made) is kind
    assert value_of(made) == kind.default
    assert words_of(made)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (AnswerFound(), "An answer is found"),
        (AnswerFound(0.9), "An answer is found worth 0.9 or more"),
        (ValueDropped(0.3), "A value drops by more than 0.3"),
        (TextMatched("{value}"), "A step holds “{value}”"),
        (DepthPassed(7), "A step lies deeper than 7"),
    ],
)
def test_breakpoints_in_words(entry: Breakpoint, words: str) -> None:
    assert words_of(entry) == words


def test_a_breakpoint_is_kept_once_and_in_force(parts: Parts, panel: QueuePanel) -> None:
    parts.breakpoints.add(IterationReached(5))
    parts.breakpoints.put_in_force(0, False)
    parts.breakpoints.add(IterationReached(5))
    assert parts.settings.breakpoints == [(IterationReached(5), True)]
    view = panel.breakpoints.view
    assert [view.item(row).text() for row in range(view.count())] == ["Iteration 5 is done"]
    assert view.item(0).checkState() == Qt.CheckState.Checked


def test_what_is_no_breakpoint_in_the_settings_is_none(parts: Parts) -> None:
    parts.settings._store.setValue("v1/breakpoints", '[[{"type": "TextMatched"}, true]]')
    assert parts.settings.breakpoints == []


def test_the_boxes_of_ticks_can_be_seen_in_the_dark(parts: Parts, panel: QueuePanel) -> None:
    window: QColor = panel.breakpoints.view.palette().color(QPalette.ColorRole.Window)
    assert window == parts.theme.palette.secondary


def test_an_empty_list_of_breakpoints_says_what_they_are_for(parts: Parts, panel: QueuePanel) -> None:
    shown = panel.breakpoints
    assert shown.none.isVisibleTo(shown)
    assert not shown.view.isVisibleTo(shown)
    parts.breakpoints.add(IterationReached(5))
    assert not shown.none.isVisibleTo(shown)
    assert shown.view.isVisibleTo(shown)
