"""A line to write a step of one's own in, below a step of the tree. Says while one types why it cannot be inserted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.dialogs.form_parts import LONGEST_STEP, button_box, error_label, step_label
from app.language import tr
from app.panels.texts import plain_label
from app.plain_text import one_line, visible
from app.theme import Theme

WIDTH = 460


class InsertStepDialog(QDialog):
    """`chosen` comes with the step when the user inserts it; `why_not` tells what is wrong with a text, in words."""

    chosen = Signal(str)

    def __init__(
        self, below: str, example: str, why_not: Callable[[str], str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """`below`: the step that the new one follows; `example`: how a step looks, empty if nobody knows."""
        super().__init__(parent)
        self.setWindowTitle(tr("Insert a step"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._why_not = why_not
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("The new step"))
        self.line.setFont(theme.mono_font())
        if example:
            self.line.setPlaceholderText(tr("For example: {example}").format(example=one_line(example, LONGEST_STEP)))
        self.error = error_label(theme)
        self.error.setMinimumHeight(2 * self.error.fontMetrics().lineSpacing())  # the dialog does not jump
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.insert = buttons.addButton(tr("Insert"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(self._validate)
        layout = QVBoxLayout(self)
        for widget in (plain_label(tr("After"), quiet=True), step_label(theme, below), self.line, self.error, buttons):
            layout.addWidget(widget)
        self.insert.setDefault(True)
        self.setMinimumWidth(WIDTH)
        self._validate()

    def _validate(self) -> None:
        """An empty line is no fault to complain about; it just cannot be inserted."""
        why = self._why_not(self.line.text())
        self.error.setText(visible(why) if self.line.text().strip() else "")
        self.insert.setEnabled(not why)

    def _accept(self) -> None:
        self._validate()  # the search may have gone on in the meantime
        if self.insert.isEnabled():
            self.chosen.emit(self.line.text())
            self.accept()
