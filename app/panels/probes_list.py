"""The list of probes: by the trace that they are about, each with its state or its figure. Starts nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from app.language import tr
from app.models.probe_results import Group, Place, Trial
from app.panels.texts import ENGLISH
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme, embolden
from app.words.probe import place_words

KEY = Qt.ItemDataRole.UserRole
SMALL = 8.5
MARGIN_PX = 12
NARROW_PX = 230
ROOMY_PX = 330
RUN, FOUND = 1, 2


@dataclass(frozen=True, slots=True)
class Key:
    """Which row: a run, or a probe that was never run."""

    probe: str
    run: int | None


def key_of(trial: Trial) -> Key:
    return Key(trial.kind.name, None if trial.info is None else trial.info.id)


class ProbeList(QTreeWidget):
    """Two columns. `row_chosen` comes when another row is the current one."""

    row_chosen = Signal(object)
    """Key"""
    row_activated = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[Key, QTreeWidgetItem] = {}
        self._heads: list[QTreeWidgetItem] = []
        self._shape: tuple[object, ...] = ()
        _dress_as_list(self)
        self.currentItemChanged.connect(self._on_current)
        self.itemActivated.connect(self._on_activated)

    @property
    def key(self) -> Key | None:
        """The current row."""
        item = self.currentItem()
        return None if item is None else item.data(0, KEY)

    def show_groups(self, groups: Sequence[Group], here: Place | None, words: Callable[[Trial], str]) -> None:
        """The same rows with other words keep selection and place; `here`: the trace on screen."""
        shape = tuple((group.place, tuple(map(key_of, group.trials))) for group in groups)
        if shape != self._shape:
            self._rebuild(groups, shape)
        for head, group in zip(self._heads, groups, strict=True):
            head.setText(0, _head_words(group, here))
            for trial in group.trials:
                self._show_trial(self._rows[key_of(trial)], trial, words(trial))

    def choose(self, key: Key) -> None:
        """Make a row the current one, if it is there."""
        if key in self._rows:
            self.setCurrentItem(self._rows[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow list names come first, then figures."""
        super().resizeEvent(event)
        self.setColumnHidden(FOUND, self.width() < NARROW_PX)
        self.setColumnHidden(RUN, self.width() < ROOMY_PX and not self.isColumnHidden(FOUND))

    def restyle(self) -> None:
        font = self._theme.ui_font(SMALL)
        self.setFont(font)
        for column, widest in ((RUN, "9999"), (FOUND, "−0.00 [−0.00, −0.00]")):
            title = self.headerItem().text(column)
            width = max(self.fontMetrics().horizontalAdvance(text) for text in (widest, title))
            self.header().resizeSection(column, width + MARGIN_PX)
        for head in self._heads:
            embolden(font)
            head.setFont(0, font)

    def _rebuild(self, groups: Sequence[Group], shape: tuple[object, ...]) -> None:
        kept = self.key
        self.blockSignals(True)
        self.clear()
        self._rows, self._heads, self._shape = {}, [], shape
        for group in groups:
            head = QTreeWidgetItem(self, [""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            head.setExpanded(True)
            self._heads.append(head)
            for trial in group.trials:
                row = QTreeWidgetItem(head)
                row.setData(0, KEY, key_of(trial))
                self._rows[key_of(trial)] = row
        self.restyle()
        self.blockSignals(False)
        self._keep(kept)

    def _keep(self, kept: Key | None) -> None:
        """The row that was current; where a probe has been run meanwhile, its run."""
        found = self._rows.get(kept) if kept is not None else None
        if found is None and kept is not None:
            found = next((row for key, row in self._rows.items() if key.probe == kept.probe), None)
        if found is not None:
            self.setCurrentItem(found)

    def _show_trial(self, item: QTreeWidgetItem, trial: Trial, words: str) -> None:
        number = "" if trial.info is None else f"{trial.info.id}"
        for column, text in enumerate((trial.kind.title, number, one_line(words))):
            if item.text(column) != text:
                item.setText(column, text)
        item.setToolTip(0, as_tool_tip(f"{trial.kind.question}\n{trial.kind.citation}".strip()))
        item.setToolTip(FOUND, as_tool_tip(words))
        quiet = trial.info is None
        colours = self._theme.palette
        for column in range(FOUND + 1):
            item.setForeground(column, QBrush(colours.secondary if quiet or column else colours.text))

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None and (key := item.data(0, KEY)) is not None:
            self.row_chosen.emit(key)

    def _on_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        if (key := item.data(0, KEY)) is not None:
            self.row_activated.emit(key)


def _dress_as_list(tree: QTreeWidget) -> None:
    tree.setObjectName(ENGLISH)
    tree.setAccessibleName(tr("Probes, by the trace that they are about"))
    tree.setHeaderLabels([tr("Probe"), tr("Run #"), tr("Found")])
    tree.setAlternatingRowColors(True)
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setIndentation(10)
    tree.setUniformRowHeights(True)
    tree.setTabKeyNavigation(False)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.header().setMinimumSectionSize(20)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setStretchLastSection(False)
    tree.header().setHighlightSections(False)


def _head_words(group: Group, here: Place | None) -> str:
    if group.place is None:
        return tr("Thoughts of their own")
    if group.place == here:
        return tr("This trace: {place}").format(place=place_words(group.place))
    words = place_words(group.place)
    return f"{words[:1].upper()}{words[1:]}"
