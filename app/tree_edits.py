"""What a person may do to the tree on screen: prune, restore, insert a step, undo; and why not, in words. No widget.

The refusals are the engine's own, asked of the tree on screen, so that a menu can say them before anything is sent.
"""

from __future__ import annotations

from collections.abc import Callable

from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from engine import editing
from engine.editing import EditError
from engine.events import NodeId
from engine.problems import ProblemError, parse_problem
from engine.search import SettingError, make_search
from engine.tree import Tree

NOTHING_SELECTED = "Select a step first."


class TreeEdits:
    """Changes what is selected. A run that is over is opened again, in pause: Run lets it go on with the change."""

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController) -> None:
        self._shown, self._runs, self._sessions = shown, runs, sessions

    def why_not_prune(self) -> str:
        """A sentence; empty if it can be done now. So are the next three."""
        return self._why_not(lambda tree, node: editing.pruned(tree, [node]))

    def why_not_restore(self) -> str:
        return self._why_not(lambda tree, node: editing.restored(tree, [node]))

    def why_not_insert(self) -> str:
        """Whether any step may be inserted below the selected one."""
        return self._why_not(editing.check_parent)

    def why_not_undo(self) -> str:
        if self._runs.can_undo and self._runs.active == self._shown.run:
            return ""
        return "Nothing was changed by hand in the run under way."

    def why_not_step(self, parent: NodeId, step: str) -> str:
        """Why this very step cannot be inserted below `parent`."""
        return self._why_not_now() or _refusal(lambda: _insert(self._shown.tree, parent, step))

    def prune(self) -> None:
        """Take the selected step, with all below it, out of the search."""
        if (node := self._shown.selected) is not None and not self.why_not_prune():
            self._open_again()
            self._runs.prune([node])

    def restore(self) -> None:
        """Bring the selected step back into the search."""
        if (node := self._shown.selected) is not None and not self.why_not_restore():
            self._open_again()
            self._runs.restore([node])

    def insert_step(self, parent: NodeId, step: str) -> None:
        """Add a step that the user wrote below `parent`."""
        if not self.why_not_step(parent, step):
            self._open_again()
            self._runs.insert_step(parent, step)

    def undo(self) -> None:
        """Take back the latest change."""
        if not self.why_not_undo():
            self._runs.undo()

    def _why_not(self, check: Callable[[Tree, NodeId], object]) -> str:
        node = self._shown.selected
        if node is None:
            return self._why_not_now() or NOTHING_SELECTED
        return self._why_not_now() or _refusal(lambda: check(self._shown.tree, node))

    def _why_not_now(self) -> str:
        """What forbids every change of the tree on screen."""
        if not self._shown.tree.nodes:
            return "There is no tree to change."
        if not self._sessions.writable:
            return "This session cannot be written to: save it under another name first."
        if self._runs.active not in (None, self._shown.run):
            return f"Run {self._runs.active} is under way: stop it, then change this one."
        if self._runs.state == "stopping":
            return "The run is just being stopped."
        return "" if self._shown.live else "This is the past, which stays as it was: go to the last event first."

    def _open_again(self) -> None:
        if self._runs.active is None:
            self._sessions.open_again()


def _insert(tree: Tree, parent: NodeId, step: str) -> None:
    """Raises what an insertion would raise. The tree has begun."""
    assert tree.started is not None
    started = tree.started
    problem = parse_problem(started.problem, started.text)
    thinking = make_search(started.search, started.settings).thinking
    editing.inserted(tree, problem, thinking, {}, parent, step)


def _refusal(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (EditError, ProblemError, SettingError) as error:
        return str(error)
    return ""
