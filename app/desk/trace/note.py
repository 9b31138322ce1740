"""What the scorer wrote about the current step: a critique, or why it gave no score. Shows a row, knows no run."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.trace.rows import StepRow
from app.language import tr
from app.panels.texts import decimal, plain_label, plain_view, set_untrusted_text

LEAST_PX = 140


class StepNote(QWidget):
    """A line that says which step, and the text below."""

    def __init__(self) -> None:
        super().__init__()
        self.name = plain_label(quiet=True)
        self.text = plain_view(tr("What the scorer wrote about the step"), tr("It wrote nothing about this step."))
        self.setMinimumWidth(LEAST_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.text, 1)

    def show_row(self, row: StepRow | None) -> None:
        """None: there is no current step."""
        if row is None:
            words = ""
        elif row.score is None:
            words = tr("Step {number}, why it has no score").format(number=row.number)
        else:
            words = tr("Step {number}, {score}: what the scorer wrote").format(
                number=row.number, score=decimal(row.score)
            )
        self.name.setText(words)
        set_untrusted_text(self.text, "" if row is None else row.note)
