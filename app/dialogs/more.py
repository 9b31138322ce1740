"""A form to go on with a run: how much more it is to do, and what that is likely to cost. Starts nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, error_label, side_by_side
from app.dialogs.limits import LEAST_WIDTH, budget_boxes
from app.dialogs.settings_form import LARGEST_INT
from app.going_on import FIRST_OFFER, Offer, expected
from app.language import tr
from app.panels.facts import cost_words
from app.panels.texts import plain_label
from app.plain_text import visible
from app.theme import Theme
from engine.events import Budget
from engine.going_on import More

WIDTH = 460


class MoreDialog(QDialog):
    """`chosen` comes with a `More`; `why_not` tells why just so much cannot be done, in words."""

    chosen = Signal(object)

    def __init__(
        self, run: int, offer: Offer, why_not: Callable[[More], str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Go on with run {run}").format(run=run))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer, self._why_not = offer, why_not
        self._counts = not offer.why_no_count
        self.count = _count_box(offer)
        self.tokens, self.seconds = budget_boxes(Budget(tokens=offer.tokens or None, seconds=offer.seconds or None))
        self.estimate = plain_label(wrap=True, quiet=True)
        self.error = error_label(theme)
        self.error.setMinimumHeight(3 * self.error.fontMetrics().lineSpacing())  # the dialog does not jump
        self.error.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.setMinimumWidth(WIDTH)
        self._arrange(buttons)
        self.go.setDefault(True)  # now that it is in a dialog
        for box in (self.count, self.tokens):
            box.valueChanged.connect(self._validate)
        self.seconds.valueChanged.connect(self._validate)
        self._validate()

    def more(self) -> More:
        """What the form says now. Limits count from now on."""
        count = self.count.value() if self._counts else None
        return More(count, self.tokens.value(), self.seconds.value())

    def _arrange(self, buttons: QDialogButtonBox) -> None:
        form = QFormLayout()
        if self._counts:
            form.addRow(tr("How many more"), self.count)
        form.addRow(tr("And at most"), side_by_side(self.tokens, self.seconds))
        same = tr("It goes on with the same stream of random numbers: what comes is what would have come at once.")
        layout = QVBoxLayout(self)
        undo = tr("What a search has done cannot be undone; the timeline keeps the moment before it.")
        layout.addWidget(plain_label(f"{self._offer.why_other or same} {undo}", wrap=True, quiet=True))
        if self._offer.why_no_count:
            layout.addWidget(plain_label(self._offer.why_no_count, wrap=True))
        layout.addLayout(form)
        for widget in (self.estimate, self.error, buttons):
            layout.addWidget(widget)

    def _validate(self) -> None:
        more = self.more()
        why = self._why_not(more)
        self.error.setText(visible(why))
        self.go.setEnabled(not why)
        self.estimate.setText(_estimate(self._offer, more))

    def _accept(self) -> None:
        self._validate()  # another run may have begun in the meantime
        if self.go.isEnabled():
            self.chosen.emit(self.more())
            self.accept()


def _count_box(offer: Offer) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, LARGEST_INT)
    box.setValue(offer.done or FIRST_OFFER)
    box.setSuffix(f" {offer.unit or tr('simulations')}")
    box.setAccessibleName(tr("How many more"))
    box.setMinimumWidth(LEAST_WIDTH)
    return box


def _estimate(offer: Offer, more: More) -> str:
    done = tr("So far: {cost}.").format(cost=cost_words(offer.cost))
    cost = expected(offer, more)
    if cost is None or more.count is None:
        return done
    words = tr("{done} {total:,} {unit} in all; the rest about {tokens:,} tokens and {seconds:,.0f} s.")
    return words.format(
        done=done, total=offer.done + more.count, unit=offer.unit, tokens=cost.generated, seconds=cost.seconds
    )
