"""Which of the four phases the search is in: numbered discs in the phases' colours. Reads the run on screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.announce import announce
from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.theme import Theme
from engine.events import PHASES, Phase
from engine.tree import Tree

PHASE_WORDS: dict[Phase, str] = {
    "selection": mark("Select"),
    "expansion": mark("Expand"),
    "simulation": mark("Simulate"),
    "backpropagation": mark("Backprop"),
}


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
            tr(
                "The four phases of one iteration: walk to a promising step, write steps after it, judge them, credit "
                "the value to the trace. A full disc is the phase just done, a ring the one to come."
            )
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
        words = sum(metrics.horizontalAdvance(tr(word)) for word in PHASE_WORDS.values())
        each = self.DISC + self.PAD + self.GAP
        return QSize(round(words + each * len(PHASES)) + 8, max(22, round(metrics.height()) + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 1.0
            for number, (phase, word) in enumerate(PHASE_WORDS.items(), 1):
                x = self._paint_phase(painter, x, number, phase, tr(word))

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
            self.setAccessibleName(self._sentence())
            self.update()
            if state[1] is not None:  # paused: somebody steps, and wants to know what the step did
                announce(self, self._sentence())

    def _sentence(self) -> str:
        done, coming = self._state
        sentence = tr("Phase: {phase}").format(phase=tr(PHASE_WORDS[done]) if done else tr("none"))
        return (
            sentence
            if coming is None
            else tr("{sentence}, next: {phase}").format(sentence=sentence, phase=tr(PHASE_WORDS[coming]))
        )

    def _coming(self) -> Phase | None:
        status = self._shown.status
        if status is None or status.state != "paused" or not self._shown.live:
            return None
        return next((phase for phase in PHASES if phase == status.phase), None)


def _phase_shown(tree: Tree) -> Phase | None:
    return None if tree.finished is not None else tree.phase


def _readable_on(colour: QColor) -> QColor:
    return QColor(Qt.GlobalColor.black) if colour.lightnessF() > 0.4 else QColor(Qt.GlobalColor.white)
