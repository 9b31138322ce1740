"""Thoughts as rows of a table: how many samples have each, which answers they gave, where it parts from the reference.

Compares nothing itself; knows no text view and no panel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from app.language import mark, tr
from app.models.thought_group import AnswerShare, Group, Parting, Thought
from app.panels.rows_table import Column, RowsModel, RowsTable
from app.panels.texts import MISSING, decimal
from app.plain_text import as_tool_tip, one_line
from app.theme import embolden

COLUMNS = (
    Column(mark("Thought"), mark("Its number, and how many samples have it word for word; ● is the reference"), True),
    Column(mark("Answers"), mark("What its samples answered; ∅ stands for no answer"), True),
    Column(
        mark("Parts from ●"), mark("The first step that is not the reference's, and how much of it they share"), True
    ),
    Column(mark("Steps"), mark("Of the thought")),
    Column(
        mark("Entropy"), mark("Of the answers given this very thought, in bits: 0 where it always leads to one answer")
    ),
)
THOUGHT, ANSWERS, PARTS, STEPS, ENTROPY = range(5)
COPIED = COLUMNS[:STEPS]
"""Those that go to the clipboard."""
COLUMN_PX = {THOUGHT: 56, PARTS: 120, STEPS: 48, ENTROPY: 58}
NARROW_PX = 280
"""The width below which the answers need the room of “parts from”: the texts beside the table show that too."""
WIDE_PX = 420
"""In a narrower table steps and entropy stand in tool tips only."""
MOST_ANSWERS = 6
"""Named in a cell; the others are counted."""
LONGEST_ANSWER = 40


@dataclass(frozen=True, slots=True)
class ThoughtRow:
    """One thought; `number` counts from 1."""

    number: int
    thought: Thought
    parting: Parting | None
    """None for the reference itself."""


class ThoughtsModel(RowsModel[ThoughtRow]):
    """A row for each thought of a group."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def show_group(self, group: Group, reference: int) -> None:
        """`reference`: its place in the group."""
        partings = group.partings(reference) if group.thoughts else ()
        self.set_rows(
            [
                ThoughtRow(place + 1, thought, None if place == reference else partings[place])
                for place, thought in enumerate(group.thoughts)
            ]
        )

    def text(self, row: ThoughtRow, column: int) -> str:
        match column:
            case 0:
                return f"{'● ' if row.parting is None else ''}{row.number}   ×{len(row.thought.samples)}"
            case 1:
                return answers_words(row.thought.answers)
            case 2:
                return tr("reference") if row.parting is None else parting_words(row.parting)
            case 3:
                return f"{len(row.thought.steps):,}"
        return MISSING if row.thought.entropy is None else decimal(row.thought.entropy, 2)

    def font(self, row: ThoughtRow, column: int) -> QFont | None:
        if row.parting is not None or column != THOUGHT:
            return None
        font = QFont()
        embolden(font)
        return font

    def tip(self, row: ThoughtRow, column: int) -> str:
        if column != ANSWERS:
            return ""
        words = answers_words(row.thought.answers, 40)
        steps, entropy = (self.text(row, place) for place in (STEPS, ENTROPY))
        return as_tool_tip(f"{words}\n{tr(COLUMNS[STEPS].title)}: {steps}\n{tr(COLUMNS[ENTROPY].title)}: {entropy}")

    def same(self, one: ThoughtRow, other: ThoughtRow) -> bool:
        return one.thought.text == other.thought.text


class ThoughtsTable(RowsTable):
    """Several rows may be selected: their texts stand side by side."""

    def __init__(self, model: ThoughtsModel) -> None:
        super().__init__(model, tr("Thoughts of this problem"), ANSWERS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for column, width in COLUMN_PX.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in ((STEPS, WIDE_PX), (ENTROPY, WIDE_PX), (PARTS, NARROW_PX)):
            self.setColumnHidden(column, self.width() < least)


def answers_words(answers: Sequence[AnswerShare], most: int = MOST_ANSWERS) -> str:
    """`24 ×7 · 23 ×2 · ∅ ×1`."""
    words = [f"{_answer(entry)} ×{entry.count}" for entry in answers[:most]]
    if len(answers) > most:
        words.append(tr("{count} others").format(count=len(answers) - most))
    return " · ".join(words)


def parting_words(parting: Parting) -> str:
    """Where a thought leaves the reference."""
    if parting.same:
        return tr("nowhere")
    return tr("step {step} ({share:.0%} shared)").format(step=parting.step, share=parting.shared)


def _answer(entry: AnswerShare) -> str:
    shown = one_line(entry.written)
    return "∅" if entry.answer is None else shown if len(shown) <= LONGEST_ANSWER else f"{shown[: LONGEST_ANSWER - 1]}…"
