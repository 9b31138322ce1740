"""The page ProcessBench: does the scorer find the first wrong step of traces that people have rated? Only reads."""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout

from app.desk.copying import copy_tables
from app.desk.data import DeskData
from app.desk.plot_page import PlotPage
from app.desk.trust.process_bench_plot import SweepPlot
from app.desk.trust.process_bench_table import SplitsModel, split_rows, splits_table
from app.desk.widgets import button, row_of, tell
from app.desk.words import no_scores
from app.icons import icon
from app.language import mark, tr
from app.models.bench_sweep import Cases, Sweep, gather, sweep
from app.panels.curve_key import CurveKey, Entry
from app.panels.texts import ElidedLabel, decimal, plain_label
from app.parts import Parts
from app.trace_text.slices import Slices
from engine.scores.table import ScoreTable
from engine.tree import Tree

NO_CASES = mark(
    "No trace of this scope came with ratings that tell its first wrong step. Open a dataset such as ProcessBench or "
    "PRM800K, press “Score with…”, and take the whole session as the scope."
)
GATHERING = mark("The ratings are being read…")
NOTCHES = 1_000
"""Of the slider: thresholds from 0 to 1."""


class BenchPage(PlotPage):
    """The threshold above, the curves over all thresholds at the left, the splits at the chosen one at the right."""

    title = mark("ProcessBench")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.number = plain_label()
        self.best = button(tr("Best"), tr("The threshold with the largest F1 over all of these traces"))
        self.words = ElidedLabel()
        self.copy = button(tr("Copy"), tr("Copy the table as Markdown"))
        self.key = CurveKey(parts.theme)
        self.model = SplitsModel(parts.theme)
        self.table = splits_table(self.model)
        self.plot: SweepPlot | None = None
        self.cases: Cases | None = None
        self._curves: Sweep | None = None
        """Of the cases, where there are any."""
        self._work: Slices | None = None
        self._table: ScoreTable | None = None
        """The one whose cases are known, or being read."""
        self._build()
        self._connect()

    @property
    def threshold(self) -> float:
        return self.slider.value() / NOTCHES

    def make_plots(self) -> None:
        self.plot = SweepPlot(self._set_threshold)
        self._beside.insertWidget(0, self.plot.widget, 5)
        self._draw()

    def refresh(self) -> None:
        if not self.data.scorer:
            self.say(no_scores())
            return
        if self.data.table is not self._table:
            self._gather(self.data.table)
        if self.cases is None:
            self.say(tr(GATHERING))
            return
        if not self.cases.count:
            self.say(tr(NO_CASES))
            return
        self._draw()
        self._show_threshold()
        self.say("")

    def restyle(self) -> None:
        self.copy.setIcon(icon(self.theme, "copy"))
        self.table.size_rows()
        self.model.announce()
        super().restyle()

    # building

    def _build(self) -> None:
        self.slider.setRange(0, NOTCHES)
        self.slider.setSingleStep(10)
        self.slider.setPageStep(50)
        self.slider.setValue(NOTCHES // 2)
        self.slider.setMinimumWidth(40)
        self.slider.setMaximumWidth(140)
        self.slider.setAccessibleName(tr("Threshold"))
        self.slider.setToolTip(tr("A step with a lower score is called wrong; the first of them counts"))
        self.copy.setIcon(icon(self.theme, "copy"))
        self._beside = QHBoxLayout()
        self._beside.setSpacing(6)
        self._beside.addWidget(self.table, 6)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(row_of((self.number, self.slider, self.best, self.words, self.copy), self.words))
        column.addLayout(row_of((self.key,), self.key))
        column.addLayout(self._beside, 1)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(lambda _: self._show_threshold())
        self.best.clicked.connect(self._tune)
        self.copy.clicked.connect(self._copy)
        self.data.labels_changed.connect(self._forget)

    # reading the ratings

    def _forget(self) -> None:
        self._table = None

    def _gather(self, of: ScoreTable) -> None:
        if self._work is not None:
            self._work.stop()
            self._work.deleteLater()
        self.cases, self._curves, self._table = None, None, of
        self._work = Slices(_read(of, self.data.tree), self)
        self._work.done.connect(self._take)
        self._work.start()

    def _take(self, found: tuple[Cases, Sweep | None]) -> None:
        self.cases, self._curves = found
        if self._work is not None:
            self._work.deleteLater()
            self._work = None
        self.mark_stale()

    # showing

    def _draw(self) -> None:
        if self.plot is None or self._curves is None:
            return
        colours = self.theme.palette
        self.key.show_entries(
            (
                Entry(tr("F1"), colours.principal),
                Entry(tr("first wrong step found"), colours.bad, Qt.PenStyle.DashLine),
                Entry(tr("right ones passed"), colours.good, Qt.PenStyle.DotLine),
            )
        )
        self.plot.show_sweep(self._curves, self.theme)
        self.plot.show_threshold(self.threshold)

    def _show_threshold(self) -> None:
        if self.cases is None or not self.cases.count:
            return
        found = self.cases.at(self.threshold)
        self.number.setText(tr("Threshold {value}").format(value=decimal(self.threshold)))
        self.model.set_rows(split_rows(found))
        words = tr("F1 {f1} over {count:,} traces").format(f1=decimal(found.whole.f1, 3), count=self.cases.count)
        if len(found.splits) > 1:
            words += " · " + tr("mean of the splits {f1}").format(f1=decimal(found.average, 3))
        if found.whole.undecided:
            words += " · " + tr("{count:,} lack a score that would decide").format(count=found.whole.undecided)
        tell(self.words, words)
        if self.plot is not None:
            self.plot.show_threshold(self.threshold)

    def _set_threshold(self, threshold: float) -> None:
        self.slider.setValue(round(min(1.0, max(0.0, threshold)) * NOTCHES))

    def _tune(self) -> None:
        if self.cases is not None and self.cases.count:
            with QSignalBlocker(self.slider):
                self._set_threshold(self.cases.tuned().threshold)
            self._show_threshold()

    def _copy(self) -> None:
        copy_tables(f"{self.data.scorer} · {self.number.text()} · {self.words.text()}", self.model)


def _read(of: ScoreTable, tree_of: Callable[[int], Tree]) -> Generator[None, None, tuple[Cases, Sweep | None]]:
    """The cases of a table, and their figures at every threshold."""
    cases = yield from gather(of, tree_of)
    return cases, (yield from sweep(cases)) if cases.count else None
