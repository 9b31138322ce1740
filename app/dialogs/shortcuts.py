"""The sheet of keys: every action that has one, by menu. Reads the registry of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.commands.registry import Actions, keys_text

CANVAS_KEYS = (
    ("Parent, child", "←  →"),
    ("Previous, next sibling", "↑  ↓"),
    ("Root, end of the best trace", "Home  End"),
    ("Zoom at the pointer", "Ctrl+wheel"),
    ("Select nothing: follow the run", "Esc"),
    ("Pan", "drag between the cards"),
)
"""What the tree itself answers to: movements, which are no actions."""


class ShortcutsSheet(QDialog):
    """A list to look at; closes with Escape."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = QTreeWidget()
        self._list.setAccessibleName("Keys")
        self._list.setHeaderLabels(["Action", "Keys"])
        self._list.setRootIsDecorated(False)
        self._list.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for action in actions:
            self._add(action.menu or "Anywhere", action.title, keys_text(action))
        for title, keys in CANVAS_KEYS:
            self._add("In the tree", title, keys)
        self._list.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._list)
        layout.addWidget(buttons)
        self.resize(520, 640)

    def rows(self) -> dict[str, str]:
        """Title and keys of every row."""
        groups = filter(None, map(self._list.topLevelItem, range(self._list.topLevelItemCount())))
        items = [group.child(at) for group in groups for at in range(group.childCount())]
        return {item.text(0): item.text(1) for item in items if item is not None}

    def _add(self, group: str, title: str, keys: str) -> None:
        if not keys:
            return
        found = self._list.findItems(group, Qt.MatchFlag.MatchExactly)
        parent = found[0] if found else QTreeWidgetItem(self._list, [group])
        if not found:
            parent.setFirstColumnSpanned(True)
            font = parent.font(0)
            font.setBold(True)
            parent.setFont(0, font)
        QTreeWidgetItem(parent, [title, keys])
