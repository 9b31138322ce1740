"""Keys and commands: everything that can be done, by which keys, and other keys for it. Reads and changes the registry.

Help page and shortcut editor in one: whoever looks a key up is where it can be changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.commands import MENUS, Action, Actions
from app.commands.keys import is_bare, keys_text, native, without
from app.commands.registry import title_in_full
from app.dialogs.form_parts import button_box, striped_list
from app.language import mark, tr
from app.panels.texts import plain_label
from app.theme import embolden

MOVEMENTS = (
    (mark("Zoom at the pointer"), mark("Ctrl+wheel")),
    (mark("Pan"), mark("drag between the cards")),
    (mark("Larger or smaller text in a text field"), mark("Ctrl++, Ctrl+-, Ctrl+0")),
)
"""What views answer to themselves, and so is no action."""
ANYWHERE = mark("Anywhere")
IN_VIEWS = mark("In views")

COLUMNS = 3
_ID = Qt.ItemDataRole.UserRole


class ShortcutsSheet(QDialog):
    """A list that can be searched, and below it the keys of the chosen action; changes hold at once."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys and commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Find by name, key or what it does"))
        self.filter.setAccessibleName(tr("Find a command"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._filter())
        self.list = _list()
        self._rows: list[QTreeWidgetItem] = []
        self.editor = KeysEditor(actions)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        self.reset_all = buttons.addButton(tr("Reset all keys"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.setToolTip(tr("Give every command its own keys back"))
        self.reset_all.clicked.connect(actions.reset_all)
        copy = buttons.addButton(tr("Copy list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.filter, self.list, self.editor, buttons):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the line above would press it
        self.resize(860, 680)
        self._fill()
        actions.keys_changed.connect(self._show_keys)
        self.list.currentItemChanged.connect(lambda now, _: self.editor.edit(now.data(0, _ID) if now else None))
        self.select(next(iter(actions)).id)

    def rows(self) -> dict[str, str]:
        """Title and keys of every row that is shown."""
        return {item.text(0): item.text(1) for item in self._rows if not item.isHidden()}

    def select(self, name: str) -> None:
        """Turn to an action."""
        for item in self._rows:
            if item.data(0, _ID) == name:
                self.list.setCurrentItem(item)

    def text(self) -> str:
        """The rows that are shown, one a line, for somebody who wants to print them."""
        rows = [item for item in self._rows if not item.isHidden()]
        return "\n".join(f"{item.text(0)}\t{item.text(1)}\t{item.text(2)}" for item in rows)

    def _fill(self) -> None:
        for menu in (*MENUS, ""):
            group = [action for action in self._actions if action.menu == menu]
            if group:
                self._add_group(
                    tr(menu or ANYWHERE), [(a.id, title_in_full(a), keys_text(a), tr(a.help)) for a in group]
                )
        self._add_group(tr(IN_VIEWS), [("", tr(title), tr(keys), "") for title, keys in MOVEMENTS])
        self.list.expandAll()

    def _add_group(self, title: str, rows: Sequence[tuple[str, str, str, str]]) -> None:
        group = QTreeWidgetItem(self.list, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        font = group.font(0)
        embolden(font)
        group.setFont(0, font)
        for name, *texts in rows:
            item = QTreeWidgetItem(group, texts)
            item.setData(0, _ID, name or None)
            self._rows.append(item)

    def _show_keys(self) -> None:
        for item in self._rows:
            if name := item.data(0, _ID):
                item.setText(1, keys_text(self._actions[name]))
        self.editor.refresh()

    def _filter(self) -> None:
        wanted = self.filter.text().casefold().strip()
        for item in self._rows:
            words = "\n".join(item.text(column) for column in range(COLUMNS))
            item.setHidden(wanted not in words.casefold())
        shown = [item for item in self._rows if not item.isHidden()]
        for at in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(at)
            if group is not None:
                group.setHidden(all(item.parent() is not group for item in shown))
        if shown:
            self.list.setCurrentItem(shown[0])
        else:
            self.list.setCurrentIndex(QModelIndex())


class KeysEditor(QWidget):
    """The keys of one action: a button to take each away, a field to press another in, and what stands against it."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._name: str | None = None
        self._wanted = ""
        self.title = plain_label(wrap=True)
        self.recorder = KeyRecorder()
        self.recorder.pressed.connect(self.offer)
        self.words = plain_label(wrap=True)
        self.words.setMinimumHeight(self.words.fontMetrics().lineSpacing())
        self.take = QPushButton()
        self.take.clicked.connect(self._take)
        self.reset = QPushButton(tr("Reset"))
        self.reset.setToolTip(tr("Give this command its own keys back"))
        self.reset.clicked.connect(self._reset)
        self._keys = QHBoxLayout()
        row = QHBoxLayout()
        row.addLayout(self._keys)
        row.addWidget(plain_label(tr("Add a key")))
        row.addWidget(self.recorder)
        row.addStretch(1)
        row.addWidget(self.reset)
        said = QHBoxLayout()
        said.addWidget(self.words, 1)
        said.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addLayout(said)
        for button in (self.take, self.reset):
            button.setAutoDefault(False)
        self.edit(None)

    def edit(self, name: str | None) -> None:
        """Show the keys of another action; None for none."""
        self._name = name
        self._say("")
        self.refresh()

    def offer(self, key: str) -> None:
        """The user pressed this key for the action: it has it now, unless another one has it already."""
        action, owner = self._action(), self._actions.by_key(key)
        if action is None:
            return
        if owner is None:
            self._actions.rebind(action.id, (*action.all_keys, key))
            self._say(_where(key))
        elif owner.id == action.id:
            self._say(tr("{key} is its key already.").format(key=native(key)))
        else:
            values = {"key": native(key), "title": title_in_full(owner)}
            self._say(tr("{key} is the key of “{title}”.").format(**values), key)
            self.take.setText(tr("Take it from “{title}”").format(**values))

    def refresh(self) -> None:
        """Read the keys again."""
        action = self._action()
        self.recorder.setEnabled(action is not None)
        self.reset.setEnabled(action is not None and action.id in self._actions.chosen())
        while (item := self._keys.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if action is None:
            self.title.setText(tr("Choose a command to see its keys."))
            return
        self.title.setText(f"{title_in_full(action)} – {tr(action.help)}")
        for key in action.all_keys:
            self._keys.addWidget(self._button(action, key))

    def _action(self) -> Action | None:
        return self._actions[self._name] if self._name else None

    def _button(self, action: Action, key: str) -> QPushButton:
        button = QPushButton(f"{native(key)}  ✕")
        button.setToolTip(tr("Take this key away"))
        button.setAccessibleName(tr("Take the key {key} away").format(key=native(key)))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._actions.rebind(action.id, without(action.all_keys, key)))
        return button

    def _take(self) -> None:
        if self._name and self._wanted:
            key = self._wanted
            self._actions.take(self._name, key)
            self._say(_where(key))

    def _reset(self) -> None:
        if self._name:
            self._actions.reset(self._name)
            self._say("")

    def _say(self, sentence: str, wanted: str = "") -> None:
        """`wanted`: the key that another action would have to give up."""
        self.words.setText(sentence)
        self._wanted = wanted
        self.take.setVisible(bool(wanted))


class KeyRecorder(QKeySequenceEdit):
    """A field that hears one key. Tab and Escape leave it, as they leave every other field."""

    pressed = Signal(str)
    """The key, spelled alike on every platform, e.g. `Ctrl+F5`."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self.setAccessibleName(tr("Press the key to add"))
        line = self.findChild(QLineEdit)
        assert line is not None  # what it is made of
        line.setPlaceholderText(tr("Press a key"))
        line.setAccessibleName(self.accessibleName())
        self.keySequenceChanged.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)

    def _tell(self, sequence: QKeySequence) -> None:
        if not sequence.isEmpty():
            self.clear()
            self.pressed.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))


def _list() -> QTreeWidget:
    made = striped_list(tr("Commands and their keys"), tr("Command"), tr("Keys"), tr("What it does"))
    header = made.header()
    for column in (0, 1):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _where(key: str) -> str:
    """A bare key works in fewer places: said when it is given."""
    if not is_bare(key):
        return ""
    return tr("{key} works while the tree or a panel has the focus, not while you type.").format(key=native(key))
