"""Asks in which format a run is to be exported, and whether all runs of the session. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QHeaderView, QTreeWidgetItem, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, striped_list
from app.language import tr

SIZE = (880, 400)


class Offered(NamedTuple):
    """One format."""

    name: str
    title: str
    about: str
    """What it is for, as a sentence."""
    takes_many: bool
    """Whether several runs can stand in one of its files."""


class ExportDialog(QDialog):
    """A list of formats, each with a sentence, and a box for all runs; where one file holds one run, it is grey."""

    chosen = Signal(str, bool)
    """Name of the format, and whether all runs are wanted."""

    def __init__(
        self,
        offered: Sequence[Offered],
        last: str,
        runs: int,
        *,
        every: bool,
        some_private: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`last` is the name of the format that is chosen at first; `runs` counts those of the session that can go into
        one file; `some_private`: others may not."""
        super().__init__(parent)
        self.setWindowTitle(tr("Export the session") if every else tr("Export the run"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offered = offered
        self.list = striped_list(tr("Formats"), tr("Format"), tr("What it is for"))
        rows = {entry.name: QTreeWidgetItem(self.list, [entry.title, entry.about]) for entry in offered}
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        words = (
            tr("All {count:,} runs of the session that are not private, in one file")
            if some_private
            else tr("All {count:,} runs of the session in one file")
        )
        self.every = QCheckBox(words.format(count=runs))
        self.every.setVisible(runs > 1)
        self._wants_every = every
        self.every.clicked.connect(self._want)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.accept_button = buttons.addButton(tr("Choose a file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self._finish)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (self.list, self.every, buttons):
            layout.addWidget(part)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda *_: self._finish())
        self.list.setCurrentItem(rows.get(last, rows[offered[0].name]))
        self.list.setFocus()
        self.resize(*SIZE)

    @property
    def format(self) -> Offered:
        """The one that is chosen now."""
        return self._offered[self.list.currentIndex().row()]

    def _want(self, every: bool) -> None:
        self._wants_every = every

    def _show(self) -> None:
        """What was wanted comes back when a format is chosen that can do it."""
        takes_many = self.format.takes_many
        self.every.setEnabled(takes_many)
        self.every.setChecked(self._wants_every and takes_many)
        self.every.setToolTip("" if takes_many else tr("A file of this format holds one run."))

    def _finish(self) -> None:
        self.chosen.emit(self.format.name, self.every.isChecked())
        self.accept()
