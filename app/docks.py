"""The panels of a window in their docks: which there are, where they stand at first. Knows no panel by its class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from app.language import tr
from app.panels import PANELS
from app.panels.panel import Area, Panel, PanelWidget
from app.parts import Parts

SHARES: dict[Area, tuple[float, int, int]] = {
    "left": (0.19, 190, 300),
    "right": (0.28, 330, 400),
    "bottom": (0.22, 140, 210),
}
"""Of the window's width or height that panels get in a fresh layout, and the least and the most pixels."""
AREAS: dict[Area, Qt.DockWidgetArea] = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
BESIDE = ("timeline", "prm_plot")
"""Panels at the bottom that stand side by side; the others are tabs behind the last of them."""
BESIDE_SHARES = (46, 54)
"""Of their width in a fresh layout: with less, the tabs of a fresh layout have no room in a window of 1280 pixels."""

TIMELINE_PX = 260
"""What the timeline keeps when a panel beside it is given room."""
MOST = 0.48
"""Of the window's height, what a panel is given at most: the tree stays in sight."""
NEARLY = 0.9
"""Of the room that a panel would like: with as much nothing is moved for it."""


class Docks(Mapping[str, QDockWidget]):
    """A dock for every panel of the registry, by the panel's id."""

    def __init__(self, window: QMainWindow, parts: Parts) -> None:
        self._window = window
        self.panels: dict[str, QWidget] = {panel.id: panel.factory(parts) for panel in PANELS}
        self._docks = {panel.id: _dock(panel, self.panels[panel.id], window) for panel in PANELS}
        for dock in self._docks.values():
            dock.visibilityChanged.connect(lambda _: self._spell_out_tabs())
        for name, panel in self.panels.items():
            if isinstance(panel, PanelWidget):
                panel.front_wanted.connect(partial(self.show_with_room, name))
                panel.other_wanted.connect(self.show_with_room)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._docks)

    def __len__(self) -> int:
        return len(self._docks)

    def show(self, name: str) -> None:
        """Bring a panel to the front."""
        self[name].show()
        self[name].raise_()

    def show_with_room(self, name: str) -> None:
        """Bring a panel of the bottom to the front, as large as it would like to be; nothing is made smaller for that
        than can be read, and a panel that is larger stays so."""
        self.show(name)
        dock, panel = self[name], self.panels[name]
        below = self._window.dockWidgetArea(dock) == AREAS["bottom"]
        if dock.isFloating() or not below or not isinstance(panel, PanelWidget):
            return
        wanted, timeline = panel.preferred_size, self[BESIDE[0]]
        high = min(wanted.height(), round(self._window.height() * MOST))
        if dock.height() < NEARLY * high:
            self._window.resizeDocks([dock], [high], Qt.Orientation.Vertical)
        both = timeline.width() + dock.width()
        wide = min(wanted.width(), both - TIMELINE_PX)
        if dock.width() < NEARLY * wide and dock in self._window.tabifiedDockWidgets(self[BESIDE[1]]):
            self._window.resizeDocks([timeline, dock], [both - wide, wide], Qt.Orientation.Horizontal)

    def reset(self) -> None:
        """All panels in their places, sized for the window as it is."""
        for dock in self.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        if self._window.isVisible():  # Qt must have laid out the empty window, or old tab bars stay on it as ghosts
            QTimer.singleShot(0, self._window, self._arrange)
        else:
            self._arrange()

    def restore(self, state: QByteArray, version: int) -> bool:
        """Put the panels where they were when `state` was kept; False if it cannot be read.

        A panel that is newer than the kept layout has its place among its like, too; Qt would leave it lying on top.
        """
        if not self._window.restoreState(state, version):
            return False
        for panel in PANELS:
            if self._window.dockWidgetArea(self[panel.id]) == Qt.DockWidgetArea.NoDockWidgetArea:
                self._add_late(panel)
        return True

    def _add_late(self, panel: Panel) -> None:
        dock = self[panel.id]
        self._window.addDockWidget(AREAS[panel.area], dock)
        placed = [self[other.id] for other in PANELS if other.area == panel.area and other is not panel]
        if beside := next((one for one in reversed(placed) if self._window.tabifiedDockWidgets(one)), None):
            self._window.tabifyDockWidget(beside, dock)
        dock.setVisible(panel.at_first)

    def _arrange(self) -> None:
        """Outline before others at the left, timeline and scores side by side at the bottom, others tabs behind them.

        Panels that are not there at first have their place all the same: opened, they are a tab among their like.
        """
        self._window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        for area in AREAS:
            self._fill(area)
        for area in ("left", "right"):
            one = next(self[panel.id] for panel in PANELS if panel.area == area)
            self._window.resizeDocks([one], [_part(self._window.width(), area)], Qt.Orientation.Horizontal)
        bottom = [self[name] for name in BESIDE]
        height = _part(self._window.height(), "bottom")
        self._window.resizeDocks(bottom, [height] * len(bottom), Qt.Orientation.Vertical)
        self._window.resizeDocks(bottom, list(BESIDE_SHARES), Qt.Orientation.Horizontal)

    def _spell_out_tabs(self) -> None:
        """Where tabs have too little room they are scrolled; Qt would cut their names to a letter or two."""
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setElideMode(Qt.TextElideMode.ElideNone)

    def _fill(self, area: Area) -> None:
        first, *others = docks = [self[panel.id] for panel in PANELS if panel.area == area]
        self._window.addDockWidget(AREAS[area], first)
        if first is self[BESIDE[0]]:
            first = self[BESIDE[1]]
            others.remove(first)
            self._window.splitDockWidget(docks[0], first, Qt.Orientation.Horizontal)
        for dock in others:
            self._window.tabifyDockWidget(first, dock)
        for dock in docks:
            dock.setVisible(next(panel.at_first for panel in PANELS if self[panel.id] is dock))
        first.raise_()


def _dock(panel: Panel, widget: QWidget, window: QMainWindow) -> QDockWidget:
    dock = QDockWidget(tr(panel.title), window)
    if isinstance(widget, PanelWidget):
        dock.visibilityChanged.connect(lambda _: widget.look_again())
        dock.topLevelChanged.connect(lambda floating: _spread(dock, widget) if floating else None)
    dock.setObjectName(panel.id)
    dock.setWidget(widget)
    return dock


def _spread(dock: QDockWidget, panel: PanelWidget) -> None:
    """A panel that was taken out of the window is as large as it would like to be: its place was small."""
    dock.resize(dock.size().expandedTo(panel.preferred_size))


def _part(length: int, area: Area) -> int:
    """Pixels of a window's width or height for the panels of an area."""
    share, least, most = SHARES[area]
    return round(min(most, max(least, length * share)))
