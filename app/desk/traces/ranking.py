"""The other half of the tab of traces: what they elect, their ranking, and what every aggregation comes to.

Another aggregation ranks anew from the table of scores; what does not depend on it is counted once for each table.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from app.desk.data import DeskData
from app.desk.traces.elected import ElectedRow
from app.desk.traces.ranking_table import RankingModel, RankingTable
from app.desk.traces.rules import RuleRow, RulesModel, RulesTable, rule_rows
from app.desk.traces.segments import Segment, Segments
from app.desk.words import RULE_WORDS
from app.icons import icon
from app.language import tr
from app.models.ballot import Ballot, Verdict
from app.theme import Theme
from engine.scores.aggregates import RULES, elected

ROOMY_PX = 430
"""From this height on the ranking and the grid of rules stand one above the other."""
WIDE_PX = 520
"""In a narrower one the elected answers have a line of their own."""


class TraceRanking(QWidget):
    """Reads the desk's tables and chooses through signals."""

    trace_chosen = Signal(int)

    def __init__(self, theme: Theme, data: DeskData) -> None:
        super().__init__()
        self._theme, self._data = theme, data
        self._ballot = Ballot(data.table, ())
        self._majority = Verdict((), 0, 0)
        self._rules: tuple[RuleRow, ...] = ()
        self._table: object = None
        self._ranked: tuple[object, ...] = ()
        self._chosen: tuple[object, ...] = ()
        """The trace on the screen and the rule, as they were last shown."""
        self.elected = ElectedRow(theme)
        self.lists = Segments(theme, tr("Ranking or rules"), _lists())
        self.copy = QToolButton()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.model, self.rules_model = RankingModel(theme), RulesModel(theme)
        self.table = RankingTable(self.model, partial(self._copy, False))
        self.rules = RulesTable(self.rules_model)
        self._build()
        self.table.trace_chosen.connect(self.trace_chosen)
        self.rules.rule_chosen.connect(data.set_rule)
        self.lists.chosen.connect(lambda _: self._share_out())
        self.restyle()

    def show_data(self) -> None:
        """Read what is new."""
        data = self._data
        if self._table is not data.table:
            self._table, self._rules = data.table, ()
            self._ballot = Ballot(data.table, data.problems)
            self._majority = self._ballot.majority()
            self.model.show_table(data.table)
            self.table.show_runs(len({trace.run for trace in data.table.traces}) > 1)
            self._ranked = ()
        if self._ranked != (data.table, data.rule):
            self._ranked = data.table, data.rule
            self._rank()
        chosen = data.selected, data.rule
        self.table.select(data.selected, go_there=chosen != self._chosen)
        self._chosen = chosen
        self._show_rules()

    def restyle(self) -> None:
        """Colours and fonts of the theme."""
        self.table.dress(self._theme)
        self.rules.dress()
        self.copy.setIcon(icon(self._theme, "copy"))
        self._ranked = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _rank(self) -> None:
        data, totals = self._data, self._data.totals
        weighted = self._ballot.weighted(totals)
        self.model.show_totals(totals, weighted.traces)
        verdicts = weighted, self._ballot.best(totals), self._majority
        problems = self._ballot.problems
        tallies = elected(data.table, totals) if problems == 1 else ()
        self.elected.show_verdicts(verdicts, data.table, problems, tallies)

    def _show_rules(self) -> None:
        """Only while they are in sight: seven elections take a moment."""
        if self.rules.isHidden():
            return
        data = self._data
        if not self._rules:
            self._rules = rule_rows(data.table, self._ballot, data.totals_by, data.rule)
        self._rules = tuple(replace(row, in_force=row.rule == data.rule) for row in self._rules)
        self.rules_model.set_rows(self._rules)

    def _build(self) -> None:
        self.copy.setToolTip(tr("Copy the ranking"))
        self.copy.setAccessibleName(tr("Copy the ranking"))
        self.copy.setAutoRaise(True)
        menu = QMenu(self.copy)
        menu.addAction(tr("As Markdown"), partial(self._copy, False))
        menu.addAction(tr("As CSV"), partial(self._copy, True))
        self.copy.setMenu(menu)
        self.copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        line = QHBoxLayout()
        line.addWidget(self.elected, 1)
        line.addWidget(self.copy)
        self._head.setSpacing(3)
        self._head.addWidget(self.lists)
        self._head.addLayout(line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._head)
        column.addWidget(self.table, 1)
        column.addWidget(self.rules)
        self._share_out()

    def _share_out(self) -> None:
        """Where there is room for it the grid stands below the ranking; else one of both is chosen."""
        roomy, rules = self.height() >= ROOMY_PX, self.lists.key == "rules"
        beside = roomy or self.width() >= WIDE_PX
        self._head.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.lists.setVisible(not roomy)
        self.table.setVisible(roomy or not rules)
        self.rules.setVisible(roomy or rules)
        rows = self.rules.verticalHeader().defaultSectionSize() * len(RULES)
        height = rows + self.rules.horizontalHeader().sizeHint().height() + 2 * self.rules.frameWidth()
        self.rules.setMaximumHeight(height if roomy else 16_777_215)
        self.rules.setMinimumHeight(height if roomy else 0)
        if self._table is not None:
            self._show_rules()

    def _copy(self, as_csv: bool) -> None:
        title = tr("Traces ranked by {rule}, scored by {scorer}")
        words = title.format(rule=tr(RULE_WORDS[self._data.rule]), scorer=self._data.scorer)
        text = self.model.as_csv() if as_csv else self.model.as_markdown(words)
        QGuiApplication.clipboard().setText(text)


def _lists() -> tuple[Segment, ...]:
    return (
        Segment("ranking", tr("Ranking"), tr("The traces, best first by the chosen aggregation")),
        Segment("rules", tr("Each rule"), tr("What every aggregation would elect, and whether it is right")),
    )
