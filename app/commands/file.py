"""Menu File: sessions and their files, and what comes in from others. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs, Do, Exports, Output
from app.session_controller import SessionController
from app.trace_imports import TraceImports


def file_actions(
    sessions: SessionController,
    traces: TraceImports,
    dialogs: Dialogs,
    output: Output,
    exports: Exports,
    export_labels: Do,
    quit: Do,
) -> Iterable[Action]:
    def has_tree() -> bool:
        return sessions.shown_info is not None and sessions.shown_info.nodes > 0

    return (
        Action(
            "file.new_run", "New run…", dialogs.new_run, "Choose a problem and a search, and start it", "File", "new",
            ("Ctrl+N",), enabled=lambda: sessions.writable,
        ),
        Action(
            "file.new_session", "New session", sessions.new_session,
            "Begin an empty session; the present one is kept", "File", "tree", ("Ctrl+Shift+N",),
        ),
        Action(
            "file.open", "Open…", dialogs.open_file,
            "Open a session file, or a log, a tree or a dataset of others as a new session", "File", "open",
            ("Ctrl+O",),
        ),
        Action(
            "file.open_folder", "Open a folder…", dialogs.open_folder,
            "Read a folder of others, such as those of thought-anchors, as a new session", "File",
        ),
        Action(
            "file.save_as", "Save as…", dialogs.save_as,
            "Keep the session under a name; it is saved all the time anyway", "File", "save_as",
            ("Ctrl+Shift+S",), enabled=lambda: sessions.path is not None,
        ),
        Action(
            "file.share", "Share a copy…", dialogs.share,
            "Write a copy for others, without private runs, prompts, paths or notes", "File", "",
            enabled=lambda: bool(sessions.runs),
        ),
        Action(
            "file.open_trace", "Open a trace…", dialogs.open_trace,
            "Add a reasoning model's text, a server's reply or a recorded stream to this session", "File", "",
            ("Ctrl+Shift+O",), why_not=traces.why_not, separator=True,
        ),
        Action(
            "file.paste_trace", "Paste as trace", dialogs.paste_trace,
            "Add the text on the clipboard to this session as a trace", "File", "", ("Ctrl+Shift+V",),
            why_not=traces.why_not,
        ),
        Action(
            "file.export_run", "Export run…", exports.ask,
            "Write the run on screen as a report, a table, a graph or a log, for people and other programs", "File",
            "export", ("Ctrl+Shift+E",), enabled=has_tree, separator=True,
        ),
        Action(
            "file.export_session", "Export session…", exports.ask_session,
            "Write all runs of the session to one file: a report, a table or events", "File", "",
            enabled=lambda: bool(sessions.runs),
        ),
        Action(
            "file.export_labels", "Export labelled steps…", export_labels,
            "Write the rated steps of all runs, or their best traces, as records that others train on", "File",
            "", enabled=lambda: bool(sessions.runs),
        ),
        Action(
            "file.export_picture", "Export picture…", output.export, "Write the tree as a PNG, SVG or PDF file", "File",
            "picture", enabled=has_tree,
        ),
        Action("file.print", "Print…", output.print, "Print the tree", "File", "", ("Ctrl+P",), enabled=has_tree),
        Action(
            "file.close", "Close", quit, "Save everything and close the window", "File", "", ("Ctrl+W", "Ctrl+Q"),
            separator=True,
        ),
    )  # fmt: skip
