"""Menu Edit: what a person changes in a run. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs
from app.models.shown_run import ShownRun
from app.tree_edits import TreeEdits
from engine.events import NodeId


def edit_actions(edits: TreeEdits, shown: ShownRun, dialogs: Dialogs) -> Iterable[Action]:
    return (
        Action(
            "edit.undo", "Undo", edits.undo, "Take back the latest change by hand; the log keeps both", "Edit", "",
            ("Ctrl+Z",), why_not=edits.why_not_undo, label=edits.undo_words,
        ),
        Action(
            "edit.redo", "Redo", edits.redo, "Do again what was taken back last", "Edit", "", ("Ctrl+Shift+Z",),
            why_not=edits.why_not_redo, label=edits.redo_words,
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
        Action(
            "edit.score", "Set score…", lambda: dialogs.score(edits),
            "Say what the selected step is worth; the search reads it before what verifiers say", "Edit",
            why_not=edits.why_not_set_score,
        ),
        *_remark_actions(edits, shown, dialogs),
    )  # fmt: skip


def _remark_actions(edits: TreeEdits, shown: ShownRun, dialogs: Dialogs) -> Iterable[Action]:
    def go(node: NodeId | None) -> None:
        if node is not None:
            shown.visit(node)

    def some() -> bool:
        return bool(shown.remarks.bookmarks)

    return (
        Action(
            "edit.bookmark", "Bookmark", edits.toggle_bookmark, "Put a bookmark at the selected step, or take it away",
            "Edit", "", (), ("M",), why_not=edits.why_not_remark, checked=edits.is_bookmarked, separator=True,
        ),
        Action(
            "edit.note", "Note…", lambda: dialogs.note(edits), "Write about the selected step", "Edit", "", ("Ctrl+M",),
            why_not=edits.why_not_remark,
        ),
        Action(
            "go.next_bookmark", "Next bookmark", lambda: go(shown.remarks.next_bookmark(shown.selected)),
            "Select the next step with a bookmark", "Go", "", (), ("'",), enabled=some, separator=True,
        ),
        Action(
            "go.previous_bookmark", "Previous bookmark", lambda: go(shown.remarks.previous_bookmark(shown.selected)),
            "Select the step with a bookmark before this one", "Go", "", (), ('"',), enabled=some,
        ),
    )  # fmt: skip
