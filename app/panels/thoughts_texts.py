"""One thought as a column of text, scrolled to where it leaves another one. Compares and counts nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import tr
from app.models.thought_group import Thought, parting
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, visible
from app.theme import Theme
from app.trace_text.text import Piece, TraceText
from app.trace_text.view import TraceTextView


class ThoughtColumn(QWidget):
    """A heading and the text below it."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self.heading = ElidedLabel()
        self.view = TraceTextView(theme, tr("Thought {number}").format(number=number + 1))
        self._shown: tuple[str, str] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.view, 1)

    def show_thought(self, heading: str, thought: Thought, other: Thought | None) -> None:
        """`other`: the thought that it is compared with; None if there is none."""
        self.heading.setText(visible(heading))
        self.heading.setToolTip(as_tool_tip(heading))
        now = thought.text, other.text if other else ""
        if now == self._shown:
            return
        self._shown = now
        self.view.show_text(_pieces(thought))
        self.view.set_found(())
        if other is not None:
            self._show_parting(thought, other)

    def _show_parting(self, thought: Thought, other: Thought) -> None:
        found = parting(thought, other)
        if found.same or found.step > len(thought.steps):
            return
        self.view.set_found([(found.characters, thought.steps[found.step - 1].end)], 0)
        self.view.scroll_to(found.characters)


def _pieces(thought: Thought) -> TraceText:
    pieces = [Piece(step.start, step.end, "hidden", number=number) for number, step in enumerate(thought.steps, 1)]
    return TraceText(thought.text, pieces)
