"""The page Calibration: how far a scorer's numbers can be taken at their word, step by step. Reckons nothing itself."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.desk.data import DeskData
from app.desk.plot_page import PlotPage
from app.desk.trust.evidence import TrustEvidence
from app.desk.trust.positions_plot import PositionsPlot
from app.desk.trust.reliability_plot import ReliabilityPlot
from app.desk.trust.words import (
    AGAINST_TIPS,
    AGAINST_WORDS,
    NO_PROBABILITY,
    NOTHING,
    as_markdown,
    bin_words,
    position_words,
    summary,
    verdict,
)
from app.desk.widgets import button, choice, fix_width, row_of, tell
from app.desk.words import RULE_WORDS, no_scores
from app.icons import icon
from app.language import mark, tr
from app.models.trust import AGAINST, Against, Figures, Unit, figures
from app.panels.curve_key import CurveKey, Entry
from app.panels.texts import ElidedLabel
from app.parts import Parts

PLOT_SHARES = (5, 6)
KEY_PX = 150
GATHERING = mark("Labels of the steps are being read…")


class ReliabilityPage(PlotPage):
    """Choices and figures above, the reliability diagram at the left, the step positions at the right."""

    title = mark("Calibration")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.evidence = TrustEvidence(data, self)
        entries = [(tr(AGAINST_WORDS[against]), against) for against in AGAINST]
        self.against = choice(tr("Held against"), tr("What the scores are held against"), entries)
        self.unit = choice(
            tr("Scores of"),
            tr("What the diagram is about: the scores of steps, or the totals of traces"),
            [(tr("every step"), "step"), (tr("every trace"), "trace")],
        )
        self.copy = button(tr("Copy"), tr("Copy all figures as Markdown"))
        self.words, self.sentence = ElidedLabel(), ElidedLabel()
        self.key = CurveKey(parts.theme)
        self.diagram: ReliabilityPlot | None = None
        self.positions: PositionsPlot | None = None
        self.figures: Figures | None = None
        self._made_of: tuple[object, ...] = ()
        """What the figures were reckoned from."""
        self._build()
        for box in (self.against, self.unit):
            box.currentIndexChanged.connect(lambda _: self.mark_stale())
        self.evidence.gathered.connect(self.mark_stale)
        self.copy.clicked.connect(self._copy)

    def make_plots(self) -> None:
        self.diagram, self.positions = ReliabilityPlot(self._point_at_bin), PositionsPlot(self._point_at_position)
        for plot, share in zip((self.diagram, self.positions), PLOT_SHARES, strict=True):
            self._plots.addWidget(plot.widget, share)

    def refresh(self) -> None:
        if not self.data.scorer:
            self.say(no_scores())
            return
        against: Against = self.against.currentData()
        self.against.setToolTip(tr(AGAINST_TIPS[against]))
        self.unit.setEnabled(against == "answer")
        evidence = self.evidence.of(against)
        if evidence is None:
            self._show_nothing(tr(GATHERING))
            return
        unit: Unit = self.unit.currentData() if against == "answer" else "step"
        made_of = (evidence, unit, self.data.rule)
        if self.figures is None or made_of != self._made_of:
            self.figures, self._made_of = figures(evidence, unit, against, self.data.rule), made_of
        self._show(self.figures)

    def restyle(self) -> None:
        self.copy.setIcon(icon(self.theme, "copy"))
        super().restyle()

    # building

    def _build(self) -> None:
        self.copy.setIcon(icon(self.theme, "copy"))
        fix_width(self.key, KEY_PX)
        self._plots = QHBoxLayout()
        self._plots.setSpacing(6)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(row_of((self.against, self.unit, self.words, self.copy), self.words))
        column.addLayout(row_of((self.sentence, self.key), self.sentence))
        column.addLayout(self._plots, 1)

    # showing

    def _show(self, found: Figures) -> None:
        if not found.n:
            self._show_nothing(tr(NOTHING[found.against]))
            return
        self.copy.setEnabled(True)
        tell(self.words, summary(found))
        self._rest()
        colours, total = self.theme.palette, tr(RULE_WORDS[found.rule])
        self.key.show_entries((Entry(tr("AUC"), colours.principal), Entry(tr("accuracy"), colours.accent)))
        for plot in (self.diagram, self.positions):
            if plot is not None:
                plot.widget.show()
        if self.diagram is not None and self.positions is not None:
            self.diagram.show_bins(found.bins, self.theme)
            self.positions.show_positions(found.positions, total, self.theme)
        self.say("")

    def _show_nothing(self, sentence: str) -> None:
        """The choices stay, or nobody could choose another source."""
        self.copy.setEnabled(False)
        for label in (self.words, self.sentence):
            tell(label, "")
        tell(self.words, sentence)
        self.key.show_entries(())
        for plot in (self.diagram, self.positions):
            if plot is not None:
                plot.widget.hide()
        self.say("")

    def _rest(self) -> None:
        """The sentence while the mouse is at nothing."""
        found = self.figures
        if found is not None:
            unread = found.unit == "trace" and not found.bins
            tell(self.sentence, tr(NO_PROBABILITY) if unread else verdict(found))

    def _point_at_bin(self, place: int | None) -> None:
        found = self.figures
        if found is None or place is None or place >= len(found.bins):
            self._rest()
        else:
            tell(self.sentence, bin_words(found.bins[place]))

    def _point_at_position(self, place: int | None) -> None:
        found = self.figures
        if found is None or place is None or place >= len(found.positions):
            self._rest()
        else:
            tell(self.sentence, position_words(found.positions[place], found.rule))

    def _copy(self) -> None:
        if self.figures is not None:
            title = f"{self.data.scorer} · {self.against.currentText()}"
            QGuiApplication.clipboard().setText(as_markdown(title, self.figures))
