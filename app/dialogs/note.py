"""A field to write about a step in: plain text, which is kept as it is. Says while one types why it cannot be kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, error_label, step_label
from app.language import tr
from app.plain_text import visible
from app.theme import Theme
from engine.events import NodeId

WIDTH, HEIGHT = 460, 260


class NoteDialog(QDialog):
    """`chosen` comes with the text when the user keeps it; `why_not` tells what is wrong with a text, in words."""

    chosen = Signal(str)

    def __init__(
        self,
        node: NodeId,
        step: str,
        text: str,
        why_not: Callable[[str], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`text`: the note that is there already."""
        super().__init__(parent)
        self.setWindowTitle(tr("Note of node {node}").format(node=node))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._why_not = why_not
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Note"))
        self.text.setPlaceholderText(tr("What there is to say about this step. An empty note is none."))
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self.error = error_label(theme)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.keep = buttons.addButton(tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setToolTip(tr("Keep the note (Ctrl+Enter)"))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.text.textChanged.connect(self._validate)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._accept)
        layout = QVBoxLayout(self)
        for widget in (step_label(theme, step), self.text, self.error, buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self.text, 1)
        self.resize(WIDTH, HEIGHT)
        self.text.selectAll()
        self._validate()

    def _validate(self) -> None:
        why = self._why_not(self.text.toPlainText())
        self.error.setText(visible(why))
        self.keep.setEnabled(not why)

    def _accept(self) -> None:
        self._validate()  # the run may have gone on in the meantime
        if self.keep.isEnabled():
            self.chosen.emit(self.text.toPlainText())
            self.accept()
