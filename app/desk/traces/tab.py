"""The desk's tab of many traces: pictures of their scores beside their ranking. Nothing is scored here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.desk.traces.pictures import TracePictures
from app.desk.traces.ranking import TraceRanking
from app.language import mark, tr
from app.parts import Parts
from app.words.nothing import NO_RUN

TALL = 0.9
"""Height to width from which the ranking stands below the pictures."""
SHARE = 0.56
"""Of the pictures."""
NO_TRACES = mark(
    "No trace has ended yet in these runs. Start a run that draws several samples, or choose more runs above."
)
NO_SCORES = mark(
    "{traces:,} traces have ended, and no model has scored their steps. Press “Score with…” above to have them scored."
)


class TracesTab(DeskTab):
    """Made when it is first seen."""

    title = mark("Traces")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.pictures = TracePictures(parts.theme, data)
        self.ranking = TraceRanking(parts.theme, data)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.pictures)
        self.split.addWidget(self.ranking)
        self.split.setChildrenCollapsible(False)
        self._moved = False
        """Whether somebody has moved the handle."""
        self.split.splitterMoved.connect(self._keep_share)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        for part in (self.pictures, self.ranking):
            part.trace_chosen.connect(self._show)

    def refresh(self) -> None:
        table = self.data.table
        if not table.values.size:
            self.say(tr(NO_TRACES if self.parts.sessions.runs else NO_RUN))
            return
        if not self.data.scorers:
            self.say(tr(NO_SCORES).format(traces=len(table.traces)))
            return
        self.say("")
        self.pictures.show_data()
        self.ranking.show_data()

    def restyle(self) -> None:
        self.pictures.restyle()
        self.ranking.restyle()
        super().restyle()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(QSize(300, 110))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tall = self.height() > TALL * self.width()
        self.split.setOrientation(Qt.Orientation.Vertical if tall else Qt.Orientation.Horizontal)
        if not self._moved:
            whole = self.height() if tall else self.width()
            self.split.setSizes([round(whole * SHARE), round(whole * (1 - SHARE))])

    def _show(self, trace: int) -> None:
        self.data.show(trace)

    def _keep_share(self) -> None:
        self._moved = True
