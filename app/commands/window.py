"""Menu Window: panels, their layout, and the look. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QDockWidget

from app.commands.action import Action
from app.commands.wishes import Do
from app.language import tr


def window_actions(
    docks: Mapping[str, QDockWidget], show: Callable[[str], None], reset: Do, theme: Do, preferences: Do
) -> Iterable[Action]:
    """`show` brings the dock of a name to the front."""
    return (
        *(_dock_action(name, dock, show) for name, dock in docks.items()),
        Action("view.reset", "Reset layout", reset, "Put all panels back in their places", "Window", separator=True),
        Action("view.theme", "Light or dark", theme, "Change between the light and the dark look", "Window", "theme",
               ("Ctrl+Shift+T",)),
        Action("window.preferences", "Preferences…", preferences, "Look, language, text size, keys", "Window",
               "settings", ("Ctrl+,",), separator=True),
    )  # fmt: skip


def _dock_action(name: str, dock: QDockWidget, show: Callable[[str], None]) -> Action:
    def toggle() -> None:
        if dock.isHidden():
            show(name)
        else:
            dock.hide()

    title = dock.windowTitle()
    return Action(
        f"view.panel.{name}", title, toggle, tr("Show or hide the panel {title}").format(title=title), "Window",
        checked=lambda: not dock.isHidden(),
    )  # fmt: skip
