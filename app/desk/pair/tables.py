"""Where two scorers differ, as rows of tables: steps or traces, and what they elect. Reckons nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QIcon

from app.desk.fitting_table import FittingTable
from app.desk.words import signed, total_words
from app.language import mark, tr
from app.panels.rows_table import Column, RowsModel
from app.panels.swatch import SWATCH, Swatches
from app.panels.texts import MISSING
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden

COLUMNS = (
    Column(mark("Run #"), mark("Number of the run"), left=True),
    Column(mark("Step"), mark("Number of the step in its trace; empty for a whole trace"), left=True),
    Column(mark("Text"), mark("What the model wrote; of a whole trace its answer, ✓ right and ✗ wrong"), left=True),
    Column(mark("Times"), mark("How often this very step, after the very same ones, stands in the scope")),
    Column(mark("First"), mark("The score by the scorer that is chosen above all tabs")),
    Column(mark("Second"), mark("The score by the other one")),
    Column(mark("Difference"), mark("Second less first")),
)
RUN, STEP, TEXT, TIMES, FIRST, SECOND, DIFFERENCE = range(len(COLUMNS))
COLUMN_PX = {RUN: 38, STEP: 40, TIMES: 48, FIRST: 58, SECOND: 58, DIFFERENCE: 72}
ELECTED = (
    Column(mark("Problem"), mark("What was asked"), left=True),
    Column(mark("First elects"), mark("✓ right, ✗ wrong, and the weight of its votes"), left=True),
    Column(mark("Second elects"), mark("✓ right, ✗ wrong, and the weight of its votes"), left=True),
)
PROBLEM = 0
ELECTED_PX = {1: 190, 2: 190}
LEAST_PX = {RUN: 480, TIMES: 400, FIRST: 320, SECOND: 320}
"""Width of the table from which a column has room."""
SMALL = 8.5


@dataclass(frozen=True, slots=True)
class Difference:
    """A step, or a whole trace, that both have scored."""

    trace: int
    """Row of the desk's table."""
    run: int
    step: int | None
    """From 0; None: the whole trace."""
    text: str
    left: float
    right: float
    times: int = 1
    """How often the very same stands among the steps, or the traces, that were looked at."""


@dataclass(frozen=True, slots=True)
class ElectedRow:
    """What either would have elected for a problem."""

    problem: str
    left: str
    right: str
    differs: bool
    traces: tuple[int, ...]
    """First traces that gave these answers, rows of the desk's table."""


class DifferencesModel(RowsModel[Difference]):
    """The largest difference first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme
        self._swatches = Swatches(theme)

    def text(self, row: Difference, column: int) -> str:
        match column:
            case 0:
                return f"{row.run}"
            case 1:
                return "" if row.step is None else f"{row.step + 1}"
            case 2:
                return one_line(row.text) or MISSING
            case 3:
                return f"×{row.times}" if row.times > 1 else ""
            case 4:
                return total_words(row.left)
            case 5:
                return total_words(row.right)
        return signed(row.right - row.left)

    def font(self, row: Difference, column: int) -> QFont:
        return self._theme.mono_font(SMALL)

    def icon(self, row: Difference, column: int) -> QIcon | None:
        value = {FIRST: row.left, SECOND: row.right}.get(column)
        return self._swatches.icon(value) if value is not None and 0.0 <= value <= 1.0 else None

    def tip(self, row: Difference, column: int) -> str:
        if column == DIFFERENCE:
            return as_tool_tip(f"{total_words(row.left)} → {total_words(row.right)}")
        return as_tool_tip(row.text) if column == TEXT else ""

    def same(self, one: Difference, other: Difference) -> bool:
        return (one.trace, one.run, one.step, one.text) == (other.trace, other.run, other.step, other.text)


class ElectedModel(RowsModel[ElectedRow]):
    """A row for each problem, those with different answers first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(ELECTED)
        self._theme = theme

    def text(self, row: ElectedRow, column: int) -> str:
        return one_line((row.problem, row.left, row.right)[column])

    def font(self, row: ElectedRow, column: int) -> QFont:
        font = self._theme.mono_font(SMALL)
        embolden(font, row.differs and column > 0)
        return font

    def tip(self, row: ElectedRow, column: int) -> str:
        said = tr("They differ.") if row.differs else tr("They agree.")
        return as_tool_tip(f"{(row.problem, row.left, row.right)[column]}\n{said}")


def differences_table(model: DifferencesModel) -> FittingTable:
    """Of steps or traces."""
    made = FittingTable(model, tr("Largest differences"), TEXT, COLUMN_PX, LEAST_PX)
    made.setIconSize(SWATCH)
    return made


def elected_table(model: ElectedModel) -> FittingTable:
    """Of problems."""
    return FittingTable(model, tr("What either scorer elects"), PROBLEM, ELECTED_PX, {})
