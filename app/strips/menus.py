"""Menus and toolbar, filled from the registry of actions. Knows no action's meaning; only where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from app.commands import MENUS, Actions
from app.commands.engine import AT_A_STEP
from app.language import tr
from app.panels.texts import plain_label
from app.strategy_box import FIRST, strategy_box
from app.strips.find_box import FindBox
from app.strips.look_boxes import LookBoxes

RUN_BUTTONS = ("file.new_run", "", "run.run", "run.pause", "run.step_phase", "run.step_iteration", "run.stop", "")
"""Toolbar, left to right; an empty name is a separator."""
ICON = QSize(18, 18)
WIDEST_BOX = 190
SEARCH_LETTERS = 16
"""Of a strategy's name that can be read without opening the box; the longest has twice as many."""

NODE_MENU = (
    *AT_A_STEP, "", "edit.prune", "edit.restore", "edit.insert_step", "edit.score", "", "view.thought", "",
    "view.fold", "view.hoist", "view.pin", "go.twin", "view.fit_selection",
)  # fmt: skip
"""Menu of a step, in the tree and in the outline; an empty name is a separator."""
RUN_MENU = ("run.run", "run.more", "", "runs.rename", "runs.private")
"""Menu of a run, in the list of runs."""


def fill_menu_bar(window: QMainWindow, actions: Actions, recent: QMenu) -> None:
    """Every action in its menu, in the order of the registry; `recent` stands below Open."""
    for title, shown in zip(MENUS, with_letters([tr(title) for title in MENUS]), strict=True):
        menu = window.menuBar().addMenu(shown)
        menu.setToolTipsVisible(True)
        inner: dict[str, QMenu] = {}
        for action in actions:
            if action.menu != title:
                continue
            if action.separator:
                menu.addSeparator()
            if action.submenu and action.submenu not in inner:
                inner[action.submenu] = menu.addMenu(tr(action.submenu))
                inner[action.submenu].setToolTipsVisible(True)
            inner.get(action.submenu, menu).addAction(actions.qaction(action.id))
            if action.id == "file.open":
                menu.addMenu(recent)


def with_letters(titles: Sequence[str]) -> list[str]:
    """The titles with `&` before the letter that opens each with Alt: its first one that no menu before it has."""
    taken: set[str] = set()
    shown = []
    for title in titles:
        place = next((place for place, letter in enumerate(title) if letter.lower() not in taken), 0)
        taken.add(title[place].lower())
        shown.append(f"{title[:place]}&{title[place:]}")
    return shown


class ContextMenu(QMenu):
    """What can be done to what is selected; a click with the right button selects what is under the pointer."""

    def __init__(self, title: str, names: Sequence[str], actions: Actions, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(actions.refresh)
        for name in names:
            if name:
                self.addAction(actions.qaction(name))
            else:
                self.addSeparator()

    def attach(self, view: QWidget) -> None:
        """Open over this view."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        inside = view.viewport() if isinstance(view, QAbstractScrollArea) else view
        view.customContextMenuRequested.connect(lambda at: self.popup(inside.mapToGlobal(at)))


class PickMenu(QMenu):
    """Some actions to choose from, at the pointer; made once, shown by `ask`."""

    def __init__(self, title: str, actions: Actions, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(title, parent)
        self._window = parent
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(actions.refresh)
        for name in names:
            self.addAction(actions.qaction(name))

    def ask(self) -> None:
        window = self._window
        inside = window.rect().contains(window.mapFromGlobal(QCursor.pos()))
        self.popup(QCursor.pos() if inside else window.mapToGlobal(window.rect().center()))
        self.setActiveAction(self.actions()[0])


class MainToolBar(QToolBar):
    """Run buttons, the strategy of the next run, and the look."""

    _room = 0
    """Pixels that the buttons want with their words, once they had too few."""

    def __init__(self, actions: Actions, search: str, look: LookBoxes, find: FindBox, parent: QWidget) -> None:
        super().__init__(tr("Toolbar"), parent)
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
        self.addWidget(plain_label(tr("Search") + " "))
        self.addWidget(self.search)
        self.addWidget(look)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.addWidget(find)
        self.addAction(actions.qaction("view.theme"))
        button = self.widgetForAction(actions.qaction("view.theme"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)  # type: ignore[attr-defined] # a QToolButton
        for child in self.findChildren(QToolButton):
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.search.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a button may have got a longer name: Run, Go on
            self._fit()
        return handled

    def _fit(self) -> None:
        """Where there is no room for words, the icons stay: the find box must never go behind the edge."""
        style, wanted = self.toolButtonStyle(), self.sizeHint().width()
        if style == Qt.ToolButtonStyle.ToolButtonTextBesideIcon and wanted > self.width():
            self._room = wanted
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        elif style == Qt.ToolButtonStyle.ToolButtonIconOnly and self.width() >= self._room:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def show_search(self, name: str) -> None:
        """Offer the strategy that was run last for the next run, too."""
        self.search.setCurrentIndex(max(FIRST, self.search.findData(name)))

    def _make_search(self, search: str) -> QComboBox:
        box = strategy_box(search, tr("Search of the next run"))
        box.setToolTip(tr("The search that Run and New run use next"))
        box.setMaximumWidth(WIDEST_BOX)
        box.view().setMinimumWidth(box.sizeHint().width())  # the list spells out what the box cuts off
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(SEARCH_LETTERS)
        return box
