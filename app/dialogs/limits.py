"""Fields for the seed and the budget of a run. Know no form."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from app.dialogs.settings_form import LARGEST_INT, NumberBox
from app.language import tr
from engine.events import Budget

LEAST_WIDTH = 150


def seed_box(seed: int) -> QSpinBox:
    """A field for the seed."""
    box = QSpinBox()
    box.setRange(0, LARGEST_INT)
    box.setValue(seed)
    box.setAccessibleName(tr("Seed"))
    box.setToolTip(tr("The same plan with the same seed gives the same run."))
    return box


def budget_boxes(budget: Budget) -> tuple[QSpinBox, NumberBox]:
    """Fields for tokens and for seconds; 0 is no limit."""
    tokens, seconds = QSpinBox(), NumberBox()
    tokens.setRange(0, LARGEST_INT)
    tokens.setSingleStep(1000)
    tokens.setValue(budget.tokens or 0)
    seconds.setRange(0, 1e9)
    seconds.setValue(budget.seconds or 0)
    for box, none, name in (
        (tokens, tr("no limit of tokens"), tr("Budget of tokens")),
        (seconds, tr("no limit of time"), tr("Budget of time")),
    ):
        box.setSpecialValueText(none)
        box.setAccessibleName(name)
        box.setMinimumWidth(LEAST_WIDTH)
    tokens.setSuffix(tr(" tokens"))
    seconds.setSuffix(tr(" s"))
    return tokens, seconds


def budget_in(tokens: QSpinBox, seconds: NumberBox) -> Budget:
    """What the two fields say."""
    return Budget(tokens=tokens.value() or None, seconds=seconds.value() or None)
