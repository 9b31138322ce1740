"""The keys of the tree without a window: the actions of the menus View and Go, bound to a canvas."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from app.canvas.canvas import TreeCanvas
from app.commands import Actions
from app.commands.go import history_actions, tree_actions
from app.commands.view import view_actions
from app.navigator import Navigator
from app.reduced_motion import ReducedMotion
from app.settings import Settings


def give_keys(canvas: TreeCanvas, file: str) -> Navigator:
    """Declare and bind them; settings are kept in `file`."""
    shown = canvas.shown
    navigator = Navigator(shown, canvas)
    motion = ReducedMotion(
        Settings(QSettings(file, QSettings.Format.IniFormat)), lambda moves: setattr(canvas, "animations", moves)
    )
    actions = Actions(canvas.theme, canvas)
    actions.add(view_actions(canvas, navigator, motion))
    actions.add(history_actions(navigator))
    actions.add(tree_actions(navigator))
    actions.attach_view_keys(canvas)
    actions.attach_tree_keys(canvas)
    for signal in (shown.run_changed, shown.cursor_moved, shown.selection_changed, shown.attention.changed):
        signal.connect(lambda *_: actions.refresh())
    actions.refresh()
    return navigator
