"""What a person may do to the run on screen, and say about it, with undo; and why not, in words.

The refusals are the engine's own, asked of the tree on screen, so that a menu can say them before anything is sent.
Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable

from app.banner import Notice
from app.inverses import Change, Wish
from app.language import tr
from app.models.shown_run import ShownRun
from app.run_controller import REFUSAL, RunController
from app.session_controller import SessionController
from app.undo import Answered, UndoHistory
from engine import editing, remarking
from engine.commands import (
    AnyRemark,
    AnySaying,
    Bookmark,
    InsertStep,
    JudgeRollout,
    LabelStep,
    MoveBorders,
    Note,
    Prune,
    RateStep,
    Restore,
    Saying,
    SetScore,
)
from engine.editing import EditError
from engine.events import Admission, NodeId
from engine.problems import ProblemError, parse_problem
from engine.run_traces import is_imported
from engine.search import SettingError, make_search
from engine.tree import Tree


class TreeEdits:
    """Changes what is selected. For a change of the tree a run that is over is opened again, in pause: Run lets it go
    on with the change. What a person says about a run that is over is added to its log."""

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController) -> None:
        self._shown, self._runs, self._sessions = shown, runs, sessions
        self.history = UndoHistory(shown, self.perform)

    # why not: a sentence; empty if it can be done now

    def why_not_prune(self) -> str:
        return self._why_not(lambda tree, node: editing.pruned(tree, [node]))

    def why_not_restore(self) -> str:
        return self._why_not(lambda tree, node: editing.restored(tree, [node]))

    def why_not_insert(self) -> str:
        """Whether any step may be inserted below the selected one."""
        return self._why_not(editing.check_parent)

    def why_not_step(self, parent: NodeId, step: str) -> str:
        """Why this very step cannot be inserted below `parent`."""
        return self._why_not_now() or _refusal(lambda: _insert(self._shown.tree, parent, step))

    def why_not_remark(self) -> str:
        """Whether the selected step can be noted and bookmarked: at any time, also in the past."""
        if self._shown.selected is None and self._shown.tree.nodes:
            return self._why_not_write() or tr("Select a step first.")
        return self._why_not_write()

    def why_not_note(self, node: NodeId, text: str) -> str:
        """Why this very note cannot be kept. The note that is there already can, it just changes nothing."""
        remarks = self._shown.remarks
        if text.strip() == remarks.notes.get(node, ""):
            return self._why_not_write()
        return self._why_not_write() or _refusal(lambda: remarking.noted(remarks.tree, node, text))

    def why_not_say(self, wish: AnyRemark) -> str:
        """Why this very remark about the run on screen cannot be kept; also where it would change nothing."""
        return self._why_not_write() or _refusal(lambda: remarking.said(self._shown.remarks.tree, wish))

    def why_not_score(self, node: NodeId, value: float | None) -> str:
        """Why just this cannot be said of what a step is worth."""
        return self._why_not_now() or _refusal(lambda: editing.score_set(self._shown.tree, node, value))

    def why_not_set_score(self) -> str:
        """Whether any score can be set at the selected step."""
        return self._why_not(editing.check_scored)

    def why_not_change(self) -> str:
        """What forbids every change of the tree on screen, whichever step is selected."""
        return self._why_not_now()

    def why_not_undo(self) -> str:
        edit = self.history.next_undo
        return self._why_not_change(edit.undo) if edit else tr("Nothing was changed by hand in this run.")

    def why_not_redo(self) -> str:
        edit = self.history.next_redo
        return self._why_not_change(edit.redo) if edit else tr("Nothing was taken back in this run.")

    def why_not_walk(self) -> str:
        """What forbids to go back or forth in the history of changes."""
        if self.history.busy:
            return tr("A change is just being made.")
        return self._why_not_write() or self._why_not_search()

    # what can be done

    def prune(self) -> None:
        """Take the selected step, with all below it, out of the search."""
        if (node := self._shown.selected) is not None and not self.why_not_prune():
            self._wish(Prune(self._run, (node,)))

    def restore(self) -> None:
        """Bring the selected step back into the search."""
        if (node := self._shown.selected) is not None and not self.why_not_restore():
            self._wish(Restore(self._run, (node,)))

    def insert_step(self, parent: NodeId, step: str) -> None:
        """Add a step that the user wrote below `parent`."""
        if not self.why_not_step(parent, step):
            self._wish(InsertStep(self._run, parent, step))

    def note(self, node: NodeId, text: str) -> None:
        """Write about a node, in place of what was there; an empty text takes the note away."""
        if not self.why_not_note(node, text) and text.strip() != self._shown.remarks.notes.get(node, ""):
            self._wish(Note(self._run, node, text))

    def move_borders(self, node: NodeId, borders: tuple[int, ...]) -> None:
        """Say where the trace that ends at the node turns from hidden to exposed (see BordersMoved); none: as found."""
        self._say(MoveBorders(self._run, node, borders))

    def label_step(self, node: NodeId, start: int, end: int, label: str) -> None:
        """Say what a piece of the trace that ends at the node does; an empty label: as the rules say."""
        self._say(LabelStep(self._run, node, start, end, label))

    def rate_step(self, node: NodeId, rating: int | None) -> None:
        """Rate a step: 1 good, 0 neutral, -1 bad; None: not any more."""
        self._say(RateStep(self._run, node, rating))

    def judge_rollout(self, node: NodeId, rollout: int, verdict: Admission) -> None:
        """Say whether the thought of a rollout admits what moved it; empty: as the rules say."""
        self._say(JudgeRollout(self._run, node, rollout, verdict))

    def set_score(self, node: NodeId, value: float | None) -> None:
        """Say what a step is worth, in place of what was said by hand before; None: nothing any more."""
        if not self.why_not_score(node, value):
            self._wish(SetScore(self._run, node, value))

    def toggle_bookmark(self) -> None:
        """Put a bookmark at the selected step, or take it away."""
        if (node := self._shown.selected) is not None and not self.why_not_remark():
            self._wish(Bookmark(self._run, node, node not in self._shown.remarks.bookmarks))

    def is_bookmarked(self) -> bool:
        """Whether the selected step has a bookmark."""
        return self._shown.selected in self._shown.remarks.bookmarks

    def undo(self) -> None:
        """Take back the latest change in force."""
        if not self.why_not_undo():
            self.history.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not self.why_not_redo():
            self.history.redo()

    def go_to(self, done: int) -> None:
        """Go back, or forth again, until so many changes are in force."""
        if not self.why_not_walk():
            self.history.go_to(done)

    def undo_words(self) -> str:
        """`Undo prune of node 12`."""
        edit = self.history.next_undo
        return tr("Undo {edit}").format(edit=edit.words) if edit else tr("Undo")

    def redo_words(self) -> str:
        edit = self.history.next_redo
        return tr("Redo {edit}").format(edit=edit.words) if edit else tr("Redo")

    # how it is done

    def perform(self, wish: Wish, answered: Answered) -> None:
        """Have a wish for the run on screen fulfilled, by the engine if the run is under way or has to be."""
        if isinstance(wish, Saying):
            self._say_it(wish, answered)
            return
        self._shown.go_live()
        if self._runs.active is None:
            self._sessions.open_again()
        self._runs.edit(wish, lambda refusal: self._tell(refusal, answered, by_engine=True))

    @property
    def _run(self) -> int:
        return self._shown.run or 0

    def _wish(self, wish: Wish) -> None:
        self.perform(wish, lambda _refusal: None)

    def _say(self, wish: AnyRemark) -> None:
        if not self.why_not_say(wish):
            self._wish(wish)

    def _say_it(self, wish: AnySaying, answered: Answered) -> None:
        """A run that ends just now, or whose engine dies, does not lose what was said."""

        def decided(refusal: str) -> None:
            if refusal and not self._is_under_way(wish.run):
                refusal = self._keep(wish)
            self._tell(refusal, answered)

        if self._is_under_way(wish.run):
            self._runs.edit(wish, decided)
        else:
            self._tell(self._keep(wish), answered)

    def _is_under_way(self, run: int) -> bool:
        return self._runs.active == run and self._runs.engine_lives

    def _keep(self, wish: AnySaying) -> str:
        try:
            return self._sessions.keep(remarking.said(self._shown.remarks.tree, wish))
        except EditError as error:
            return str(error)

    def _tell(self, refusal: str, answered: Answered, *, by_engine: bool = False) -> None:
        """Say why not; if the engine died, that is said elsewhere."""
        if refusal and (self._runs.engine_lives or not by_engine):
            self._runs.notice.emit(Notice(refusal, key=REFUSAL))
        answered(refusal)

    def _why_not(self, check: Callable[[Tree, NodeId], object]) -> str:
        node = self._shown.selected
        if node is None:
            return self._why_not_now() or tr("Select a step first.")
        return self._why_not_now() or _refusal(lambda: check(self._shown.tree, node))

    def _why_not_now(self) -> str:
        """What forbids every change of the tree on screen."""
        if why := self._why_not_write() or self._why_not_search():
            return why
        if is_imported(self._shown.tree):
            return tr("This trace was read from a file: its steps stay as they are. Only labels and boundary change.")
        return "" if self._shown.live else tr("This is the past, which stays as it was: go to the last event first.")

    def _why_not_change(self, change: Change) -> str:
        """What forbids one step in the history; a note needs no engine, so another run under way is no obstacle."""
        if isinstance(change, Saying) and not self.history.busy:
            return self._why_not_write()
        return self.why_not_walk()

    def _why_not_write(self) -> str:
        """What forbids to write anything about the run on screen."""
        if not self._shown.tree.nodes:
            return tr("There is no tree to change.")
        return self._sessions.why_not_write()

    def _why_not_search(self) -> str:
        """What forbids to give the engine the run on screen."""
        if self._runs.active not in (None, self._shown.run):
            return tr("Run {run} is under way: stop it, then change this one.").format(run=self._runs.active)
        return tr("The run is just being stopped.") if self._runs.state == "stopping" else ""


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
