"""The tables of the formula lab: the choices that would have been other ones, and one choice by both formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QFont

from app.language import mark, tr
from app.panels.choice_table import PLACES, STAND_IN, ChoiceRow, choice_rows, term
from app.panels.rows_table import Column, RowsModel
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from engine.events import ROOT, Choice, NodeId
from engine.search.what_if import Otherwise, joined
from engine.tree import Node, Tree

SMALL = 8.5
"""Points."""
LONGEST_STEP = 120

DIFFERENCES = (
    Column(mark("Iteration"), mark("The iteration whose selection this is")),
    Column(mark("After"), mark("The step whose children were chosen among"), left=True),
    Column(mark("Was"), mark("The step that was chosen"), left=True),
    Column(mark("Would be"), mark("The step that the other formula would have chosen here"), left=True),
    Column(mark("Margin"), mark("By how much the other formula prefers its choice; 0: a tie, which the order decides")),
)
ITERATION, AFTER, WAS, WOULD_BE, MARGIN = range(5)


class DifferencesModel(RowsModel[int]):
    """A row, by its number, for every choice that would have been another one. Texts are made when they are seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(DIFFERENCES)
        self._theme = theme
        self._nodes: Mapping[NodeId, Node] = {}
        self.answer: Otherwise = joined(())
        self._margin = self.answer.margin

    def show_answer(self, answer: Otherwise, tree: Tree) -> None:
        """`tree` knows the steps by name."""
        self.answer, self._margin, self._nodes = answer, answer.margin, tree.nodes
        self.set_rows(range(len(answer)))
        self.announce()

    def row_of(self, cursor: int, level: int) -> int | None:
        """The row of the choice that was made there."""
        found = ((self.answer.cursor == cursor) & (self.answer.level == level)).nonzero()[0]
        return int(found[0]) if len(found) else None

    def first_row_at(self, cursor: int) -> int | None:
        """The first row of the selection that was made there."""
        found = (self.answer.cursor == cursor).nonzero()[0]
        return int(found[0]) if len(found) else None

    def text(self, row: int, column: int) -> str:
        if column == ITERATION:
            return f"{self.answer.iteration[row]:,}"
        if column == MARGIN:
            return term(float(self._margin[row]))
        return one_line(self._step(row, column), LONGEST_STEP)

    def font(self, row: int, column: int) -> QFont:
        return self._theme.mono_font(SMALL) if column in (ITERATION, MARGIN) else self._theme.ui_font(SMALL)

    def tip(self, row: int, column: int) -> str:
        return as_tool_tip(self._step(row, column)) if column in (AFTER, WAS, WOULD_BE) else ""

    def _step(self, row: int, column: int) -> str:
        answer = self.answer
        node = int((answer.parent, answer.was, answer.now)[column - AFTER][row])
        if node == ROOT:
            return tr("the problem")
        return self._nodes[node].step if node in self._nodes else tr("node {node}").format(node=node)


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One sibling, by the formula that was recorded and by the other one."""

    recorded: ChoiceRow
    other: ChoiceRow


TERMS = (
    Column(mark("Step"), mark("● was chosen; → would be chosen by the other formula"), left=True),
    Column(mark("N"), mark("How often a value was credited to the step, when this selection was made")),
    Column(mark("P"), mark("Prior: the policy's share for this step")),
    Column(mark("Q"), mark("As recorded: mean value, or what stood in for it (*)")),
    Column(mark("U"), mark("As recorded: exploration term; ∞ means: before all others")),
    Column(mark("Q + U"), mark("As recorded: the largest sum was chosen")),
    Column(mark("Q′"), mark("By the other formula: mean value on its scale, or what stands in for it (*)")),
    Column(mark("U′"), mark("By the other formula: exploration term; ∞ means: before all others")),
    Column(mark("Q′ + U′"), mark("By the other formula: the largest sum would be chosen")),
)
STEP, N, P, Q, U, SUM, NEW_Q, NEW_U, NEW_SUM = range(9)
WIDEST = {
    N: "39,712",
    P: "0.000",
    Q: "0.000*",
    U: "0.000",
    SUM: "0.000",
    NEW_Q: "0.000*",
    NEW_U: "0.000",
    NEW_SUM: "0.0000",
}


def terms_rows(tree: Tree, recorded: Choice, other: Choice) -> tuple[TermsRow, ...]:
    """A row for every child that was weighed, in the order of the choice."""
    pairs = zip(choice_rows(tree, recorded), choice_rows(tree, other), strict=True)
    return tuple(TermsRow(was, now) for was, now in pairs)


class TermsModel(RowsModel[TermsRow]):
    """The siblings of one choice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(TERMS)
        self._theme = theme

    def same(self, one: TermsRow, other: TermsRow) -> bool:
        return one.recorded.node == other.recorded.node

    def text(self, row: TermsRow, column: int) -> str:
        was, now = row.recorded, row.other
        marks = ("●" if was.chosen else "") + ("→" if now.chosen else "")
        cells = (
            f"{marks} {one_line(was.step, LONGEST_STEP)}".lstrip(),
            f"{was.n:,}",
            decimal(was.p, PLACES),
            *_numbers(was),
            *_numbers(now),
        )
        return cells[column]

    def font(self, row: TermsRow, column: int) -> QFont:
        font = self._theme.ui_font(SMALL) if column == STEP else self._theme.mono_font(SMALL)
        embolden(font, row.other.chosen if column >= NEW_Q else row.recorded.chosen if column >= Q else False)
        return font

    def tip(self, row: TermsRow, column: int) -> str:
        if (column == Q and row.recorded.stand_in) or (column == NEW_Q and row.other.stand_in):
            return tr(STAND_IN)
        return as_tool_tip(row.recorded.step)


def _numbers(row: ChoiceRow) -> tuple[str, str, str]:
    return decimal(row.q, PLACES) + ("*" if row.stand_in else ""), term(row.u), term(row.total)
