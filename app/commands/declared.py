"""Every action of the window, by menu: what the program can do, in one place. Knows what is asked, not how it is done.

A key stands here once. Bare keys work in the views only, see `Action.view_keys`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QDockWidget

from app.commands.action import Action
from app.commands.registry import Actions
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from app.tree_edits import TreeEdits

MENUS = ("File", "Edit", "Run", "Timeline", "View", "Help")
Do = Callable[[], None]


class Canvas(Protocol):
    """What actions ask of the tree on screen."""

    def fit(self) -> None: ...
    def fit_selection(self) -> None: ...
    def fold(self) -> None: ...
    def reset_zoom(self) -> None: ...
    def select_twin(self) -> None: ...
    def zoom_in(self) -> None: ...
    def zoom_out(self) -> None: ...


class Timeline(Protocol):
    """What actions ask of the timeline."""

    def first(self) -> None: ...
    def previous_iteration(self) -> None: ...
    def previous_event(self) -> None: ...
    def toggle_play(self) -> None: ...
    def next_event(self) -> None: ...
    def next_iteration(self) -> None: ...
    def last(self) -> None: ...
    def go_live(self) -> None: ...


class Dialogs(Protocol):
    """What actions ask of the window's dialogs."""

    def new_run(self) -> None: ...
    def open_file(self) -> None: ...
    def save_as(self) -> None: ...
    def insert_step(self, edits: TreeEdits) -> None: ...
    def strategies(self) -> None: ...
    def advice(self) -> None: ...
    def palette(self, actions: Actions) -> None: ...
    def shortcuts(self, actions: Actions) -> None: ...
    def about(self) -> None: ...


def file_actions(sessions: SessionController, dialogs: Dialogs, quit: Do) -> Iterable[Action]:
    return (
        Action(
            "file.new_run", "New run…", dialogs.new_run, "Choose a problem and a search, and start it", "File", "new",
            ("Ctrl+N",), enabled=lambda: sessions.writable,
        ),
        Action(
            "file.new_session", "New session", sessions.new_session,
            "Begin an empty session; the present one is kept", "File", "tree", ("Ctrl+Shift+N",),
        ),
        Action("file.open", "Open…", dialogs.open_file, "Open a session file", "File", "open", ("Ctrl+O",)),
        Action(
            "file.save_as", "Save as…", dialogs.save_as,
            "Keep the session under a name; it is saved all the time anyway", "File", "save_as",
            ("Ctrl+Shift+S",), enabled=lambda: sessions.path is not None,
        ),
        Action(
            "file.close", "Close", quit, "Save everything and close the window", "File", "", ("Ctrl+W", "Ctrl+Q"),
            separator=True,
        ),
    )  # fmt: skip


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


def run_actions(runs: RunController, sessions: SessionController, run_again: Do, advice: Do) -> Iterable[Action]:
    def paused() -> bool:
        return runs.state == "paused"

    def running() -> bool:
        return runs.state in ("loading", "running")

    def stoppable() -> bool:
        return running() or paused()

    def run_label() -> str:
        return "Continue" if paused() else "Go on" if sessions.can_go_on() else "Run"

    def run() -> None:
        if paused():
            runs.go_on()
        elif sessions.can_go_on():
            sessions.go_on()
        else:
            run_again()

    def run_or_pause() -> None:
        if running():
            runs.pause()
        else:
            run()

    def can_step() -> bool:
        return stoppable() or sessions.can_go_on()

    def step(what: Do) -> None:
        if runs.active is None:
            sessions.go_on(paused=True)
        what()

    return (
        Action(
            "run.run", "Run", run, "Go on after a pause; or run the last problem again", "Run", "run", ("F5",),
            enabled=lambda: sessions.writable and not running() and runs.state != "stopping", label=run_label,
        ),
        Action(
            "run.run_or_pause", "Run or pause", run_or_pause, "Pause a run, or let it go on", "Run", "",
            (), ("Space",), enabled=lambda: sessions.writable and runs.state != "stopping",
        ),
        Action(
            "run.pause", "Pause", runs.pause, "Stop before the next phase", "Run", "pause", ("F6",), enabled=running,
        ),
        Action(
            "run.step_phase", "Step phase", lambda: step(runs.step_phase),
            "Perform one phase, then pause: select, expand, roll out or back up", "Run", "step_phase", ("F10",),
            enabled=can_step, separator=True,
        ),
        Action(
            "run.step_iteration", "Step iteration", lambda: step(runs.step_iteration),
            "Perform the rest of this iteration, then pause", "Run", "step_iteration", ("F11",), enabled=can_step,
        ),
        Action(
            "run.stop", "Stop", runs.stop, "End the run; what was found is kept", "Run", "stop", ("Shift+F5",),
            enabled=stoppable, separator=True,
        ),
        Action(
            "run.suggest", "Suggest strategy and budget…", advice,
            "What does best on problems as hard as the one on screen, with the reason and the table behind it", "Run",
            separator=True,
        ),
        Action(
            "run.restart_engine", "Restart engine", runs.restart_engine,
            "End the engine process and start another one", "Run", "restart", (),
            enabled=lambda: runs.active is None,
        ),
    )  # fmt: skip


def timeline_actions(shown: ShownRun, timeline: Timeline) -> Iterable[Action]:
    def some() -> bool:
        return shown.total > 0

    def at(title: str, help: str, act: Do, icon: str, *keys: str) -> Action:
        name = f"timeline.{title.lower().replace(' ', '_')}"
        return Action(name, title, act, help, "Timeline", icon, (), keys, enabled=some)

    return (
        at("First event", "Go to the first event", timeline.first, "first", "Ctrl+Home"),
        at("Previous iteration", "Go back to the end of an iteration", timeline.previous_iteration, "", "<"),
        at("Previous event", "Go back by one event", timeline.previous_event, "previous", ","),
        at("Play", "Play the events from the cursor on, or stop playing", timeline.toggle_play, "play", "Ctrl+Space"),
        at("Next event", "Go on by one event", timeline.next_event, "next", "."),
        at("Next iteration", "Go on to the end of an iteration", timeline.next_iteration, "", ">"),
        at("Last event", "Go to the last event", timeline.last, "last", "Ctrl+End"),
        at("Live", "Go to the last event and follow the run", timeline.go_live, "live", "Shift+L"),
    )


def view_actions(canvas: Canvas, docks: Sequence[tuple[str, QDockWidget]], reset: Do, theme: Do) -> Iterable[Action]:
    return (
        Action("view.fit", "Fit", canvas.fit, "Show the whole tree", "View", "fit", (), ("F",)),
        Action("view.fit_selection", "Fit selection", canvas.fit_selection,
               "Show the selected step with its parent and children", "View", "fit_selection", (), ("Shift+F",)),
        Action("view.fold", "Fold or unfold", canvas.fold, "Put the selected step's children away, or bring them out",
               "View", "fold", (), ("C",)),
        Action("view.twin", "Same state", canvas.select_twin, "Go to the next step that led to the same state", "View",
               "", (), ("T",)),
        Action("view.actual_size", "100 %", canvas.reset_zoom, "Cards at their full size", "View", "zoom_reset", (),
               ("1",)),
        Action("view.zoom_in", "Zoom in", canvas.zoom_in, "Larger cards", "View", "zoom_in", ("Ctrl++", "Ctrl+=")),
        Action("view.zoom_out", "Zoom out", canvas.zoom_out, "Smaller cards", "View", "zoom_out", ("Ctrl+-",)),
        *(_dock_action(name, dock, separator=at == 0) for at, (name, dock) in enumerate(docks)),
        Action("view.reset", "Reset layout", reset, "Put all panels back in their places", "View", separator=True),
        Action("view.theme", "Light or dark", theme, "Change between the light and the dark look", "View", "theme",
               ("Ctrl+Shift+T",)),
    )  # fmt: skip


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


def _dock_action(name: str, dock: QDockWidget, separator: bool) -> Action:
    def toggle() -> None:
        dock.setVisible(dock.isHidden())
        if dock.isVisible():
            dock.raise_()

    title = dock.windowTitle()
    return Action(
        f"view.panel.{name}", title, toggle, f"Show or hide the panel {title}", "View",
        checked=lambda: not dock.isHidden(), separator=separator,
    )  # fmt: skip
