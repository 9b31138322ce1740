"""The tab Two models: the same steps as two scorers see them. Reckons nothing itself, and asks no model."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout

from app.desk.copying import copy_tables
from app.desk.data import DeskData
from app.desk.pair.rows import difference, differences, elected_rows, problems_of
from app.desk.pair.scatter_plot import ScatterPlot
from app.desk.pair.tables import DifferencesModel, ElectedModel, differences_table, elected_table
from app.desk.pair.words import NO_OTHER, NOTHING_COMMON, correlation_words, ranking_words, thinned_words, warnings
from app.desk.plot_page import PlotPage, unchanged
from app.desk.specs import BUNDLED, known_specs
from app.desk.widgets import button, choice, fix_width, offer, row_of, tell
from app.desk.words import no_scores, total_words
from app.icons import icon
from app.language import mark, tr
from app.models.pair import Alike, Cloud, Outcome, alike, outcome, thinned
from app.models.scorer_strings import recipe_of, spec_of
from app.panels.curve_key import CurveKey, Entry
from app.panels.texts import ElidedLabel
from app.parts import Parts
from app.plain_text import one_line
from engine.scorers.recipes import Recipe
from engine.scores.aggregates import aggregated
from engine.scores.table import Places

SHARES = (38, 62)
LONGEST_NAME = 24
KEY_PX = 150


class PairTab(PlotPage):
    """Who is compared and how alike they are above; dots at the left, differences at the right."""

    title = mark("Two models")

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.other = QComboBox()
        self.view = choice(
            tr("What is compared"),
            tr("Steps, whole traces by the rule above, or the answers that are elected"),
            [(tr("steps"), "steps"), (tr("traces"), "traces"), (tr("elected answers"), "elected")],
        )
        self.words, self.sentence = ElidedLabel(), ElidedLabel()
        self.key = CurveKey(parts.theme)
        self.copy = button(tr("Copy"), tr("Copy the table as Markdown"))
        self.differences, self.elected = DifferencesModel(parts.theme), ElectedModel(parts.theme)
        self.table, self.elected_table = differences_table(self.differences), elected_table(self.elected)
        self.scatter: ScatterPlot | None = None
        self.alike: Alike | None = None
        self.outcome: Outcome | None = None
        self._whole: Cloud | None = None
        self._cloud: Cloud | None = None
        """The dots that are drawn: all, or a fair sample."""
        self._problems: Places = np.zeros(0, np.intp)
        self._titles: list[str] = []
        """What the problems ask, by their numbers."""
        self._beware = ""
        """What makes the two hard to compare."""
        self._made_of: tuple[object, ...] = ()
        self._build()
        self._connect()

    def make_plots(self) -> None:
        self.scatter = ScatterPlot(self._point_at, self._go_to_dot)
        self._split.insertWidget(0, self.scatter.widget)
        self._split.setSizes([share * 10 for share in SHARES])
        self._made_of = ()

    def refresh(self) -> None:
        data = self.data
        if not data.scorer:
            self.say(no_scores())
            return
        if not self._choose_other():
            self.say(tr(NO_OTHER))
            return
        made_of = (data.table, data.other_table, data.rule, self.view.currentData(), self.theme.dark)
        if not unchanged(made_of, self._made_of):
            if not unchanged(made_of[:2], self._made_of[:2]):
                self._hold_beside()
            if not unchanged(made_of[:3], self._made_of[:3]):
                self._reckon()
            self._made_of = made_of
            self._show()
        self.say("")

    def restyle(self) -> None:
        self.copy.setIcon(icon(self.theme, "copy"))
        for view, model in ((self.table, self.differences), (self.elected_table, self.elected)):
            view.size_rows()
            model.announce()
        super().restyle()

    # building

    def _build(self) -> None:
        self.other.setAccessibleName(tr("The other scorer"))
        self.other.setToolTip(tr("Whose scores are held beside those of the scorer above"))
        self.copy.setIcon(icon(self.theme, "copy"))
        self._tables = QStackedWidget()
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.elected_table)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._tables)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(row_of((self.other, self.view, self.words, self.copy), self.words))
        fix_width(self.key, KEY_PX)
        column.addLayout(row_of((self.sentence, self.key), self.sentence))
        column.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.other.activated.connect(lambda _: self.data.set_other(self.other.currentData()))
        self.view.currentIndexChanged.connect(lambda _: self.mark_stale())
        self.copy.clicked.connect(self._copy)
        for signal in (self.table.clicked, self.table.activated):
            signal.connect(self._go_to)
        for signal in (self.elected_table.clicked, self.elected_table.activated):
            signal.connect(self._go_to_elected)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._mark(index))

    # reading

    def _choose_other(self) -> bool:
        """Offer whoever else has scored here; the first of them unless somebody was chosen. Whether there is one."""
        others = [name for name in self.data.scorers if name != self.data.scorer]
        offer(self.other, others, LONGEST_NAME)
        if others and self.data.other not in others:
            self.data.set_other(others[0])
        self.other.setCurrentIndex(self.other.findData(self.data.other))
        return bool(others)

    def _hold_beside(self) -> None:
        """What does not hang on the aggregation."""
        data = self.data
        self.alike = alike(data.table, data.other_table)
        self._problems, self._titles = problems_of(data)
        channels = data.channels_of(data.scorer), data.channels_of(data.other)
        self._beware = warnings(self._names, self.alike.ends, channels, self._recipes(), self.alike.alone)

    def _reckon(self) -> None:
        data = self.data
        left, right = np.asarray(data.totals, np.float64), aggregated(data.other_table, data.rule)
        self.outcome = outcome(data.table, left, right, self._problems)

    def _recipes(self) -> tuple[Recipe | None, Recipe | None]:
        """How either is asked, where somebody remembers that."""
        specs = known_specs(self.parts, self.data)
        left, right = (spec_of(name, specs) or name for name in (self.data.scorer, self.data.other))
        return recipe_of(left, BUNDLED), recipe_of(right, BUNDLED)

    # showing

    def _show(self) -> None:
        same, led = self.alike, self.outcome
        if same is None or led is None:
            return
        view = self.view.currentData()
        self._whole = same.steps if view == "steps" else led.traces
        self._cloud = thinned(self._whole)
        self._tables.setCurrentWidget(self.elected_table if view == "elected" else self.table)
        self.differences.set_rows(differences(self.data, self._whole))
        self.elected.set_rows(elected_rows(self.data, led.elections, self._titles))
        self._tell_correlations(same, led)
        self._rest()
        colours = self.theme.palette
        self.key.show_entries((Entry(tr("right"), colours.good, None), Entry(tr("wrong"), colours.bad, None)))
        if self.scatter is not None:
            self.scatter.show_cloud(self._cloud, self._names, self.theme)

    def _tell_correlations(self, same: Alike, led: Outcome) -> None:
        """How alike they are; where they have nothing in common, the choice of the other one stays."""
        steps = correlation_words(tr("steps"), same.spearman, same.pearson, len(same.steps))
        traces = correlation_words(tr("traces"), led.traces.spearman, led.traces.pearson, len(led.traces))
        tell(self.words, f"{steps} · {traces}" if len(same.steps) else tr(NOTHING_COMMON))

    def _rest(self) -> None:
        """The line while the mouse is at nothing: what to beware of, then what the two would lead to."""
        led = self.outcome
        if led is None or self._cloud is None or self._whole is None:
            return
        parts = (
            self._beware,
            ranking_words(*led.common, led.elections),
            thinned_words(len(self._cloud), len(self._whole)),
        )
        tell(self.sentence, " ".join(filter(None, parts)))

    @property
    def _names(self) -> tuple[str, str]:
        return one_line(self.data.scorer, LONGEST_NAME), one_line(self.data.other, LONGEST_NAME)

    # going to a step, both ways

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.differences.rows[index.row()]
            self.data.show(row.trace, row.step)

    def _go_to_elected(self, index: QModelIndex) -> None:
        """To the first trace with the first one's answer; asked again, to that with the other's."""
        if index.isValid() and (traces := self.elected.rows[index.row()].traces):
            self.data.show(traces[-1] if self.data.selected == traces[0] else traces[0])

    def _go_to_dot(self, place: int) -> None:
        if self._cloud is not None:
            step = int(self._cloud.step[place])
            self.data.show(int(self._cloud.trace[place]), None if step < 0 else step)

    def _point_at(self, place: int | None) -> None:
        """Say what the dot is at which the mouse is."""
        cloud = self._cloud
        if place is None or cloud is None or place >= len(cloud):
            self._rest()
            return
        row = difference(self.data, cloud, place)
        tell(self.sentence, f"{total_words(row.left)} / {total_words(row.right)}  {one_line(row.text, 200)}")

    def _mark(self, index: QModelIndex) -> None:
        """Ring the dot of the row."""
        if self.scatter is None or self._cloud is None or not 0 <= index.row() < len(self.differences.rows):
            return
        row, cloud = self.differences.rows[index.row()], self._cloud
        mine = np.flatnonzero((cloud.trace == row.trace) & (cloud.step == (-1 if row.step is None else row.step)))
        self.scatter.mark(int(mine[0]) if len(mine) else None, self.theme)

    def _copy(self) -> None:
        model = self.elected if self.view.currentData() == "elected" else self.differences
        copy_tables(f"{self.data.scorer} / {self.data.other} · {self.words.text()}", model)
