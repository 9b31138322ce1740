"""The help pages of all strategies: what each is, its paper, its formula, its settings. Reads them off the classes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box
from app.language import tr
from app.panels.texts import ENGLISH, plain_label
from app.strategy_box import FIRST
from app.theme import Theme, embolden
from engine.search import SEARCHES
from engine.search.help import HelpPage, by_group, help_page, help_text

LIST_PX = 220


class StrategiesSheet(QDialog):
    """A list at the left, the chosen strategy's page at the right; closes with Escape."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Strategies"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Strategies"))
        self.list.setFixedWidth(LIST_PX)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("About the strategy"))
        for group, members in by_group(SEARCHES.values()).items():
            self._add_heading(group)
            for search in members:
                item = QListWidgetItem(search.title, self.list)
                item.setData(Qt.ItemDataRole.UserRole, search.name)
                item.setToolTip(search.title)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy page"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(help_text(SEARCHES[self.strategy])))
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(self._area, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row, 1)
        layout.addWidget(buttons)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.select(name)
        self.resize(860, 640)

    def select(self, name: str) -> None:
        """Turn to the page of a strategy; to the first one's if there is none of this name."""
        names = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        self.list.setCurrentRow(names.index(name) if name in names else FIRST)

    @property
    def strategy(self) -> str:
        """Name of the strategy whose page is shown."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def page_text(self) -> str:
        """All that the page says, label by label."""
        return "\n".join(label.text() for label in self._area.findChildren(QLabel))

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        embolden(font)
        item.setFont(font)

    def _show(self) -> None:
        self._area.setWidget(_page(help_page(SEARCHES[self.strategy]), self._theme))
        self._area.verticalScrollBar().setValue(0)


def _page(page: HelpPage, theme: Theme) -> QWidget:
    inside = QWidget()
    inside.setObjectName(ENGLISH)
    column = QVBoxLayout(inside)
    column.setContentsMargins(14, 4, 14, 12)
    column.setSpacing(10)
    title = _text(page.title)
    big = theme.ui_font(13)
    embolden(big)
    title.setFont(big)
    column.addWidget(title)
    flag = plain_label(f"espalier run --search {page.name}", selectable=True, quiet=True)
    flag.setFont(theme.mono_font())
    column.addWidget(flag)
    if page.paper:
        column.addWidget(_text(page.paper, quiet=True))
    for paragraph in page.paragraphs:
        column.addWidget(_text(paragraph))
    if page.formula:
        column.addWidget(_heading(tr("Formula"), theme))
        formula = _text(page.formula)
        formula.setFont(theme.mono_font(8))
        column.addWidget(formula)
    if page.settings:
        column.addWidget(_heading(tr("Settings"), theme))
        column.addLayout(_settings(page, theme))
    column.addStretch(1)
    return inside


def _settings(page: HelpPage, theme: Theme) -> QGridLayout:
    """Label and name at the left, the sentences at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for row, entry in enumerate(page.settings):
        name = QVBoxLayout()
        name.setSpacing(0)
        name.addWidget(plain_label(entry.label))
        field = plain_label(entry.name, selectable=True, quiet=True)
        field.setFont(theme.mono_font(8))
        name.addWidget(field)
        name.addStretch(1)
        grid.addLayout(name, row, 0)
        words = _text(entry.words)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
    return grid


def _text(text: str, quiet: bool = False) -> QLabel:
    return plain_label(text, wrap=True, selectable=True, quiet=quiet)


def _heading(text: str, theme: Theme) -> QLabel:
    label = plain_label(text)
    bold = theme.ui_font(10)
    embolden(bold)
    label.setFont(bold)
    return label
