"""ProcessBench's figures split by split, as rows of a table. Counts nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QFont

from app.desk.fitting_table import FittingTable
from app.desk.trust.words import percent
from app.language import mark, tr
from app.models.trust import THIN
from app.panels.rows_table import Column, RowsModel
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.scores.process_bench import Figure, ProcessBench

COLUMNS = (
    Column(mark("Split"), mark("Part of the dataset, as its records are called"), left=True),
    Column(mark("F1"), mark("Harmonic mean of the two accuracies")),
    Column(mark("Wrong found"), mark("Of the traces with a wrong step, those whose first one is found")),
    Column(mark("n"), mark("Traces with a wrong step")),
    Column(mark("Right passed"), mark("Of the traces without a wrong step, those in which no fault is found")),
    Column(mark("n"), mark("Traces without a wrong step")),
)
SPLIT = 0
COLUMN_PX = {1: 52, 2: 84, 3: 48, 4: 84, 5: 48}
LEAST_PX = {2: 230, 3: 390, 4: 300, 5: 440}
"""Width of the table from which a column has room."""
SMALL = 8.5


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One split; without a name all traces."""

    name: str
    figure: Figure


def split_rows(found: ProcessBench) -> tuple[SplitRow, ...]:
    """All traces first, then the splits, where there are several."""
    return tuple(_rows(found))


def _rows(found: ProcessBench) -> Iterator[SplitRow]:
    yield SplitRow("", found.whole)
    if len(found.splits) > 1:
        for name, figure in sorted(found.splits.items()):
            yield SplitRow(name, figure)


class SplitsModel(RowsModel[SplitRow]):
    """A row for each split."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme

    def text(self, row: SplitRow, column: int) -> str:
        figure = row.figure
        match column:
            case 0:
                return one_line(row.name) or tr("all")
            case 1:
                return decimal(figure.f1, 3)
            case 2:
                return percent(figure.on_wrong if figure.wrong else None)
            case 3:
                return f"{figure.wrong:,}"
            case 4:
                return percent(figure.on_right if figure.right else None)
        return f"{figure.right:,}"

    def font(self, row: SplitRow, column: int) -> QFont:
        font = self._theme.mono_font(SMALL) if column != SPLIT else self._theme.ui_font(SMALL)
        embolden(font, not row.name)
        return font

    def tip(self, row: SplitRow, column: int) -> str:
        few = min(row.figure.wrong, row.figure.right) < THIN
        return as_tool_tip(tr("Few data: this may be chance.")) if few else ""

    def same(self, one: SplitRow, other: SplitRow) -> bool:
        return one.name == other.name


def splits_table(model: SplitsModel) -> FittingTable:
    """The table of them."""
    return FittingTable(model, tr("ProcessBench by split"), SPLIT, COLUMN_PX, LEAST_PX)
