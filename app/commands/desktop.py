"""Menu Help: Espalier among the programs of the desktop. Knows which system can be told that, not how."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import MenuEntry


def desktop_actions(entry: MenuEntry, frozen: bool, system: str = sys.platform) -> Iterable[Action]:
    """None where they would do nothing: on a Mac, and from source on Windows, whose files would open with Python."""
    if system == "linux":
        return (
            Action(
                "help.add_to_menu", "Add Espalier to the applications menu", entry.add,
                "Start it from there, with its icon, and open session files with a double click", "Help",
                separator=True,
            ),
            Action(
                "help.remove_from_menu", "Remove Espalier from the applications menu", entry.remove,
                "Take back what adding it has written; the program itself stays", "Help",
            ),
        )  # fmt: skip
    if system == "win32" and frozen:
        return (
            Action(
                "help.add_to_menu", "Open session files with Espalier", entry.add,
                "Let a double click on a session file start Espalier", "Help", separator=True,
            ),
            Action(
                "help.remove_from_menu", "No longer open session files with Espalier", entry.remove,
                "Take back that a double click on a session file starts Espalier", "Help",
            ),
        )  # fmt: skip
    return ()
