"""Asking for a file: the system's own dialogs, which do not block. Knows the suffix of a session, no session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FILTER = "Espalier sessions (*.espalier)"
Chosen = Callable[[Path], None]


def ask_open(parent: QWidget, folder: Path, chosen: Chosen) -> None:
    """Call `chosen` with an existing file, if the user picks one."""
    dialog = QFileDialog(parent, "Open a session", str(folder), FILTER)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(dialog, chosen)


def ask_save(parent: QWidget, suggestion: Path, chosen: Chosen) -> None:
    """Call `chosen` with a name to save under; the system asks before it names a file that exists."""
    dialog = QFileDialog(parent, "Save the session as", str(suggestion), FILTER)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("espalier")
    _show(dialog, chosen)


def _show(dialog: QFileDialog, chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
