"""The tab “Believe it?”: pages that ask whether a scorer can be believed. Each page reads for itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QStackedWidget

from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.desk.trust.calibration import ReliabilityPage
from app.desk.trust.disagreements import DisagreementPage
from app.desk.trust.drift.page import DriftPage
from app.desk.trust.process_bench import BenchPage
from app.language import mark, tr
from app.parts import Parts

PAGES: tuple[type[DeskTab], ...] = (ReliabilityPage, DisagreementPage, BenchPage, DriftPage)
"""In the order of their names; each is made when it is first seen."""
NAMES_PX = 12
"""What the list of names takes beside the longest of them."""


class TrustTab(DeskTab):
    """Names of the pages at the left, the chosen one beside them: a dock is wide and low."""

    title = mark("Believe it?")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.names = QListWidget()
        self._stack = QStackedWidget()
        self._made: dict[type[DeskTab], DeskTab] = {}
        self._build()
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)
        self._fit()

    @property
    def page(self) -> DeskTab:
        """The one that is seen."""
        page = self._stack.currentWidget()
        assert isinstance(page, DeskTab)
        return page

    def open(self, kind: type[DeskTab]) -> DeskTab:
        """Go to a page."""
        self.names.setCurrentRow(PAGES.index(kind))
        return self.page

    def refresh(self) -> None:
        self.say("")

    def restyle(self) -> None:
        self._fit()
        super().restyle()

    def _build(self) -> None:
        self.names.addItems([tr(kind.title) for kind in PAGES])
        self.names.setAccessibleName(tr("Ways to doubt a scorer"))
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.names.setSpacing(1)
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.names)
        row.addWidget(self._stack, 1)

    def _fit(self) -> None:
        """As wide as the longest name."""
        self.names.setFixedWidth(self.names.sizeHintForColumn(0) + NAMES_PX)

    def _show(self, number: int) -> None:
        if not 0 <= number < len(PAGES):
            return
        kind = PAGES[number]
        if kind not in self._made:
            self._made[kind] = kind(self.parts, self.data)
            self._stack.addWidget(self._made[kind])
        self._stack.setCurrentWidget(self._made[kind])
