"""What this program is, and what one copies into a report of a problem: versions and places, never contents."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.command_line.doctor import examine, findings_text
from app.dialogs.form_parts import button_box
from app.language import tr
from app.start.crash_report import without_home
from engine import __version__

PACKAGES = ("PySide6-Essentials", "numpy", "msgspec", "pyqtgraph", "torch", "transformers")


class AboutSheet(QDialog):
    """Name, versions, and a button that copies them."""

    licences_wanted = Signal()

    def __init__(self, engine: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Espalier"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facts = without_home(facts(engine))
        what = _label(
            tr(
                "Espalier draws a language model's search for an answer while it grows, and lets you stop it, "
                "step through it, see the arithmetic and keep it."
            )
        )
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(tr("Versions, and what the doctor finds here; no session and no text of yours"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{self._facts}\n\n{diagnosis()}"))
        licences = buttons.addButton(tr("Licences…"), QDialogButtonBox.ButtonRole.ActionRole)
        licences.setToolTip(tr("What Espalier is made of, and under which licences"))
        licences.clicked.connect(self.licences_wanted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(what)
        layout.addWidget(_label(self._facts))
        layout.addWidget(buttons)
        self.resize(460, self.sizeHint().height())


def facts(engine: str) -> str:
    """One fact a line; asks the package metadata, imports nothing. `engine`: what the engine said of itself."""
    lines = [
        f"Espalier {__version__}",
        f"Engine: {engine or 'not started'}",
        f"Python {platform.python_version()} at {sys.executable}",
        f"Qt {qVersion()} on {QGuiApplication.platformName()}",
        f"System: {platform.platform()}",
        *(f"{name} {_version(name)}" for name in PACKAGES),
        "Licence: MIT. Qt is used under the LGPL 3.",
    ]
    return "\n".join(lines)


def diagnosis() -> str:
    """What `espalier doctor` finds, but for starting an engine: one is running, and has said what it is."""
    return without_home(findings_text(examine(engine=False)))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "is not installed"


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
