"""Menu Edit: what a person changes in a run. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs
from app.tree_edits import TreeEdits


def edit_actions(edits: TreeEdits, dialogs: Dialogs) -> Iterable[Action]:
    return (
        Action(
            "edit.undo", "Undo edit", edits.undo, "Take back the latest change by hand; the log keeps both", "Edit", "",
            ("Ctrl+Z",), why_not=edits.why_not_undo,
        ),
        Action(
            "edit.prune", "Prune this branch", edits.prune,
            "Take the selected step, with all below it, out of the search", "Edit", "", (), ("Del",),
            why_not=edits.why_not_prune, separator=True,
        ),
        Action(
            "edit.restore", "Restore", edits.restore, "Bring the selected step back into the search, whoever pruned it",
            "Edit", "", (), ("Shift+Del",), why_not=edits.why_not_restore,
        ),
        Action(
            "edit.insert_step", "Insert a step below…", lambda: dialogs.insert_step(edits),
            "Write a step of your own after the selected one", "Edit", "", (), ("Ins",), why_not=edits.why_not_insert,
        ),
    )  # fmt: skip
