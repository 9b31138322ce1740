"""A choice of one among a few, as buttons side by side. Knows nothing of what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.theme import Theme


class Segment(NamedTuple):
    """One of them; texts for users, already translated."""

    key: str
    title: str
    tip: str


class Segments(QWidget):
    """The first is chosen at first. Arrows go from one to the next."""

    chosen = Signal(str)
    """The key, when the user chooses."""

    def __init__(self, theme: Theme, name: str, segments: Sequence[Segment]) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for segment in segments:
            self._buttons[segment.key] = button = _button(segment)
            self._group.addButton(button)
            row.addWidget(button)
        self._key = segments[0].key
        self._buttons[self._key].setChecked(True)
        self._group.buttonToggled.connect(self._toggle)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def key(self) -> str:
        """Of the chosen one."""
        return self._key

    def choose(self, key: str) -> None:
        """As a click would."""
        self._buttons[key].setChecked(True)

    def _toggle(self, button: QToolButton, checked: bool) -> None:
        if checked:
            self._key = next(key for key, each in self._buttons.items() if each is button)
            self._dress()
            self.chosen.emit(self._key)

    def _dress(self) -> None:
        """The chosen one stands out; Qt's own shade can hardly be seen in a dark window."""
        for button in self._buttons.values():
            colours = QPalette()
            if button.isChecked():
                colours.setColor(QPalette.ColorRole.Button, self._theme.palette.accent)
                colours.setColor(QPalette.ColorRole.ButtonText, self._theme.palette.on_accent)
            button.setPalette(colours)


def _button(segment: Segment) -> QToolButton:
    button = QToolButton()
    button.setText(segment.title)
    button.setToolTip(segment.tip)
    button.setAccessibleName(segment.title)
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
