"""What this program is made of, and under which licences: a list that can be searched, and the texts of each part."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box, striped_list
from app.language import tr
from app.licences import FOLDER, Component, about, components, read_text, short_titles
from app.panels.texts import ENGLISH, break_long_lines, plain_label, plain_view
from app.plain_text import visible
from app.theme import Theme

COLUMNS = 3
LIST_PX, TEXT_PX = 480, 600


class LicencesSheet(QDialog):
    """The list at the left, what is known of the chosen part at the right. `folder`: a bundle's texts, if it is one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, folder: Path = FOLDER) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder
        self._parts: list[Component] = []
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Find by name or licence"))
        self.filter.setAccessibleName(tr("Find a part"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._filter())
        self.list = striped_list(tr("Parts of this program"), tr("Part"), tr("Version"), tr("Licence"))
        self.page = LicencePage(theme, folder)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(_column(self.filter, self.list))
        sides.addWidget(self.page)
        sides.setStretchFactor(1, 1)
        sides.setSizes([LIST_PX, TEXT_PX])
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(tr("Copy text"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.page.text))
        buttons.rejected.connect(self.reject)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the line above would press it
        layout = QVBoxLayout(self)
        layout.addWidget(plain_label(tr("Espalier stands on the work of others. Each part keeps its own licence.")))
        layout.addWidget(sides, 1)
        layout.addWidget(buttons)
        self.resize(LIST_PX + TEXT_PX, 640)
        self.list.currentItemChanged.connect(lambda now, _: self._show(now))
        self._fill()

    def names(self) -> list[str]:
        """Of the parts that are shown, from the top."""
        return [item.text(0) for item in self._rows() if not item.isHidden()]

    def select(self, name: str) -> None:
        """Turn to a part; nothing if there is none of this name."""
        for item in self._rows():
            if item.text(0) == name:
                self.list.setCurrentItem(item)

    def _fill(self) -> None:
        try:
            self._parts = components(self._folder)
        except OSError as error:
            self.page.complain(tr("The list of licences cannot be read: {error}").format(error=error))
            return
        for part in self._parts:
            QTreeWidgetItem(self.list, [part.name, part.version, part.licence or tr("see its text")])
        for column in (0, 1):  # once: columns that follow what is found would jump with every letter
            self.list.resizeColumnToContents(column)
        self.select(self._parts[0].name)

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _filter(self) -> None:
        wanted = self.filter.text().casefold().strip()
        rows = self._rows()
        for item in rows:
            words = "\n".join(item.text(column) for column in range(COLUMNS))
            item.setHidden(wanted not in words.casefold())
        shown = [item for item in rows if not item.isHidden()]
        if not shown:
            self.list.setCurrentIndex(QModelIndex())
        elif self.list.currentItem() not in shown:
            self.list.setCurrentItem(shown[0])

    def _show(self, item: QTreeWidgetItem | None) -> None:
        self.page.show_part(None if item is None else self._parts[self.list.indexOfTopLevelItem(item)])
        self.copy.setEnabled(item is not None)


class LicencePage(QWidget):
    """One part: where it comes from, what has to be said of it, and its texts, one at a time."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.text = ""
        """What is shown, as it stands in the file."""
        self.facts = plain_label(wrap=True, selectable=True)
        self.facts.setObjectName(ENGLISH)
        self.files = QComboBox()
        self.files.setObjectName(ENGLISH)
        self.files.setAccessibleName(tr("Texts of this part"))
        self.files.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.files.currentIndexChanged.connect(lambda _: self._read())
        self.view = plain_view(tr("Licence text"))
        self.view.setFont(theme.mono_font())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.facts, self.files, self.view):
            layout.addWidget(widget, 1 if widget is self.view else 0)

    def show_part(self, part: Component | None) -> None:
        """Turn to a part; None for none."""
        texts = part.texts if part is not None else ()
        self.facts.setText(about(part) if part is not None else tr("Nothing found"))
        self.files.blockSignals(True)
        self.files.clear()
        for title, text in zip(short_titles(texts), texts, strict=True):
            self.files.addItem(title, text)
        self.files.blockSignals(False)
        self.files.setVisible(len(texts) > 1)
        if part is not None and not texts:
            self.complain(tr("This part was installed without a text of its licence."))
        else:
            self._read()

    def complain(self, sentence: str) -> None:
        """Show a sentence where the text would be."""
        self._set_text(sentence)

    def _read(self) -> None:
        name = self.files.currentData()
        try:
            self._set_text(read_text(name, self._folder) if name else "")
        except OSError as error:
            self.complain(tr("The text cannot be read: {error}").format(error=error))

    def _set_text(self, text: str) -> None:
        self.text = text
        self.view.setPlainText(break_long_lines(visible(text)))


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return column
