"""Disagreements as rows of a table. Finds none itself; knows no page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QIcon

from app.desk.data import DeskData
from app.desk.fitting_table import FittingTable
from app.desk.steps import key_of, last_node, step_text
from app.desk.words import RULE_WORDS, answer_words, total_words
from app.language import mark, tr
from app.models.disagreement import Disagreement
from app.panels.rows_table import Column, RowsModel
from app.panels.swatch import SWATCH, Swatches
from app.panels.texts import MISSING, decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme

COLUMNS = (
    Column(mark("What"), mark("Whether the score is too high or too low for what the answer is"), left=True),
    Column(mark("Score"), mark("The trace's total by the rule above")),
    Column(mark("Beats"), mark("Of the traces that ended the other way, those that it stands on the wrong side of")),
    Column(mark("Answer"), mark("✓ right, ✗ wrong"), left=True),
    Column(mark("Lowest step"), mark("The step that the scorer likes least, and its score"), left=True),
    Column(mark("Steps"), mark("Of the trace")),
    Column(mark("Run / node"), mark("Run and node at the trace's end"), left=True),
)
WHAT, TOTAL, BEATS, ANSWER, LOWEST, STEPS, RUN = range(len(COLUMNS))
COLUMN_PX = {WHAT: 104, TOTAL: 62, BEATS: 56, LOWEST: 210, STEPS: 44, RUN: 84}
LEAST_PX = {LOWEST: 660, STEPS: 460, RUN: 380}
"""Width of the table from which a column has room; in a narrower one it stands in the tool tip only."""
SMALL = 8.5
LONGEST = 300
HIGH, LOW = mark("▲ high, wrong"), mark("▼ low, right")


class DisagreementsModel(RowsModel[Disagreement]):
    """A row for each trace."""

    def __init__(self, theme: Theme, data: DeskData) -> None:
        super().__init__(COLUMNS)
        self._theme, self._data = theme, data
        self._swatches = Swatches(theme)
        self._rule = ""

    def show_rows(self, rows: Sequence[Disagreement], rule: str) -> None:
        self._rule = rule
        self.set_rows(rows)

    def text(self, row: Disagreement, column: int) -> str:
        match column:
            case 0:
                return tr(HIGH) if row.high else tr(LOW)
            case 1:
                return total_words(row.total)
            case 2:
                return MISSING if row.beats is None else f"{row.beats:.0%}"
            case 3:
                return f"{'✗' if row.high else '✓'} {answer_words(row.scored)}"
            case 4:
                return self._lowest(row)
            case 5:
                return f"{len(row.scored.scores)}"
        return f"{row.scored.run} / {last_node(row.scored)}"

    def font(self, row: Disagreement, column: int) -> QFont:
        return self._theme.ui_font(SMALL) if column == WHAT else self._theme.mono_font(SMALL)

    def colour(self, row: Disagreement, column: int) -> QColor | None:
        return None if column != WHAT else self._theme.palette.bad if row.high else self._theme.palette.good

    def icon(self, row: Disagreement, column: int) -> QIcon | None:
        return self._swatches.icon(row.total) if column == TOTAL and 0.0 <= row.total <= 1.0 else None

    def tip(self, row: Disagreement, column: int) -> str:
        side = tr("right traces score below it") if row.high else tr("wrong traces score above it")
        parts = [
            tr("{rule}: {total}").format(rule=tr(RULE_WORDS[self._rule]), total=total_words(row.total)),
            "" if row.beats is None else f"{round(row.beats * row.others):,} / {row.others:,} {side}",
            answer_words(row.scored),
            self._lowest(row),
            tr("run {run}, node {node}, {count} steps").format(
                run=row.scored.run, node=last_node(row.scored), count=len(row.scored.scores)
            ),
        ]
        return as_tool_tip("\n".join(filter(None, parts)))

    def same(self, one: Disagreement, other: Disagreement) -> bool:
        return key_of(one.scored) == key_of(other.scored)

    def _lowest(self, row: Disagreement) -> str:
        if row.lowest is None:
            return MISSING
        text = one_line(step_text(self._data.tree(row.scored.run), row.scored, row.lowest), LONGEST)
        return f"{row.lowest + 1}: {decimal(row.scored.scores[row.lowest])}  {text}"


def disagreements_table(model: DisagreementsModel) -> FittingTable:
    """The table of them."""
    name = tr("Traces of which score and answer do not go together")
    made = FittingTable(model, name, ANSWER, COLUMN_PX, LEAST_PX)
    made.setIconSize(SWATCH)
    return made
