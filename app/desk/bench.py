"""The desk itself: the row of choices, the tabs, and what they read. Made when the dock is first seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from app.banner import Notice
from app.desk.bar import DeskBar
from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.desk.tabs import TABS
from app.desk.trace.tab import TraceTab
from app.language import tr
from app.parts import Parts

KEEP_UP_MS = 400
"""Milliseconds between two looks at runs that grow behind the one on screen."""
HEAD_PX = 24
"""Margins of the row of tabs and choices."""


class DeskBench(QWidget):
    """Tabs at the left, choices at the right; in a narrow dock the choices stand below."""

    scoring_wanted = Signal()
    """The user wants a model to score the runs of the scope."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.data = DeskData(parts, self)
        self.bar = DeskBar(parts.theme, self.data)
        self.names = QTabBar()
        self._awaited = False
        """Whether somebody has asked for scores here, and will want to see them."""
        self._stack = QStackedWidget()
        self._made: dict[type[DeskTab], DeskTab] = {}
        self._build()
        self.names.currentChanged.connect(self._show)
        self.data.reading.connect(self._say)
        self.bar.scoring_wanted.connect(self._want_scores)
        self.bar.cancel_wanted.connect(parts.scoring.cancel)
        parts.scoring.changed.connect(self._follow_scoring)
        self._pulse = QTimer(self, interval=KEEP_UP_MS)
        self._pulse.timeout.connect(self.data.read)
        self._show(0)

    @property
    def tab(self) -> DeskTab:
        """The one in front."""
        tab = self._stack.currentWidget()
        assert isinstance(tab, DeskTab)
        return tab

    def open(self, kind: type[DeskTab]) -> DeskTab:
        """Bring a tab to the front."""
        self.names.setCurrentIndex(TABS.index(kind))
        return self.tab

    def ask_labels(self) -> None:
        """Open the form of Monte-Carlo labels for the trace on show."""
        tab = self.open(TraceTab)
        assert isinstance(tab, TraceTab)
        self.data.read()
        tab.refresh()
        if why := tab.labelling.why_not(tab.traced):
            self._parts.sessions.notice.emit(Notice(why, "hint"))
        else:
            tab.labelling.ask(tab.traced)

    def read(self) -> None:
        """Something has changed, and somebody looks. A run that is not on the screen tells nobody that it grows."""
        self.data.read()
        active = self._parts.runs.active
        busy = self._parts.scoring.active or (active is not None and active != self._parts.shown.run)
        (self._pulse.start if busy else self._pulse.stop)()

    def rest(self) -> None:
        """Nobody looks any more."""
        self._pulse.stop()
        self.data.rest()

    def _want_scores(self) -> None:
        self._awaited = True
        self.scoring_wanted.emit()

    def _follow_scoring(self) -> None:
        """The first scores of a model that was asked here come into view by themselves."""
        scorer = self._parts.scoring.scorer
        if self._awaited and scorer:
            self._awaited = False
            self.data.set_scorer(scorer)
        self._say(*self.data.progress)

    def restyle(self) -> None:
        self.bar.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Tabs and choices in one row, if they have room there."""
        narrow = self.names.sizeHint().width() + self.bar.sizeHint().width() > self.width() - HEAD_PX
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._head.direction():
            self._head.setDirection(way)

    def _build(self) -> None:
        for kind in TABS:
            self.names.addTab(tr(kind.title))
        self.names.setAccessibleName(tr("Tabs of the PRM desk"))
        self.names.setDrawBase(False)
        for arrow in self.names.findChildren(QToolButton):
            arrow.setToolTip(tr("More tabs"))
        self.names.setExpanding(False)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(4)
        self._head.addWidget(self.names)
        self._head.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)

    def _show(self, number: int) -> None:
        kind = TABS[number]
        if kind not in self._made:
            self._made[kind] = kind(self._parts, self.data)
            self._stack.addWidget(self._made[kind])
        self._stack.setCurrentWidget(self._made[kind])

    def _say(self, read: int, of: int) -> None:
        """How far reading is, or else scoring."""
        scoring = self._parts.scoring
        words = tr("{read:,} of {of:,} runs read…").format(read=read, of=of) if read < of else ""
        if not words and scoring.active:
            words = tr("{done:,} of {total:,} traces scored…")
            words = words.format(done=scoring.count.done, total=max(scoring.count.done, scoring.count.total))
        self.bar.say(words)
        self.bar.allow_scoring(scoring.why_not(), scoring.active)
        self._fit_head()
