"""What was odd in files that were imported: a list to read and to copy. Knows no file and no format."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidgetItem, QVBoxLayout, QWidget

from app.dialogs.form_parts import button_box, striped_list
from app.language import tr
from app.odd_rows import OddRows, more_of
from app.panels.texts import ENGLISH, plain_label
from app.plain_text import as_tool_tip

WIDTH, HEIGHT = 860, 460
PLACE_PX, WHAT_PX = 190, 420


class OddSheet(QDialog):
    """Where, what, and how the line begins; of long cells the tool tip has the rest."""

    def __init__(self, odd: OddRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What was odd"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = striped_list(tr("What was odd"), tr("Where"), tr("What"), tr("Begins with"))
        self.list.setObjectName(ENGLISH)
        self.list.addTopLevelItems([_item(row) for row in odd.rows])
        self.list.setColumnWidth(0, PLACE_PX)
        self.list.setColumnWidth(1, WHAT_PX)
        if not any(row.place for row in odd.rows):
            self.list.setColumnHidden(0, True)
        if not any(row.begins for row in odd.rows):
            self.list.setColumnHidden(2, True)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy as text"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(odd.as_text()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        words = tr("Everything else of the file was taken as it is. A session made of it keeps this list as a note.")
        layout.addWidget(plain_label(words, wrap=True))
        layout.addWidget(self.list, 1)
        if odd.left:
            layout.addWidget(plain_label(more_of(odd.left), quiet=True))
        layout.addWidget(buttons)
        self.resize(WIDTH, HEIGHT)


def _item(row: tuple[str, str, str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(row))
    for column, words in enumerate(row):
        item.setToolTip(column, as_tool_tip(words))
    return item
