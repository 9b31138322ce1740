"""A line for the number of a step, or of an iteration. Says while one types what cannot be gone to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, error_label
from app.language import tr
from app.models.go_to import Place, Spot, find_place, read_place
from app.models.shown_run import ShownRun
from app.panels.texts import plain_label
from app.theme import Theme

WIDTH = 380


class GoToDialog(QDialog):
    """Selects the step, and moves the cursor where it does not exist yet; closes when that is done."""

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Go to node"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown = shown
        self.line = QLineEdit(placeholderText=tr("For example: 17, or iteration 12"))
        self.line.setAccessibleName(tr("Number of a step, or of an iteration"))
        self.error = error_label(theme)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("Go"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._go)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(self._validate)
        layout = QVBoxLayout(self)
        for widget in (plain_label(tr("The number of a step, or “iteration” and its number"), quiet=True),
                       self.line, self.error, buttons):  # fmt: skip
            layout.addWidget(widget)
        self.go.setDefault(True)  # now that it is in a dialog
        self.setMinimumWidth(WIDTH)
        self._validate()

    def _place(self) -> Place | None:
        return read_place(self.line.text(), tr("node"), tr("iteration"))

    def _spot(self) -> Spot | None:
        place = self._place()
        return find_place(self._shown.records, place) if place is not None else None

    def _validate(self) -> None:
        self.go.setEnabled(self._spot() is not None)
        self.error.setText("" if self.go.isEnabled() or not self.line.text().strip() else self._why_not())

    def _why_not(self) -> str:
        place = self._place()
        if place is None:
            return tr("That is no number of a step, and not “iteration” and a number.")
        sentence = tr("There is no step {number}.") if place.kind == "node" else tr("There is no iteration {number}.")
        return sentence.format(number=place.number)

    def _go(self) -> None:
        place, spot = self._place(), self._spot()
        if place is None or spot is None:
            return
        if place.kind == "iteration" or spot.node not in self._shown.tree.nodes:
            self._shown.seek(spot.cursor)
        self._shown.select(spot.node)
        self.accept()
