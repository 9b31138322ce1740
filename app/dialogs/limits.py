"""Fields for the seed, the budget and the policy of a run. Know no form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QSpinBox

from app.dialogs.settings_form import LARGEST_INT, NumberBox
from app.language import tr
from app.plain_text import as_tool_tip
from engine.addresses import is_address
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


def policy_boxes(policy: str, none: str, about: str) -> tuple[QLineEdit, QPushButton]:
    """A field for a folder or a server, and a button that asks for a folder. `none`: what an empty field means."""
    field, browse = folder_boxes(tr("Model folder or server of the policy"), policy)
    field.setPlaceholderText(none)
    field.setToolTip(as_tool_tip(about))
    return field, browse


def folder_boxes(name: str, folder: str = "") -> tuple[QLineEdit, QPushButton]:
    """A field for a folder, and a button that asks for one. `name` is what a screen reader calls the field."""
    field, browse = QLineEdit(folder), QPushButton(tr("Choose folder…"))
    field.setAccessibleName(name)
    browse.setAutoDefault(False)
    browse.clicked.connect(lambda: _ask_folder(field, name))
    return field, browse


def policy_fault(policy: str) -> str:
    """What is wrong with the policy named in its field, as a sentence; empty if it is a folder, a server or none."""
    if policy and not is_address(policy) and not Path(policy).is_dir():
        return tr("There is no folder {folder}.").format(folder=policy)
    return ""


def _ask_folder(field: QLineEdit, title: str) -> None:
    dialog = QFileDialog(field.window(), title, field.text())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(field.setText)
    dialog.open()
