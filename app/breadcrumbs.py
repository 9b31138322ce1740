"""The bar above the tree: the trace from the root to the selection, and which of the four phases the search is in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.models.shown_run import ShownRun
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from engine.events import PHASES, ROOT, NodeId, Phase
from engine.tree import Node, Tree

LONGEST_CRUMB = 32
"""Characters of a step in the bar."""
CRUMB_EDGES = 26
"""Pixels of a crumb besides its text: margins of the button and the angle in front of it."""

PHASE_WORDS: dict[Phase, str] = {
    "selection": "Select",
    "expansion": "Expand",
    "simulation": "Simulate",
    "backpropagation": "Backprop",
}


class BreadcrumbBar(QWidget):
    """root › … › step › selected step, each a button, as many as there is room for; the phases at the right."""

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._drawn: tuple[tuple[NodeId, ...], int] | None = None
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 8, 2)
        layout.addLayout(self._crumbs)
        layout.addStretch(1)
        self.phases = PhaseIndicator(shown, theme)
        layout.addWidget(self.phases)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        shown.selection_changed.connect(self._refresh)
        shown.run_changed.connect(self._refresh)
        shown.tree_changed.connect(self._refresh)
        self._refresh()

    def texts(self) -> list[str]:
        """What the bar says, from the root on."""
        items = filter(None, map(self._crumbs.itemAt, range(self._crumbs.count())))
        widgets = [item.widget() for item in items]
        return [widget.text() for widget in widgets if isinstance(widget, QToolButton)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        tree, selected = self._shown.tree, self._shown.selected
        end = selected if selected is not None else ROOT
        path = tree.path(end) if end in tree.nodes else []
        room = self.width() - self.phases.sizeHint().width() - 40
        wanted = tuple(node.id for node in path), room
        if wanted != self._drawn:
            self._drawn = wanted
            self._clear()
            self._fill(path, room)

    def _clear(self) -> None:
        while (item := self._crumbs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _fill(self, path: Sequence[Node], room: int) -> None:
        """The root and, from the end backwards, the steps that fit; one ellipsis stands for those between."""
        metrics = self.fontMetrics()
        words = [_words(node) for node in path]
        widths = [metrics.horizontalAdvance(text) + CRUMB_EDGES for text in words]
        start = len(path)
        used = sum(widths[:1]) + metrics.horizontalAdvance("› …")
        while start > 1 and (used + widths[start - 1] <= room or start == len(path)):
            start -= 1
            used += widths[start]
        shown = [0, *range(start, len(path))] if path else []
        for at in shown:
            if at:
                self._crumbs.addWidget(QLabel("› … ›" if at == start > 1 else "›"))
            width = min(widths[at], max(40, room - sum(widths[:1]) - 40))
            text = metrics.elidedText(words[at], Qt.TextElideMode.ElideRight, width - CRUMB_EDGES + 8)
            self._crumbs.addWidget(self._crumb(path[at], text, last=at == len(path) - 1))

    def _crumb(self, node: Node, text: str, last: bool) -> QToolButton:
        button = QToolButton()
        button.setText(text.replace("&", "&&"))
        button.setToolTip(as_tool_tip(node.step))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if last:
            font = button.font()
            font.setBold(True)
            button.setFont(font)
        button.clicked.connect(lambda: self._shown.select(node.id))
        return button


class PhaseIndicator(QWidget):
    """① Select ② Expand ③ Simulate ④ Backprop: a full disc for the phase under way, a thick ring for the next one."""

    GAP, DISC, PAD = 14, 15, 4

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._theme = theme
        self._state: tuple[Phase | None, Phase | None] = (None, None)
        for signal in (shown.tree_changed, shown.status_changed, shown.run_changed, shown.live_changed):
            signal.connect(self._refresh)
        theme.changed.connect(self.update)
        self.setToolTip(
            "The four phases of one iteration: walk to a promising step, write steps after it, judge them, credit the "
            "value to the trace. A full disc is the phase just done, a ring the one to come."
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def lit(self) -> Phase | None:
        """The phase of the latest event shown."""
        return self._state[0]

    @property
    def next(self) -> Phase | None:
        """The phase that a step would perform, while the run is paused at the end of its log."""
        return self._state[1]

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        words = sum(metrics.horizontalAdvance(word) for word in PHASE_WORDS.values())
        each = self.DISC + self.PAD + self.GAP
        return QSize(round(words + each * len(PHASES)) + 8, max(22, round(metrics.height()) + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 1.0
            for number, (phase, word) in enumerate(PHASE_WORDS.items(), 1):
                x = self._paint_phase(painter, x, number, phase, word)

    def _paint_phase(self, painter: QPainter, x: float, number: int, phase: Phase, word: str) -> float:
        colours = self._theme.palette
        colour = colours.phases[number - 1]
        disc = QRectF(x, (self.height() - self.DISC) / 2, self.DISC, self.DISC)
        lit, coming = phase == self.lit, phase == self.next
        painter.setPen(QPen(colour if lit or coming else colours.faint, 2 if coming else 1))
        painter.setBrush(colour if lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        painter.setPen(_readable_on(colour) if lit else colours.text if coming else colours.secondary)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setPen(colours.text if lit or coming else colours.secondary)
        width = QFontMetricsF(painter.font()).horizontalAdvance(word)
        place = QRectF(disc.right() + self.PAD, 0, width + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        return place.right() + self.GAP - 2

    def _refresh(self) -> None:
        state = (_phase_shown(self._shown.tree), self._coming())
        if state != self._state:
            self._state = state
            self.setAccessibleName(f"Phase: {PHASE_WORDS[state[0]] if state[0] else 'none'}")
            self.update()

    def _coming(self) -> Phase | None:
        status = self._shown.status
        if status is None or status.state != "paused" or not self._shown.live:
            return None
        return next((phase for phase in PHASES if phase == status.phase), None)


def _phase_shown(tree: Tree) -> Phase | None:
    return None if tree.finished is not None else tree.phase


def _words(node: Node) -> str:
    return "root" if node.id == ROOT else one_line(node.step, LONGEST_CRUMB)


def _readable_on(colour: QColor) -> QColor:
    return QColor(Qt.GlobalColor.black) if colour.lightnessF() > 0.4 else QColor(Qt.GlobalColor.white)
