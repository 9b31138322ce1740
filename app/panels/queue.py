"""The queue: what the engine was asked for and how far it is, and below it the breakpoints. Starts nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.icons import icon
from app.language import mark, tr
from app.panels.breakpoint_list import BreakpointList
from app.panels.panel import PanelWidget
from app.panels.texts import ElidedLabel, plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from engine.frames import TaskStatus

NOTHING = mark(
    "Nothing is waiting. Select a step and press A to search harder there, S to equalise its siblings, D for "
    "alternatives; the menu Engine has more."
)
BAR_WIDTH = 130


class TaskRow(QFrame):
    """One task: its words, how far it is, and a cross that gives it up."""

    def __init__(self, task: int, cancel: Callable[[int], None], theme: Theme) -> None:
        super().__init__()
        self.words = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(BAR_WIDTH)
        self.cross = QToolButton()
        self.cross.setIcon(icon(theme, "cross"))
        self.cross.setAutoRaise(True)
        self.cross.clicked.connect(lambda: cancel(task))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.cross)

    def show_task(self, task: TaskStatus) -> None:
        words = one_line(task.words)
        self.words.setText(words)
        self.setToolTip(as_tool_tip(task.words))
        self.setAccessibleName(words)
        self.bar.setRange(0, max(1, task.total))
        self.bar.setValue(min(task.done, task.total))
        how_far = tr("{done} of {total}") if task.under_way else tr("waiting")
        self.bar.setFormat(how_far.format(done=task.done, total=task.total))
        self.bar.setAccessibleName(tr("How far it is: {words}").format(words=words))
        name = tr("Cancel: {words}").format(words=words)
        self.cross.setAccessibleName(name)
        self.cross.setToolTip(as_tool_tip(name))


class QueuePanel(PanelWidget):
    """Tasks above, breakpoints below. It can be read while another run is on the screen."""

    preferred_size = QSize(380, 220)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._runs, self._verbs = parts.runs, parts.verbs
        self._tasks: dict[int, TaskRow] = {}
        self.title = plain_label(tr("Tasks"), quiet=True)
        self.cancel_all = QPushButton(tr("Cancel all"))
        self.cancel_all.setAccessibleName(tr("Cancel all"))
        self.cancel_all.setToolTip(tr("Give up everything that waits or is under way; what was done stays"))
        self.cancel_all.clicked.connect(self._verbs.cancel_all)
        self.nothing = plain_label(tr(NOTHING), quiet=True, wrap=True)
        self.breakpoints = BreakpointList(parts.breakpoints, parts.theme)
        self._rows = QVBoxLayout()
        self._build()
        parts.runs.tasks_changed.connect(self.mark_stale)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.cancel_all)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing)
        column.addLayout(self._rows)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.setAccessibleName(tr("Tasks"))
        grid = QGridLayout(self.content)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.addLayout(head, 0, 0)
        grid.addWidget(area, 1, 0)
        grid.addWidget(self.breakpoints, 2, 0)
        grid.setRowStretch(1, 1)
        grid.setRowStretch(2, 1)
        self.say("")

    def refresh(self) -> None:
        tasks = {task.task: task for task in self._runs.tasks}
        for number in [number for number in self._tasks if number not in tasks]:
            row = self._tasks.pop(number)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for number, task in tasks.items():
            if number not in self._tasks:
                self._tasks[number] = TaskRow(number, self._verbs.cancel, self.theme)
                self._rows.addWidget(self._tasks[number])
            self._tasks[number].show_task(task)
        self.nothing.setVisible(not tasks)
        self.cancel_all.setEnabled(bool(tasks))

    @property
    def tasks(self) -> list[TaskRow]:
        """The rows, in the order in which the tasks are performed."""
        return list(self._tasks.values())
