"""Menu Edit, the part that copies: what goes to the clipboard. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Do
from app.language import mark
from app.output.clipboard import Clipboard

COPY_AS = mark("Copy as")
FORMATS = ("copy.text", "copy.markdown", "copy.json", "copy.picture")
"""What the menu at the pointer offers."""


def copy_actions(clipboard: Clipboard, ask: Do) -> Iterable[Action]:
    why_not = clipboard.why_not
    return (
        Action(
            "copy.trace", "Copy trace", clipboard.text, "Copy the steps from the problem to the selected one", "Edit",
            "copy", ("Ctrl+C",), why_not=why_not, separator=True,
        ),
        Action(
            "copy.text", "Text", clipboard.text, "Copy the trace as plain text", "Edit", why_not=why_not,
            submenu=COPY_AS,
        ),
        Action(
            "copy.markdown", "Markdown", clipboard.markdown, "Copy the trace as a table for a report", "Edit",
            why_not=why_not, submenu=COPY_AS,
        ),
        Action(
            "copy.json", "JSON", clipboard.json, "Copy the trace with all its numbers for a program", "Edit",
            why_not=why_not, submenu=COPY_AS,
        ),
        Action(
            "copy.picture", "Picture", clipboard.picture, "Copy a picture of the tree", "Edit", "picture",
            enabled=clipboard.has_tree, submenu=COPY_AS,
        ),
        Action(
            "copy.ask", "Choose a format…", ask, "Choose in which form to copy", "Edit", "", ("Ctrl+Shift+C",),
            enabled=clipboard.has_tree, submenu=COPY_AS,
        ),
    )  # fmt: skip
