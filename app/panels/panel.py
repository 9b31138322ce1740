"""What all panels share: how one is declared, and when it reads the run again. Knows no particular panel.

A panel never works while nobody can see it, and reads the run at most once a frame, however many events come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from app.commands import Action
from app.models.shown_run import ShownRun
from app.panels.texts import plain_label
from app.parts import Parts
from app.theme import Theme
from app.words.nothing import why_no_tree

FRAME_MS = 33
"""Milliseconds between two readings of the run: faster, numbers cannot be read and only cost the engine time."""

RACING_MS = 100
"""The same while a search runs: what changes ten times a second is live, and the engine needs the processor more."""

REST = 8
"""A panel rests this many times as long as its last reading took: a slow one is read less often, so that however fast
events come the window stays free."""
LONGEST_REST_MS = 250

_offsets = cycle(range(0, 20, 4))
"""Milliseconds that tell the frames of panels apart: all of them at once would be one long stop."""

LEAST = QSize(300, 120)
"""What no panel asks more than."""

Area = Literal["left", "right", "bottom"]


class PanelWidget(QWidget):
    """A widget that shows the run: either its `content`, or a sentence that says why there is none.

    Subclasses fill `content`, call `mark_stale` from signals and override `refresh`.
    """

    preferred_size = QSize(480, 160)
    frame_ms = FRAME_MS

    front_wanted = Signal()
    """The user asked for this panel: it is to be seen, with room to be read."""
    other_wanted = Signal(str)
    """The same of another panel, by its id."""

    def __init__(self, shown: ShownRun, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.theme = theme
        self.content = QWidget()
        self._empty = empty_state(why_no_tree(shown))
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._empty)
        self._layers.addWidget(self.content)
        self._stale = True
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._offset_ms = next(_offsets)
        self._rest_ms = 0
        self._frame.timeout.connect(self._refresh_if_seen)
        theme.changed.connect(self.restyle)

    def own_actions(self) -> Sequence[Action]:
        """What can be done in this panel or with it; the window adds them to the registry."""
        return ()

    def sizeHint(self) -> QSize:
        """The size it is given in a fresh layout."""
        return self.preferred_size

    def minimumSizeHint(self) -> QSize:
        """Less than its widest row would like: the window fits on a small screen, in any language."""
        return super().minimumSizeHint().boundedTo(LEAST)

    @property
    def stale(self) -> bool:
        """Whether something has changed that the panel has not read yet."""
        return self._stale

    def mark_stale(self) -> None:
        """Something that the panel shows has changed: it will be read within a frame, or when the panel is seen."""
        self._stale = True
        if self._is_seen() and not self._frame.isActive():
            frame_ms = max(self.frame_ms, RACING_MS) if self.shown.racing else self.frame_ms
            self._frame.start(max(frame_ms + self._offset_ms, self._rest_ms))

    def look_again(self) -> None:
        """The panel may have come into sight: read the run if it has."""
        QTimer.singleShot(0, self, self._refresh_if_seen)  # it gets its place first

    def refresh(self) -> None:
        """Read the run and show it."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Colours changed. What Qt's palette does not reach is coloured again here or in `refresh`."""
        self.mark_stale()
        self.update()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the content; an empty one shows the content."""
        if sentence:
            self._empty.setText(sentence)
        self._layers.setCurrentWidget(self._empty if sentence else self.content)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()

    def _is_seen(self) -> bool:
        """Qt calls a panel behind another one's tab visible; it lies outside the window then."""
        place = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        return self.isVisible() and self.window().rect().intersects(place)

    def _refresh_if_seen(self) -> None:
        if self._stale and self._is_seen():
            self._stale = False
            began = perf_counter()
            self.refresh()
            self._rest_ms = min(LONGEST_REST_MS, round(REST * 1000 * (perf_counter() - began)))


@dataclass(frozen=True, slots=True)
class Panel:
    """One line of the registry: a dock of the window."""

    id: str
    """Object name of the dock, kept in saved layouts: never changes."""
    title: str
    area: Area
    factory: Callable[[Parts], QWidget]
    at_first: bool = True
    """Whether it stands in a fresh layout; others are opened from the menu Window."""


def reading(kind: Callable[[ShownRun, Theme], QWidget]) -> Callable[[Parts], QWidget]:
    """The factory of a panel that needs nothing but the run on screen."""
    return lambda parts: kind(parts.shown, parts.theme)


def empty_state(sentence: str) -> QLabel:
    """A quiet sentence in the middle of a panel that has nothing to show."""
    label = plain_label(sentence, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMargin(16)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
