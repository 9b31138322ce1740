"""A field for what a step is worth in a person's eyes. Says while one types why it cannot be said; starts nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, error_label, step_label
from app.dialogs.settings_form import NumberBox
from app.language import tr
from app.panels.texts import plain_label
from app.plain_text import visible
from app.theme import Theme
from engine.events import NodeId, Scale

WIDTH = 420


class ScoreDialog(QDialog):
    """`chosen` comes with the score, or with None where it is taken away; `why_not` tells what is wrong with one."""

    chosen = Signal(object)

    def __init__(
        self,
        node: NodeId,
        step: str,
        scale: Scale,
        now: float | None,
        by_hand: bool,
        why_not: Callable[[float | None], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`now`: what the step counts as at the moment; `by_hand`: whether a person has said so before."""
        super().__init__(parent)
        self.setWindowTitle(tr("Score of node {node}").format(node=node))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._why_not = why_not
        self.value = NumberBox()
        self.value.setRange(scale.low, scale.high)
        self.value.setValue((scale.low + scale.high) / 2 if now is None else now)
        self.value.setAccessibleName(tr("Score"))
        self.error = error_label(theme)
        self.error.setMinimumHeight(2 * self.error.fontMetrics().lineSpacing())  # the dialog does not jump
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.take_away = buttons.addButton(tr("Take it away"), QDialogButtonBox.ButtonRole.ResetRole)
        self.take_away.setToolTip(tr("Let the verifiers' word stand again"))
        self.take_away.setEnabled(by_hand)
        self.set = buttons.addButton(tr("Set"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(lambda: self._choose(self.value.value()))
        buttons.rejected.connect(self.reject)
        self.take_away.clicked.connect(lambda: self._choose(None))
        self.value.valueChanged.connect(self._validate)
        said = tr("From {low:g} to {high:g}. It stands before what verifiers say, and the search reads it.")
        about = plain_label(said.format(low=scale.low, high=scale.high), wrap=True, quiet=True)
        layout = QVBoxLayout(self)
        for widget in (step_label(theme, step), self.value, about, self.error, buttons):
            layout.addWidget(widget)
        self.set.setDefault(True)
        self.setMinimumWidth(WIDTH)
        self.value.selectAll()
        self.value.setFocus()
        self._validate()

    def _validate(self) -> None:
        why = self._why_not(self.value.value())
        self.error.setText(visible(why))
        self.set.setEnabled(not why)

    def _choose(self, value: float | None) -> None:
        if why := self._why_not(value):  # the search may have gone on in the meantime
            self.error.setText(visible(why))
            return
        self.chosen.emit(value)
        self.accept()
