"""Facts as a grid of labels and values. Knows no tree; keeps its labels while only numbers change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.language import tr
from app.panels.facts import Fact
from app.panels.swatch import SWATCH, Swatches
from app.panels.texts import breakable, plain_label
from app.theme import Theme

COLUMNS = 2
"""Short facts beside each other."""


class FactsGrid(QWidget):
    """Short facts two to a row, wide ones alone. New values of the same facts do not move anything."""

    node_chosen = Signal(int)
    """The user asked for the node that a fact speaks of."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._values: list[_Value] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        for column, share in ((1, 2), (3, 3)):  # the right one holds Q with its error
            self._grid.setColumnStretch(column, share)
        theme.changed.connect(self._restyle)

    def set_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts; the grid is laid out anew only if they are other facts than before."""
        if facts == self._facts:
            return
        if _shape(facts) != _shape(self._facts):
            self._lay_out(facts)
        self._facts = facts
        for value, fact in zip(self._values, facts, strict=True):
            value.show_fact(fact)

    def text(self) -> str:
        """All facts as lines `label: value`."""
        return "\n".join(f"{fact.label}: {fact.value}" for fact in self._facts)

    def _lay_out(self, facts: tuple[Fact, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._values = [_Value(self._theme) for _ in facts]
        row = column = 0
        for fact, value in zip(facts, self._values, strict=True):
            if fact.wide and column:
                row, column = row + 1, 0
            label = plain_label(fact.label, quiet=True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setBuddy(value)
            value.label.setAccessibleName(fact.label)
            value.go.clicked.connect(lambda _=False, value=value: self._ask_for(value))
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(value, row, 2 * column + 1, 1, 3 if fact.wide else 1)
            column += 1
            if fact.wide or column == COLUMNS:
                row, column = row + 1, 0

    def _ask_for(self, value: _Value) -> None:
        node = self._facts[self._values.index(value)].node
        if node is not None:
            self.node_chosen.emit(node)

    def _restyle(self) -> None:
        for value, fact in zip(self._values, self._facts, strict=True):
            value.show_fact(fact)


class _Value(QWidget):
    """A swatch, the value, and a mark if a gold answer is behind it. Neutral text: colours are never read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.label = plain_label(selectable=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._swatch = QLabel()
        self._swatches = Swatches(theme)
        self._gold = plain_label(tr(" GOLD "))
        self._gold.setAccessibleName(tr("Comes from a known right answer"))
        self.go = QToolButton()
        self.go.setText(tr("Go to"))
        self.go.setAutoRaise(True)
        self.go.setToolTip(tr("Select that node"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._swatch, alignment=top)
        layout.addWidget(self.label, 1)
        layout.addWidget(self._gold, alignment=top)
        layout.addWidget(self.go, alignment=top)

    def show_fact(self, fact: Fact) -> None:
        self.label.setFont(self._theme.mono_font())
        self.label.setText(breakable(fact.value) if fact.wide else fact.value)
        self.label.setWordWrap(fact.wide)
        self._swatch.setVisible(fact.swatch is not None)
        self._gold.setVisible(fact.gold)
        self.go.setVisible(fact.node is not None)
        self.go.setAccessibleName(tr("Go to node {node}").format(node=fact.node))
        self._swatch.setPixmap(self._swatches.icon(fact.swatch).pixmap(SWATCH))
        self._swatch.setFixedHeight(QFontMetrics(self.label.font()).height())
        if fact.gold:
            colours = self._theme.palette
            self._gold.setStyleSheet(
                f"background: {colours.principal.name()}; color: {colours.on_accent.name()}; border-radius: 3px"
            )


def _shape(facts: tuple[Fact, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple((fact.label, fact.wide) for fact in facts)
