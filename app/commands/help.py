"""Menu Help: what the program can do and what it is. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.registry import Actions
from app.commands.wishes import Dialogs


def help_actions(dialogs: Dialogs, actions: Actions) -> Iterable[Action]:
    return (
        Action(
            "help.palette", "Commands…", lambda: dialogs.palette(actions),
            "Find anything that can be done, by typing", "Help", "palette", ("Ctrl+Shift+P",),
        ),
        Action(
            "help.strategies", "Strategies…", dialogs.strategies,
            "What every search strategy does: its paper, its formula, its settings", "Help", "tree",
        ),
        Action(
            "help.shortcuts", "Keys", lambda: dialogs.shortcuts(actions), "Every key, on one sheet", "Help", "help",
            ("F1",), ("?",),
        ),
        Action("help.about", "About Espalier", dialogs.about, "Versions, for reports of a problem", "Help"),
    )  # fmt: skip
