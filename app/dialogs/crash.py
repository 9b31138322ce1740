"""How Espalier ended last time, for whoever reports it: a text to copy. Knows no file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box
from app.language import tr
from app.panels.texts import plain_label, plain_view
from app.plain_text import visible
from app.start.crash_report import CrashReport
from app.theme import Theme


class CrashSheet(QDialog):
    """The report, and a button that copies it."""

    def __init__(self, report: CrashReport, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How Espalier ended"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = tr("Nothing of this leaves your machine unless you copy it into a report. It names files, no contents.")
        self.text = plain_view(tr("Details"))
        self.text.setFont(theme.mono_font())
        self.text.setPlainText(visible(report.text))
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report.text))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(plain_label(words, wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
        self.resize(720, 460)
