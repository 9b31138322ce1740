"""How far strings move scores, as rows of tables: string by string, and case by case. Reckons nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont

from app.desk.fitting_table import FittingTable
from app.desk.words import signed
from app.language import mark, tr
from app.models.drift import Drift, StringDrift, control_for
from app.panels.rows_table import Column, RowsModel
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden

STRINGS = (
    Column(mark("String"), mark("What was put into the steps, as plain text"), left=True),
    Column(mark("What it is"), mark("What models take it for"), left=True),
    Column(mark("Moves"), mark("Mean size of the change of the step's own score")),
    Column(mark("A word moves"), mark("The same for an innocent word as long as the string")),
    Column(mark("n"), mark("Cases")),
)
CASES = (
    Column(mark("String"), mark("What was put into the step, as plain text"), left=True),
    Column(mark("Trace"), mark("Number of the trace among those asked about")),
    Column(mark("Step"), mark("Where it was put")),
    Column(mark("Before"), mark("The step's score without it")),
    Column(mark("After"), mark("The step's score with it; a dash where the scorer had nothing to say any more")),
    Column(mark("Change"), mark("After less before")),
    Column(mark("Word"), mark("The change that an innocent word as long as the string makes there")),
    Column(mark("Later"), mark("Mean change of the steps after it")),
    Column(mark("Word, later"), mark("The same with the innocent word")),
)
STRING = 0
STRING_PX = {1: 92, 2: 52, 3: 88, 4: 36}
CASE_PX = {1: 42, 2: 38, 3: 52, 4: 52, 5: 56, 6: 56, 7: 56, 8: 76}
CASES_LEAST_PX = {8: 520, 7: 470, 1: 420}
"""Width of the table from which a column has room."""
STRINGS_LEAST_PX = {1: 330}
SMALL = 8.5
PLACES = 3
STRIKING = 0.05
"""A change that is this much larger than the word's is bold."""
LONGEST = 60


class StringsModel(RowsModel[StringDrift]):
    """A row for each string."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(STRINGS)
        self._theme = theme

    def text(self, row: StringDrift, column: int) -> str:
        match column:
            case 0:
                return one_line(row.hostile.text, LONGEST)
            case 1:
                return tr(row.hostile.kind)
            case 2:
                return tr("lost ×{count}").format(count=row.lost) if row.lost else decimal(row.change, PLACES)
            case 3:
                return decimal(row.control, PLACES)
        return f"{row.count}"

    def font(self, row: StringDrift, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column == 1 else self._theme.mono_font(SMALL)
        embolden(font, bool(row.lost) or (row.change or 0.0) - (row.control or 0.0) > STRIKING)
        return font

    def colour(self, row: StringDrift, column: int) -> QColor | None:
        return self._theme.palette.bad if column == 2 and row.lost else None

    def tip(self, row: StringDrift, column: int) -> str:
        return as_tool_tip(tr("the word: {word}").format(word=control_for(row.hostile.text)))

    def same(self, one: StringDrift, other: StringDrift) -> bool:
        return one.hostile == other.hostile


class CasesModel(RowsModel[Drift]):
    """A row for each string in each step."""

    def __init__(self, theme: Theme, told: Callable[[Drift], str]) -> None:
        """`told`: what a case is about, for its tool tip."""
        super().__init__(CASES)
        self._theme, self._told = theme, told

    def text(self, row: Drift, column: int) -> str:
        case = row.case
        match column:
            case 0:
                return one_line(case.hostile.text, LONGEST)
            case 1:
                return f"{case.subject.trace + 1}"
            case 2:
                return f"{case.step + 1}"
            case 3:
                return decimal(row.before, PLACES)
            case 4:
                return decimal(row.after, PLACES)
            case 5:
                return signed(row.change, PLACES)
            case 6:
                return signed(row.control_change, PLACES)
            case 7:
                return signed(row.later, PLACES)
        return signed(row.later_control, PLACES)

    def font(self, row: Drift, column: int) -> QFont:
        font = self._theme.mono_font(SMALL)
        embolden(font, row.excess > STRIKING)
        return font

    def tip(self, row: Drift, column: int) -> str:
        return as_tool_tip(self._told(row))

    def same(self, one: Drift, other: Drift) -> bool:
        return one.case == other.case


def strings_table(model: StringsModel) -> FittingTable:
    return FittingTable(model, tr("What each string does"), STRING, STRING_PX, STRINGS_LEAST_PX)


def cases_table(model: CasesModel) -> FittingTable:
    return FittingTable(model, tr("Every string in every step"), STRING, CASE_PX, CASES_LEAST_PX)
