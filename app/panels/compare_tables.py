"""The tables of the compare panel: the steps of two traces side by side, and what both come to. Knows no log."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont

from app.language import mark, tr
from app.models.compare import Pair
from app.panels.compare_words import FactRow, score_of
from app.panels.rows_table import Column, RowsModel
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.tree import Node

SMALL = 8.5
"""Points."""
LONGEST_STEP = 200

_NUMBERS = (
    Column(mark("N"), mark("How often a value was credited to the step")),
    Column(mark("Q"), mark("Mean of the values that were credited")),
    Column(mark("Score"), mark("The latest PRM score; where there is none, the step's own score by whoever gave it")),
)
STEPS = (
    Column(mark("#"), mark("Number of the step; ≠ marks the first that is not common")),
    Column(mark("Left"), mark("The step of the left trace"), left=True),
    *_NUMBERS,
    Column(mark("Right"), mark("The step of the right trace"), left=True),
    *_NUMBERS,
)
NUMBER, LEFT, RIGHT = 0, 1, 5
WIDEST = {0: "≠ 99", 2: "9,999", 3: "−0.00", 4: "Score", 6: "9,999", 7: "−0.00", 8: "Score"}
"""The longest text that a column of numbers should have room for."""

FACTS = (
    Column(mark("Of both"), mark("What is compared"), left=True),
    Column(mark("Left"), mark("The left trace, or its run")),
    Column(mark("Right"), mark("The right trace, or its run")),
    Column(mark("Change"), mark("From left to right")),
)
LABEL, CHANGE = 0, 3


class StepsModel(RowsModel[Pair]):
    """A row for every depth; what both have is quiet, the first row that they do not share is bold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(STEPS)
        self._theme = theme
        self._parted: int | None = None

    def show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        self._parted = next((pair.depth for pair in pairs if not pair.common), None)
        self.set_rows(pairs)
        self.announce()  # a node may have other numbers: it is the same object

    def same(self, one: Pair, other: Pair) -> bool:
        return (_id(one.left), _id(one.right)) == (_id(other.left), _id(other.right))

    def node_at(self, row: int, column: int) -> Node | None:
        """The step that a cell is about; None for the first column, and where a trace has ended."""
        pair = self.rows[row]
        return None if column < LEFT else pair.left if column < RIGHT else pair.right

    def text(self, row: Pair, column: int) -> str:
        if column == NUMBER:
            return f"{'≠ ' if row.depth == self._parted else ''}{row.depth}"
        node = row.left if column < RIGHT else row.right
        if node is None:
            return ""
        cells = (one_line(node.step, LONGEST_STEP), f"{node.visits:,}", decimal(node.value), decimal(score_of(node)))
        return cells[(column - LEFT) % (RIGHT - LEFT)]

    def font(self, row: Pair, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column in (LEFT, RIGHT) else self._theme.mono_font(SMALL)
        embolden(font, row.depth == self._parted)
        return font

    def colour(self, row: Pair, column: int) -> QColor | None:
        return self._theme.palette.secondary if row.common else None

    def tip(self, row: Pair, column: int) -> str:
        node = None if column < LEFT else row.left if column < RIGHT else row.right
        if node is None:
            return ""
        prior = tr("P {prior}, log-prob. {logprob}").format(prior=decimal(node.prior), logprob=decimal(node.logprob))
        return as_tool_tip(f"{node.step.rstrip()}\n{prior}")


def _id(node: Node | None) -> int | None:
    return None if node is None else node.id


class FactsModel(RowsModel[FactRow]):
    """A row for every fact."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(FACTS)
        self._theme = theme

    def same(self, one: FactRow, other: FactRow) -> bool:
        return one.label == other.label

    def text(self, row: FactRow, column: int) -> str:
        return (row.label, row.left, row.right, row.change)[column]

    def font(self, row: FactRow, column: int) -> QFont:
        return self._theme.ui_font(SMALL) if column == LABEL else self._theme.mono_font(SMALL)

    def tip(self, row: FactRow, column: int) -> str:
        return as_tool_tip(self.text(row, column))
