"""The command palette: type a few letters, press Enter. Reads the registry of actions; knows no action by name."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.commands.action import Action
from app.commands.registry import Actions, keys_text

ROLE = Qt.ItemDataRole.UserRole
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """A line to type in and the actions that match, best first; those that cannot be done now are grey."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self._line = QLineEdit(placeholderText="Type what you want to do")
        self._line.setAccessibleName("Command")
        self._line.textChanged.connect(self._fill)
        self._line.returnPressed.connect(self._do_current)
        self._line.installEventFilter(self)
        self._list = QTreeWidget()
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setColumnCount(2)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName("Matching commands")
        self._list.itemClicked.connect(self._do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._fill("")
        self._place(parent)
        self._line.setFocus()

    def titles(self) -> list[str]:
        """What the list shows now, best first."""
        items = filter(None, map(self._list.topLevelItem, range(self._list.topLevelItemCount())))
        return [str(item.data(0, ROLE).title) for item in items]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys typed in the line move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LIST_KEYS:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        scored = [(score(typed, action.title), action) for action in self._actions]
        found = [(points, action) for points, action in scored if points is not None]
        found.sort(key=lambda pair: (-pair[0], not pair[1].possible()))
        self._list.clear()
        items = [_item(action) for _, action in found]
        self._list.addTopLevelItems(items)
        if items:
            self._list.setCurrentItem(items[0])

    def _do_current(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._do(item)

    def _do(self, item: QTreeWidgetItem) -> None:
        action: Action = item.data(0, ROLE)
        if action.possible():
            self.close()
            self._actions.trigger(action.id)

    def _place(self, window: QWidget) -> None:
        width = min(560, window.width() - 40)
        self.resize(width, 360)
        self.move(window.mapToGlobal(window.rect().topLeft()).x() + (window.width() - width) // 2, window.y() + 80)


def score(typed: str, title: str) -> float | None:
    """How well the letters typed match a title in their order; higher is better, None: not at all.

    Letters at the start of a word and letters in a row count more, as one types the beginnings of words.
    """
    letters, words = typed.casefold().replace(" ", ""), title.casefold()

    @cache
    def best(done: int, at: int) -> float | None:
        """Of the letters from `done` on in the words from `at` on."""
        if done == len(letters):
            return 0.0
        found = (place for place in range(at, len(words)) if words[place] == letters[done])
        rest = [(place, best(done + 1, place + 1)) for place in found]
        return max((_worth(words, place, at) + points for place, points in rest if points is not None), default=None)

    return best(0, 0)


def _worth(words: str, place: int, at: int) -> float:
    starts_word = place == 0 or words[place - 1] == " "
    return 1.0 + 3.0 * starts_word + 1.0 * (place == at) - 0.01 * place


def _item(action: Action) -> QTreeWidgetItem:
    item = QTreeWidgetItem([action.title, keys_text(action)])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setData(0, ROLE, action)
    item.setToolTip(0, action.help)
    item.setDisabled(not action.possible())
    return item
