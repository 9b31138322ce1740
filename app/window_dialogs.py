"""Every dialog of the window: what it is opened with, and who hears what comes of it. Imported when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.commands import Actions
from app.dialogs import files
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from app.theme import Theme
from app.tree_edits import TreeEdits
from engine.commands import RunPlan
from engine.events import Budget
from engine.search.advice import TableRow
from storage.session import SUFFIX


class WindowDialogs:
    """Opens dialogs over `window`; `search` tells which strategy is chosen for the next run."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        shown: ShownRun,
        runs: RunController,
        sessions: SessionController,
        search: Callable[[], str],
    ) -> None:
        self._window, self._theme, self._shown = window, theme, shown
        self._runs, self._sessions, self._search = runs, sessions, search

    def new_run(self, plan: RunPlan | None = None) -> None:
        """The form, filled in with `plan`, or with what was run last."""
        from app.dialogs.new_run import NewRunForm

        form = NewRunForm(plan or self._sessions.next_plan(self._search()), self._theme, parent=self._window)
        form.chosen.connect(self._sessions.start)
        form.open()

    def open_file(self) -> None:
        files.ask_open(self._window, self._folder(), self._sessions.open)

    def save_as(self) -> None:
        name = self._sessions.name + SUFFIX
        files.ask_save(self._window, self._folder() / name, self._sessions.save_as)

    def insert_step(self, edits: TreeEdits) -> None:
        """A line to write in, below the selected step."""
        from app.dialogs.insert_step import InsertStepDialog

        tree, parent = self._shown.tree, self._shown.selected
        if parent is None:
            return
        node = tree.nodes[parent]
        below = node.step if node.parent is not None or tree.started is None else tree.started.text
        siblings = [child.step for child in tree.children(parent)] or [node.step if node.parent is not None else ""]
        dialog = InsertStepDialog(
            below, siblings[0], lambda step: edits.why_not_step(parent, step), self._theme, self._window
        )
        dialog.chosen.connect(lambda step: edits.insert_step(parent, step))
        dialog.open()

    def strategies(self) -> None:
        """The help pages, at the one of the run on screen."""
        from app.dialogs.strategies import StrategiesSheet

        started = self._shown.tree.started
        StrategiesSheet(self._theme, started.search if started else self._search(), self._window).open()

    def advice(self) -> None:
        """What to run on problems as hard as the one on screen."""
        from app.dialogs.advice import AdviceSheet

        sheet = AdviceSheet(self._shown.tree, self._window)
        sheet.accepted_row.connect(self._new_run_with)
        sheet.open()

    def _new_run_with(self, row: TableRow) -> None:
        plan, started = self._sessions.next_plan(), self._shown.tree.started
        if started is not None:
            plan = replace(plan, problem=started.problem, text=started.text)
        self.new_run(
            replace(
                plan,
                search=row.search,
                settings=row.settings,
                verifiers=row.verifiers,
                budget=Budget(tokens=row.budget),
            )
        )

    def palette(self, actions: Actions) -> None:
        from app.dialogs.palette import CommandPalette

        actions.refresh()
        CommandPalette(actions, self._window).show()

    def shortcuts(self, actions: Actions) -> None:
        from app.dialogs.shortcuts import ShortcutsSheet

        ShortcutsSheet(actions, self._window).open()

    def about(self) -> None:
        from app.dialogs.about import AboutSheet

        AboutSheet(self._runs.about_engine, self._window).open()

    def _folder(self) -> Path:
        path = self._sessions.path
        return path.parent if path is not None else Path.home()
