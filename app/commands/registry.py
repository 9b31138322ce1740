"""All actions by name, each with the one QAction that stands for it. Knows no menu, no toolbar and no run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.commands.action import Action
from app.commands.keys import is_key, keys_text, native, same_key, with_keys, without
from app.icons import icon
from app.language import tr
from app.theme import Theme


class Actions(QObject):
    """The registry. `add` what can be done, `refresh` when the state of things has changed.

    A user may give an action other keys than it was declared with; then `action.all_keys` are those.
    """

    keys_changed = Signal()
    """Some action has other keys than before."""
    refused = Signal(str)
    """Why something cannot be done now that a key asked for: a key that does nothing would seem broken."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._declared: dict[str, Action] = {}
        self._present: dict[str, Action] = {}
        """As declared, but for the keys that the user chose."""
        self._made: dict[str, QAction] = {}
        self._tips: dict[str, str] = {}
        """What each action does, with its keys: made anew only when those change."""
        self._views: list[QWidget] = []
        self._trees: list[QWidget] = []
        self._bound: dict[str, list[QShortcut]] = {}
        self._refusing: dict[str, list[QShortcut]] = {}
        """In force while the QAction of the same keys is not: it would keep silent."""

    def __iter__(self) -> Iterator[Action]:
        return iter(self._present.values())

    def __getitem__(self, name: str) -> Action:
        return self._present[name]

    def add(self, actions: Iterable[Action]) -> None:
        """Raises ValueError for a name or a key that is taken: two meanings of one key are none."""
        for action in actions:
            if action.id in self._declared:
                raise ValueError(f"two actions are called {action.id}")
            for key in action.all_keys:
                if (owner := self.by_key(key)) is not None:
                    raise ValueError(f"{key} is the key of both {owner.id} and {action.id}")
            self._declared[action.id] = self._present[action.id] = action
            self._made[action.id] = self._make(action)
            self._bind(action)

    def by_key(self, key: str) -> Action | None:
        """Whose key it is; None if it is free."""
        return next((action for action in self if any(same_key(key, other) for other in action.all_keys)), None)

    def qaction(self, name: str) -> QAction:
        """The QAction of an action, for menus and toolbars. Raises KeyError."""
        return self._made[name]

    def trigger(self, name: str) -> None:
        """Do it, if it may be done now; say why if not."""
        action = self._present[name]
        if action.possible():
            action.callback()
        elif obstacle := action.obstacle():
            self.refused.emit(obstacle)

    def attach_view_keys(self, view: QWidget) -> None:
        """Let the bare keys work while `view` or a child of it has the focus."""
        self._views.append(view)
        for action in self:
            self._bind_to(view, action, action.view_keys)

    def attach_tree_keys(self, tree: QWidget) -> None:
        """Let the keys for walking about work while the tree has the focus."""
        self._trees.append(tree)
        for action in self:
            self._bind_to(tree, action, action.tree_keys)

    def rebind(self, name: str, keys: Sequence[str]) -> None:
        """Give an action these keys, at once and everywhere. Raises ValueError for one that is taken, or no key."""
        for key in keys:
            if not is_key(key):
                raise ValueError(f"{key!r} is no key")
            if (owner := self.by_key(key)) is not None and owner.id != name:
                raise ValueError(f"{native(key)} is the key of {owner.id}")
        self._present[name] = action = with_keys(self._declared[name], keys)
        self._wear(action)
        self._bind(action)
        self.keys_changed.emit()

    def take(self, name: str, key: str) -> None:
        """Give an action one more key, and take it from whoever has it."""
        if (owner := self.by_key(key)) is not None:
            self.rebind(owner.id, without(owner.all_keys, key))
        self.rebind(name, (*self[name].all_keys, key))

    def reset(self, name: str) -> None:
        """Give an action the keys that it was declared with, and take them from whoever has them."""
        self._give(name, self._declared[name].all_keys)

    def reset_all(self) -> None:
        for name in self._declared:
            self.rebind(name, ())
        for name in self._declared:
            self.reset(name)

    def restore(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Give actions the keys that a user once chose. What is no action or no key any more counts for nothing."""
        known = {name: keys for name, keys in chosen.items() if name in self._declared}
        for name in known:
            self.rebind(name, ())
        for name, keys in known.items():
            self._give(name, [key for key in keys if is_key(key)])

    def chosen(self) -> dict[str, list[str]]:
        """The keys of all actions that have others than they were declared with."""
        return {
            name: list(action.all_keys)
            for name, action in self._present.items()
            if action.all_keys != self._declared[name].all_keys
        }

    def refresh(self) -> None:
        """Bring enabled, checked, titles and tool tips up to date; these say why something cannot be done now."""
        for action in self:
            made, obstacle = self._made[action.id], action.obstacle()
            made.setEnabled(action.enabled() and not obstacle)
            made.setToolTip(f"{self._tips[action.id]}\n{obstacle}" if obstacle else self._tips[action.id])
            for shortcut in self._refusing.get(action.id, ()):
                shortcut.setEnabled(bool(obstacle))
            if action.checked is not None:
                made.setChecked(action.checked())
            if action.label is not None:
                made.setText(_menu_text(action, action.label()))
                made.setIconText(action.label())

    def _give(self, name: str, keys: Sequence[str]) -> None:
        self.rebind(name, ())
        for key in keys:
            self.take(name, key)

    def _bind(self, action: Action) -> None:
        """Let the bare keys work that the action has now, and no others."""
        for old in (*self._bound.pop(action.id, ()), *self._refusing.pop(action.id, ())):
            old.setEnabled(False)
            old.deleteLater()
        self._bind_refusal(action)
        for view in self._views:
            self._bind_to(view, action, action.view_keys)
        for tree in self._trees:
            self._bind_to(tree, action, action.tree_keys)

    def _bind_refusal(self, action: Action) -> None:
        """Let the keys that work anywhere say why they do nothing, for an action that knows."""
        window = self.parent()
        if action.why_not is None or not isinstance(window, QWidget):
            return
        for key in action.keys:
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setEnabled(bool(action.obstacle()))
            shortcut.activated.connect(lambda: self.trigger(action.id))
            self._refusing.setdefault(action.id, []).append(shortcut)

    def _bind_to(self, view: QWidget, action: Action, keys: Sequence[str]) -> None:
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.trigger(action.id))  # asks now: a fast typist is ahead of `refresh`
            self._bound.setdefault(action.id, []).append(shortcut)

    def _wear(self, action: Action) -> None:
        """Put the keys that an action has now into menus and tool tips."""
        made = self._made[action.id]
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setText(_menu_text(action, action.label() if action.label is not None else tr(action.title)))
        self._tips[action.id] = _tool_tip(action)
        made.setToolTip(self._tips[action.id])

    def _make(self, action: Action) -> QAction:
        made = QAction(_menu_text(action, tr(action.title)), self)
        made.setObjectName(action.id)
        made.setIconText(tr(action.title))
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        self._tips[action.id] = _tool_tip(action)
        made.setToolTip(self._tips[action.id])
        made.setEnabled(action.possible())
        if action.icon:
            made.setIcon(icon(self._theme, action.icon))
        if action.checked is not None:
            made.setCheckable(True)
            made.setChecked(action.checked())
        made.triggered.connect(lambda: action.callback())
        return made


def title_in_full(action: Action) -> str:
    """The title where no menu stands around it: `Copy as: Text`."""
    return f"{tr(action.submenu)}: {tr(action.title)}" if action.submenu else tr(action.title)


def _tool_tip(action: Action) -> str:
    keys = keys_text(action)
    return f"{tr(action.help)} ({keys})" if keys else tr(action.help)


def _menu_text(action: Action, title: str) -> str:
    """A bare key is no shortcut of the QAction, so the menu is told to show it (text after a tab)."""
    return f"{title}\t{keys_text(action)}" if action.all_keys and not action.keys else title
