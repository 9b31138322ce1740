"""What is to be left out of a copy for others: a line for each part, with how much there is of it. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box
from app.language import tr
from app.panels.texts import plain_label
from app.plain_text import one_line
from app.words.sharing import KEYS, PARTS, Words

USUAL = ("private", "paths")
"""Ticked unless the user says otherwise."""
UNKNOWN = "…"
WIDTH = 680


class ShareDialog(QDialog):
    """`chosen` comes with the names of what is to be left out."""

    chosen = Signal(tuple)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name`: of the session."""
        super().__init__(parent)
        self.setWindowTitle(tr("Share a copy"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.boxes: dict[str, QCheckBox] = {}
        self.counts: dict[str, QLabel] = {}
        about = tr(
            "A copy of {name} for others. What is ticked is left out of it, and is nowhere in its bytes; "
            "your session stays as it is."
        )
        table = QGridLayout()
        table.setHorizontalSpacing(18)
        table.setVerticalSpacing(4)
        table.setColumnStretch(1, 1)
        for row, words in enumerate((*PARTS, KEYS)):
            self._add(table, row, words)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        share = buttons.addButton(tr("Share a copy…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept_choice)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addWidget(plain_label(about.format(name=one_line(name)), wrap=True))
        layout.addLayout(table)
        layout.addWidget(buttons)
        share.setDefault(True)  # now that it is in a dialog
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))  # Qt guesses more room for lines that are wrapped
        share.setFocus()

    def tell(self, counted: Mapping[str, int]) -> None:
        """How much there is of each."""
        for name, label in self.counts.items():
            label.setText(f"{counted.get(name, 0):,}")

    def _add(self, table: QGridLayout, row: int, words: Words) -> None:
        box, count = QCheckBox(tr(words.title)), plain_label(UNKNOWN)
        box.setChecked(words is KEYS or words.name in USUAL)
        box.setEnabled(words is not KEYS)
        box.setAccessibleDescription(tr(words.line))
        line = plain_label(tr(words.line), wrap=True, quiet=True)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate((box, line, count)):
            table.addWidget(widget, row, column)
        self.boxes[words.name], self.counts[words.name] = box, count

    def accept_choice(self) -> None:
        """Say what was ticked, and close."""
        self.chosen.emit(tuple(words.name for words in PARTS if self.boxes[words.name].isChecked()))
        self.accept()
