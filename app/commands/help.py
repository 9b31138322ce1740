"""Menu Help: what the program can do and what it is. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.commands.action import Action
from app.commands.registry import Actions
from app.commands.wishes import Dialogs, Do
from app.strips.find_box import COMMAND


def help_actions(
    dialogs: Dialogs, actions: Actions, find: Callable[[str], None], welcome: Do, tour: Do, desktop: Iterable[Action]
) -> Iterable[Action]:
    return (
        Action("help.welcome", "Welcome", welcome, "Samples to look at, and ways to begin", "Help"),
        Action("help.tour", "Guided tour", tour, "See in two minutes what there is", "Help"),
        Action(
            "help.palette", "Commands…", lambda: find(COMMAND), "Find anything that can be done, by typing", "Help",
            "palette", ("Ctrl+Shift+P",), separator=True,
        ),
        Action(
            "help.strategies", "Strategies…", dialogs.strategies,
            "What every search strategy does: its paper, its formula, its settings", "Help", "tree",
        ),
        Action(
            "help.shortcuts", "Keys and commands…", lambda: dialogs.shortcuts(actions),
            "All that can be done, by which keys, and other keys for it", "Help", "help", ("F1",), ("?",),
        ),
        *desktop,
        Action(
            "help.licences", "Licences…", dialogs.licences, "What Espalier is made of, and under which licences", "Help"
        ),
        Action("help.about", "About Espalier", dialogs.about, "Versions, for reports of a problem", "Help"),
    )  # fmt: skip
