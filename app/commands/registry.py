"""All actions by name, each with the one QAction that stands for it. Knows no menu, no toolbar and no run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.commands.action import Action
from app.language import tr
from app.theme import Theme, icon


class Actions(QObject):
    """The registry. `add` what can be done, `refresh` when the state of things has changed."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._declared: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}

    def __iter__(self) -> Iterator[Action]:
        return iter(self._declared.values())

    def __getitem__(self, name: str) -> Action:
        return self._declared[name]

    def add(self, actions: Iterable[Action]) -> None:
        """Raises ValueError for a name or a key that is taken: two meanings of one key are none."""
        for action in actions:
            if action.id in self._declared:
                raise ValueError(f"two actions are called {action.id}")
            for key in action.all_keys:
                if (owner := self.by_key(key)) is not None:
                    raise ValueError(f"{key} is the key of both {owner.id} and {action.id}")
            self._declared[action.id] = action
            self._made[action.id] = self._make(action)

    def by_key(self, key: str) -> Action | None:
        wanted = QKeySequence(key)
        return next((a for a in self if any(wanted == QKeySequence(k) for k in a.all_keys)), None)

    def qaction(self, name: str) -> QAction:
        """The QAction of an action, for menus and toolbars. Raises KeyError."""
        return self._made[name]

    def trigger(self, name: str) -> None:
        """Do it, if it may be done now."""
        if self._declared[name].possible():
            self._declared[name].callback()

    def attach_view_keys(self, view: QWidget) -> None:
        """Let the bare keys work while `view` or a child of it has the focus."""
        for action in self:
            for key in action.view_keys:
                self._bind(action, key, view)

    def attach_tree_keys(self, tree: QWidget) -> None:
        """Let the keys for walking about work while the tree has the focus."""
        for action in self:
            for key in action.tree_keys:
                self._bind(action, key, tree)

    def refresh(self) -> None:
        """Bring enabled, checked and titles up to date."""
        for action in self:
            made = self._made[action.id]
            made.setEnabled(action.possible())
            made.setToolTip(_tool_tip(action))
            if action.checked is not None:
                made.setChecked(action.checked())
            if action.label is not None:
                made.setText(_menu_text(action, action.label()))
                made.setIconText(action.label())

    def _bind(self, action: Action, key: str, view: QWidget) -> None:
        shortcut = QShortcut(QKeySequence(key), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._made[action.id].trigger)

    def _make(self, action: Action) -> QAction:
        made = QAction(_menu_text(action, tr(action.title)), self)
        made.setObjectName(action.id)
        made.setIconText(tr(action.title))
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setToolTip(_tool_tip(action))
        made.setEnabled(action.possible())
        if action.icon:
            made.setIcon(icon(self._theme, action.icon))
        if action.checked is not None:
            made.setCheckable(True)
            made.setChecked(action.checked())
        made.triggered.connect(lambda: action.callback())
        return made


def keys_text(action: Action) -> str:
    """All keys of an action as the platform writes them, e.g. `F5, Space`; empty if it has none."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in action.all_keys)


def _tool_tip(action: Action) -> str:
    """What it does; below it, for an action that cannot be done now and says so, why not."""
    tip = f"{tr(action.help)} ({keys_text(action)})" if keys_text(action) else tr(action.help)
    return f"{tip}\n{obstacle}" if (obstacle := action.obstacle()) else tip


def _menu_text(action: Action, title: str) -> str:
    """A bare key is no shortcut of the QAction, so the menu is told to show it (text after a tab)."""
    return f"{title}\t{keys_text(action)}" if action.all_keys and not action.keys else title
