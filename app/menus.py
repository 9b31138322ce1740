"""Menus and toolbar, filled from the registry of actions. Knows no action's meaning; only where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLabel, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from app.commands import MENUS, Actions
from app.language import tr
from app.strategy_box import FIRST, strategy_box

RUN_BUTTONS = ("file.new_run", "", "run.run", "run.pause", "run.step_phase", "run.step_iteration", "run.stop", "")
"""Toolbar, left to right; an empty name is a separator."""
ICON = QSize(18, 18)

NODE_MENU = ("edit.prune", "edit.restore", "edit.insert_step", "", "view.fold", "view.twin", "view.fit_selection")
"""Menu of a step, in the tree and in the outline; an empty name is a separator."""

Recent = Callable[[], Sequence[Path]]
OpenFile = Callable[[Path], None]


def fill_menu_bar(window: QMainWindow, actions: Actions, recent: Recent, open_file: OpenFile) -> None:
    for title in MENUS:
        menu = window.menuBar().addMenu(tr(title))
        menu.setToolTipsVisible(True)
        for action in actions:
            if action.menu != title:
                continue
            if action.separator:
                menu.addSeparator()
            menu.addAction(actions.qaction(action.id))
            if action.id == "file.open":
                menu.addMenu(RecentMenu(menu, recent, open_file))


class RecentMenu(QMenu):
    """Files that were open lately; read anew whenever it is about to be shown."""

    def __init__(self, parent: QWidget, recent: Recent, open_file: OpenFile) -> None:
        super().__init__("Open recent", parent)
        self._recent, self._open = recent, open_file
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        self.clear()
        paths = self._recent()
        for path in paths:
            entry = self.addAction(path.stem.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _=False, path=path: self._open(path))
        if not paths:
            self.addAction("No file yet").setEnabled(False)


class NodeMenu(QMenu):
    """What can be done to the selected step; a click with the right button selects the one under the pointer."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Step", parent)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(actions.refresh)
        for name in NODE_MENU:
            if name:
                self.addAction(actions.qaction(name))
            else:
                self.addSeparator()

    def attach(self, view: QWidget) -> None:
        """Open over this view."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        inside = view.viewport() if isinstance(view, QAbstractScrollArea) else view
        view.customContextMenuRequested.connect(lambda at: self.popup(inside.mapToGlobal(at)))


class MainToolBar(QToolBar):
    """Run buttons, the strategy of the next run, and the look."""

    def __init__(self, actions: Actions, search: str, parent: QWidget) -> None:
        super().__init__("Toolbar", parent)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in RUN_BUTTONS:
            if name:
                self.addAction(actions.qaction(name))
            else:
                self.addSeparator()
        self.search = self._make_search(search)
        self.addWidget(QLabel("Search "))
        self.addWidget(self.search)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        for name in ("help.palette", "view.theme"):
            self.addAction(actions.qaction(name))
            button = self.widgetForAction(actions.qaction(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # type: ignore[attr-defined] # a QToolButton
        for child in self.findChildren(QWidget):
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus if child is not self.search else Qt.FocusPolicy.TabFocus)

    def show_search(self, name: str) -> None:
        """Offer the strategy that was run last for the next run, too."""
        self.search.setCurrentIndex(max(FIRST, self.search.findData(name)))

    def _make_search(self, search: str) -> QComboBox:
        box = strategy_box(search, "Search of the next run")
        box.setToolTip("The search that Run and New run use next")
        return box
