"""A form to ask the engine for something at a step: one row for each setting of a verb. Says why it cannot be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, error_label, step_label
from app.dialogs.settings_form import SettingsForm
from app.language import tr
from app.panels.texts import plain_label
from app.plain_text import visible
from app.theme import Theme
from engine.search.settings import Setting

WIDTH = 520


class AskDialog(QDialog):
    """`chosen` comes with the settings when the user asks; `why_not` tells what is wrong with them, in words."""

    chosen = Signal(dict)

    def __init__(
        self,
        title: str,
        sentence: str,
        step: str,
        settings: Sequence[Setting],
        values: Mapping[str, Any],
        why_not: Callable[[dict[str, Any]], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`step`: the text of the step at which it is asked."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._why_not = why_not
        self.form = SettingsForm(settings, values)
        self._given = self.form.values().get("step")
        """The text to be changed, where there is one."""
        self.error = error_label(theme)
        self.error.setMinimumHeight(2 * self.error.fontMetrics().lineSpacing())  # the dialog does not jump
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.ask = buttons.addButton(tr("Ask for it"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.form.changed.connect(self._validate)
        layout = QVBoxLayout(self)
        about = plain_label(sentence, quiet=True, wrap=True)
        for widget in (about, step_label(theme, step), self.form, self.error, buttons):
            layout.addWidget(widget)
        self.ask.setDefault(True)
        self.setMinimumWidth(WIDTH)
        for line in self.form.findChildren(QLineEdit, "step"):
            line.setFont(theme.mono_font())
            line.setFocus()
            line.selectAll()
        self._validate()

    def _validate(self) -> None:
        """A text that nobody has changed yet is no fault to complain about; it just cannot be asked for."""
        values = self.form.values()
        why = self._why_not(values)
        untouched = self._given is not None and values["step"] == self._given
        self.error.setText("" if untouched else visible(why))
        self.ask.setEnabled(not why)

    def _accept(self) -> None:
        self._validate()  # the search may have gone on in the meantime
        if self.ask.isEnabled():
            self.chosen.emit(self.form.values())
            self.accept()
