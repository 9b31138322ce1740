"""The buttons above the probes: start, stop, go on, again, show, copy. Knows what is asked, not how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.icons import icon
from app.language import mark, tr
from app.theme import Theme

BACK = mark("Show the trace"), mark("Put the run that the trace came from on the screen")
THERE = mark("Show the probe"), mark("Put the run of this probe on the screen")
START = mark("Ask about this thought: choose probes, settings and a budget")
RUN_ALL = mark("Ask everything about this thought, one probe after the other")
ICON = QSize(16, 16)


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be done now."""

    start: str = ""
    """Why no probe can be started; empty if one can."""
    cancel: bool = False
    go_on: bool = False
    again: bool = False
    show: bool = False
    back: bool = False
    """Whether showing leads from the probe to its trace."""
    copy: bool = False


class ProbesBar(QWidget):
    """Says what was clicked. Where there is no room for words, the icons stay."""

    copy_wanted = Signal(bool)
    """Whether as CSV; otherwise as Markdown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icons: dict[QToolButton, str] = {}
        self.start = self._button(tr("Start…"), tr(START), "run")
        self.run_all = self._button(tr("Run all…"), tr(RUN_ALL), "last")
        self.cancel = self._button(
            tr("Cancel"), tr("Stop the probe, or take it out of the queue; what was drawn stays"), "stop"
        )
        self.go_on = self._button(tr("Go on"), tr("Continue a probe that was stopped"), "play")
        self.again = self._button(tr("Run again"), tr("Ask the same once more, with another seed"), "restart")
        self.show_run = self._button(tr(THERE[0]), tr(THERE[1]), "tree")
        self.copy = self._button(tr("Copy"), tr("Copy what this probe found"), "copy")
        menu = QMenu(self.copy)
        menu.addAction(tr("As Markdown"), partial(self.copy_wanted.emit, False))
        menu.addAction(tr("As CSV"), partial(self.copy_wanted.emit, True))
        self.copy.setMenu(menu)
        self.copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.start, self.run_all, self.cancel, self.go_on, self.again, self.show_run):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.copy)
        self._room = 0
        """Pixels that the buttons want with their words, once they had too few."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.enable(Possible(start=tr("Nothing has been read yet.")))

    def enable(self, possible: Possible) -> None:
        for button, tip in ((self.start, START), (self.run_all, RUN_ALL)):
            button.setEnabled(not possible.start)
            button.setToolTip(possible.start or tr(tip))
        self.cancel.setEnabled(possible.cancel)
        self.go_on.setEnabled(possible.go_on)
        self.again.setEnabled(possible.again)
        self.copy.setEnabled(possible.copy)
        self.show_run.setEnabled(possible.show or possible.back)
        title, tip = BACK if possible.back else THERE
        self.show_run.setText(tr(title))
        self.show_run.setAccessibleName(tr(title))
        self.show_run.setToolTip(tr(tip))

    def restyle(self) -> None:
        for button, name in self._icons.items():
            button.setIcon(icon(self._theme, name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style, wanted = self.start.toolButtonStyle(), self.sizeHint().width()
        if style == Qt.ToolButtonStyle.ToolButtonTextBesideIcon and wanted > self.width():
            self._room = wanted
            self._wear(Qt.ToolButtonStyle.ToolButtonIconOnly)
        elif style == Qt.ToolButtonStyle.ToolButtonIconOnly and self.width() >= self._room:
            self._wear(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _wear(self, style: Qt.ToolButtonStyle) -> None:
        for button in self._icons:
            button.setToolButtonStyle(style)

    def _button(self, title: str, tip: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setText(title)
        button.setToolTip(tip)
        button.setAccessibleName(title)
        button.setAutoRaise(True)
        button.setIconSize(ICON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._icons[button] = picture
        return button
