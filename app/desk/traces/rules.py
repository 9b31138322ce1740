"""Every aggregation beside every other: which answer the traces elect by it, which trace it calls the best.

So it is seen at once whether the rule matters. A click on a row puts that rule in force. Knows no run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHeaderView

from app.desk.traces.words import verdict_is_right, verdict_words
from app.desk.words import RULE_WORDS
from app.language import mark, tr
from app.models.ballot import Ballot, Verdict
from app.panels.rows_table import Column, Index, RowsModel, RowsTable
from app.plain_text import as_tool_tip
from app.theme import Theme, embolden
from engine.scores.aggregates import RULES
from engine.scores.table import Doubles, ScoreTable

COLUMNS = (
    Column(mark("Aggregation"), mark("How the scores of a trace's steps become one number"), left=True),
    Column(mark("Weighted vote"), mark("The answer whose traces weigh most together; ✓ right, ✗ wrong"), left=True),
    Column(mark("Best trace"), mark("The answer of the best single trace; ✓ right, ✗ wrong"), left=True),
)
RULE, WEIGHTED, BEST = range(len(COLUMNS))
SMALL = 8.5
RULE_PX = 112


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What one aggregation comes to."""

    rule: str
    words: tuple[str, str]
    """Of the weighted vote and of the best trace."""
    right: tuple[bool | None, bool | None]
    """Whether those are right; None where nobody knows, or where there are many."""
    in_force: bool


def rule_rows(
    table: ScoreTable, ballot: Ballot, totals_by: Callable[[str], Doubles], in_force: str
) -> tuple[RuleRow, ...]:
    """A row for each of RULES; `totals_by` says what the traces come to by one."""
    return tuple(_row(table, ballot, rule, totals_by(rule), rule == in_force) for rule in RULES)


def _row(table: ScoreTable, ballot: Ballot, rule: str, totals: Doubles, in_force: bool) -> RuleRow:
    weighted, best = ballot.weighted(totals), ballot.best(totals)

    def words(verdict: Verdict) -> str:
        return verdict_words(verdict, table, ballot.problems)

    right = verdict_is_right(weighted), verdict_is_right(best)
    return RuleRow(rule, (words(weighted), words(best)), right, in_force)


class RulesModel(RowsModel[RuleRow]):
    """The grid."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme

    def same(self, one: RuleRow, other: RuleRow) -> bool:
        return one.rule == other.rule

    def text(self, row: RuleRow, column: int) -> str:
        return tr(RULE_WORDS[row.rule]) if column == RULE else row.words[column - WEIGHTED]

    def font(self, row: RuleRow, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column == RULE else self._theme.mono_font(SMALL)
        embolden(font, row.in_force)
        return font

    def colour(self, row: RuleRow, column: int) -> QColor | None:
        colours = self._theme.palette
        return None if column == RULE else {True: colours.good, False: colours.bad, None: None}[row.right[column - 1]]

    def tip(self, row: RuleRow, column: int) -> str:
        return as_tool_tip(self.text(row, column))


class RulesTable(RowsTable):
    """The view of the grid."""

    rule_chosen = Signal(str)

    def __init__(self, model: RulesModel) -> None:
        super().__init__(model, tr("What each aggregation comes to"), WEIGHTED)
        self._model = model
        self.horizontalHeader().setSectionResizeMode(BEST, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().resizeSection(RULE, RULE_PX)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def dress(self) -> None:
        """The font of the theme."""
        self.size_rows()
        self._model.announce()

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.rule_chosen.emit(self._model.rows[index.row()].rule)
