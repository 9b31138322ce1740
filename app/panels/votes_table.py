"""The answers of a run and their votes as rows of a table. Counts nothing itself; knows no plot and no panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.language import mark, tr
from app.panels.rows_table import Column, Index, RowsModel, RowsTable
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.events import NodeId, Tally
from engine.search.votes import Sample, Verdict

COLUMNS = (
    Column(
        mark("Answer"),
        mark("● marks the answer that wins by this rule; ✓ and ✗ are the exact check, once the run has ended"),
        left=True,
    ),
    Column(mark("Votes"), mark("How many samples gave this answer")),
    Column(mark("Weight"), mark("What its votes weigh together; by a best-of rule, the heaviest of them")),
    Column(mark("Share"), mark("Its part of all weight"), left=True),
    Column(mark("Samples"), mark("Which samples gave it, in the order in which they branched off"), left=True),
)
ANSWER, VOTES, WEIGHT, SHARE, SAMPLES = range(5)
MOST_NUMBERS = 40
"""Sample numbers written out in a row."""
COLUMN_PX = {VOTES: 44, WEIGHT: 52, SHARE: 84, SAMPLES: 150}
WIDE_PX = 460
"""In a narrower table the numbers of the samples stand in tool tips only."""
SHARE_ROLE = Qt.ItemDataRole.UserRole

Check = Callable[[Sample], bool | None]
"""Whether a sample's answer is right; None where nothing is known, or not yet."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer."""

    tally: Tally
    written: str
    """As the policy wrote it the first time."""
    share: float
    """Of all weight, in [0, 1]."""
    wins: bool
    correct: bool | None
    numbers: tuple[int, ...]
    """Its samples, counted from 1."""
    nodes: tuple[NodeId, ...]
    """Where they end, in the same order."""

    def cells(self) -> tuple[str, ...]:
        shown = ", ".join(map(str, self.numbers[:MOST_NUMBERS]))
        more = f" … and {len(self.numbers) - MOST_NUMBERS} more" if len(self.numbers) > MOST_NUMBERS else ""
        check = {True: "✓ ", False: "✗ ", None: ""}[self.correct]
        answer = f"{'● ' if self.wins else ''}{check}{one_line(self.written)}"
        return answer, f"{self.tally.votes}", _weight(self.tally.weight), f"{self.share:.0%}", f"{shown}{more}"


def answer_rows(samples: Sequence[Sample], verdict: Verdict, check: Check) -> tuple[AnswerRow, ...]:
    """A row for every answer of the verdict, best first."""
    total = fsum(tally.weight for tally in verdict.tallies)
    groups: dict[str, list[tuple[int, Sample]]] = {}
    for number, sample in enumerate(samples, 1):
        if sample.answer is not None:
            groups.setdefault(sample.answer, []).append((number, sample))
    return tuple(
        _row(tally, groups[tally.answer], tally.weight / total if total else 0.0, place == 0, check)
        for place, tally in enumerate(verdict.tallies)
    )


def _weight(weight: float) -> str:
    """Two decimals; one that they cannot tell from 0, as a product of many scores may be, by its order of magnitude."""
    return decimal(weight) if weight == 0 or weight >= 0.005 else f"{weight:.0e}"


def _row(tally: Tally, group: list[tuple[int, Sample]], share: float, wins: bool, check: Check) -> AnswerRow:
    first = group[0][1]
    return AnswerRow(
        tally,
        first.written or tally.answer,
        share,
        wins,
        check(first),
        tuple(number for number, _ in group),
        tuple(sample.at.node for _, sample in group),
    )


class AnswersModel(RowsModel[AnswerRow]):
    """The rows of one verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(COLUMNS)
        self._theme = theme

    def row_of(self, node: NodeId | None) -> int | None:
        """The row with a sample that ends at `node`."""
        return next((at for at, row in enumerate(self.rows) if node in row.nodes), None)

    def text(self, row: AnswerRow, column: int) -> str:
        return row.cells()[column]

    def font(self, row: AnswerRow, column: int) -> QFont:
        font = self._theme.mono_font(8.5)
        embolden(font, row.wins and column == ANSWER)
        return font

    def tip(self, row: AnswerRow, column: int) -> str:
        counted = tr("counted as {answer}, first at node {node}").format(answer=row.tally.answer, node=row.tally.first)
        return as_tool_tip(f"{row.written}\n{counted}\n{tr('samples')} {row.cells()[SAMPLES]}")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == SHARE_ROLE and index.isValid() and index.row() < len(self.rows):
            return self.rows[index.row()].share
        return super().data(index, role)


class ShareBar(QStyledItemDelegate):
    """A share as a bar behind its number."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = index.data(SHARE_ROLE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = self._theme.palette
        painter.save()
        if selected:
            painter.fillRect(rect, colours.accent)
        room = rect.adjusted(3, 5, -38, -5)
        painter.fillRect(room, colours.border)
        painter.fillRect(room.adjusted(0, 0, round(room.width() * (share - 1)), 0), colours.principal)
        painter.setFont(self._theme.mono_font(8.5))
        painter.setPen(colours.on_accent if selected else colours.text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -4, 0), right, str(index.data()))
        painter.restore()


class AnswersTable(RowsTable):
    """The table itself: as many columns as it is wide enough for."""

    def __init__(self, model: AnswersModel, theme: Theme) -> None:
        super().__init__(model, tr("Answers and their votes"), ANSWER)
        self.setItemDelegateForColumn(SHARE, ShareBar(theme, self))
        for column, width in COLUMN_PX.items():
            self.horizontalHeader().resizeSection(column, width)
        self.size_rows()

    def show_weights(self, wanted: bool) -> None:
        """Whether weights say more than votes."""
        self.setColumnHidden(WEIGHT, not wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(SAMPLES, self.width() < WIDE_PX)
        super().resizeEvent(event)
