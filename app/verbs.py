"""What the engine can be asked for at the selected step, why not, and its queue of tasks. Knows no widget.

The refusals are the engine's own, asked of the tree on screen. Nothing here moves the selection or the cursor: who
reads elsewhere goes on reading while a task is done.
"""

from __future__ import annotations

from typing import Any

from app.banner import Notice
from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.run_controller import REFUSAL, RunController
from app.session_controller import SessionController
from app.tree_edits import TreeEdits
from engine import verbs
from engine.commands import Ask, CancelTask
from engine.events import NodeId, RunStarted
from engine.frames import Reply
from engine.problems import Problem, ProblemError, parse_problem
from engine.search import Search, SettingError, make_search
from engine.verbs import Place

ASKED_WITH = {
    "deepen": (mark("Search harder here"), mark("More simulations at and below this step, whatever the formula says")),
    "insert": (mark("Insert a step and go on"), mark("Your own step after this one; the search goes on below it")),
    "edit": (mark("Edit and resample"), mark("This step in other words; the new version stands beside it")),
}
"""Verbs that a form asks for -> its title and what it says."""


class Verbs:
    """Asks for things at a node. A run that is over is opened again first, in pause."""

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController, edits: TreeEdits) -> None:
        self._shown, self._runs, self._sessions, self._edits = shown, runs, sessions, edits
        self._known: tuple[RunStarted, Problem, Search] | None = None

    def why_not(self, name: str, **settings: Any) -> str:
        """Why the verb cannot be asked for at the selected step, as a sentence; empty if it can."""
        node = self._shown.selected
        if why := self._edits.why_not_change():
            return why
        return tr("Select a step first.") if node is None else self.why_not_at(node, name, settings)

    def why_not_at(self, node: NodeId, name: str, settings: dict[str, Any]) -> str:
        """The same for any node of a tree that may be changed."""
        try:
            verb = verbs.make_verb(name, settings)
            return self._edits.why_not_change() or verbs.refusal(verb, self._place(node))
        except (ProblemError, SettingError) as error:
            return str(error)

    def ask(self, name: str, **settings: Any) -> None:
        """Ask for the verb at the selected step, if it can be done."""
        if (node := self._shown.selected) is not None:
            self.ask_at(node, name, settings)

    def ask_at(self, node: NodeId, name: str, settings: dict[str, Any]) -> None:
        """Ask for the verb at any node, if it can be done."""
        if self.why_not_at(node, name, settings) or self._shown.run is None:
            return
        if self._runs.active is None:
            self._sessions.open_again()
        self._runs.ask(Ask(self._shown.run, name, node, settings), self._on_end)

    def why_not_write_below(self) -> str:
        """Whether any step may be written below the selected one."""
        return self._edits.why_not_insert()

    def why_not_write_beside(self) -> str:
        """Whether any other version of the selected step may be written."""
        return self.why_not("edit", step="?")

    def why_not_reroll(self, token: int, alternative: int) -> str:
        """Why the selected step cannot be written anew from this token, or from an alternative to it (-1: none)."""
        return self.why_not("reroll", token=token, alternative=alternative)

    def reroll(self, token: int, alternative: int) -> None:
        """Keep the selected step up to this token; put an alternative there (-1: none), and let the policy go on."""
        self.ask("reroll", token=token, alternative=alternative)

    def cancel(self, task: int) -> None:
        """Give a task up; what it did stays."""
        if self._runs.active is not None:
            self._runs.ask(CancelTask(self._runs.active, task), lambda _reply: None)  # it may have ended just now

    def cancel_all(self) -> None:
        """Give up everything that was asked for, the last one first: nothing else is begun in between."""
        for task in reversed(self._runs.tasks):
            self.cancel(task.task)

    def why_not_cancel(self) -> str:
        return "" if self._runs.tasks else tr("The engine was asked for nothing that it has not done.")

    def _place(self, node: NodeId) -> Place:
        """Raises ProblemError or SettingError for a run of a kind that this program does not know."""
        started = self._shown.tree.started
        assert started is not None, "why_not_change says so"
        if self._known is None or self._known[0] is not started:
            problem = parse_problem(started.problem, started.text)
            self._known = started, problem, make_search(started.search, started.settings)
        return Place(self._known[1], self._known[2], self._shown.tree, node)

    def _on_end(self, reply: Reply) -> None:
        """Say why not, or why it ended early; if the engine died, that is said elsewhere."""
        if not self._runs.engine_lives:
            return
        if reply.error:
            self._runs.notice.emit(Notice(reply.error, key=REFUSAL))
        elif reply.data.get("why") and not reply.data.get("given_up"):
            self._runs.notice.emit(Notice(str(reply.data["why"]), "hint", key=REFUSAL))
