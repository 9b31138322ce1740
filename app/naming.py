"""Names of runs, and whether they are kept private: for the run on screen with undo, for any other in its log alone.

Knows no widget.
"""

from __future__ import annotations

from app.banner import Notice
from app.keeping import keep_event
from app.language import tr
from app.models.shown_run import ShownRun
from app.run_controller import RunController
from app.session_controller import SessionController
from app.tree_edits import TreeEdits
from engine.commands import NameRun, SetPrivacy
from engine.editing import EditError
from engine.nodes import Tree
from engine.remarking import said


class RunNames:
    """What the list of runs changes."""

    def __init__(self, shown: ShownRun, runs: RunController, sessions: SessionController, edits: TreeEdits) -> None:
        self._shown, self._runs, self._sessions, self._edits = shown, runs, sessions, edits

    def why_not(self) -> str:
        """Why the run on screen cannot be named or kept private now, as a sentence; empty if it can."""
        if self._sessions.shown_info is None:
            return tr("There is no run on the screen.")
        return self._sessions.why_not_write()

    def name(self, run: int, name: str) -> None:
        """Give a run a name; an empty one takes it away. The same once more is no change."""
        info = self._sessions.session.find(run) if self._sessions.session is not None else None
        if info is not None and " ".join(name.split()) != info.title:
            self._say(NameRun(run, name), Tree(name=info.title))

    def toggle_privacy(self) -> None:
        """Keep the run on screen private, or no longer."""
        info = self._sessions.shown_info
        if info is not None:
            self._say(SetPrivacy(info.id, not info.private), Tree(private=info.private))

    def is_private(self) -> bool:
        """Whether the run on screen is."""
        info = self._sessions.shown_info
        return info is not None and info.private

    def _say(self, wish: NameRun | SetPrivacy, before: Tree) -> None:
        """`before`: what is known of a run whose log nobody has read."""
        session = self._sessions.session
        if why := self._sessions.why_not_write():
            self._runs.notice.emit(Notice(why))
        elif wish.run == self._shown.run:
            self._edits.perform(wish, lambda _refusal: self._sessions.changed.emit())
        elif session is not None:
            try:
                refusal = keep_event(session, self._shown, wish.run, said(before, wish))
            except EditError as error:
                refusal = str(error)
            if refusal:
                self._runs.notice.emit(Notice(refusal))
            self._sessions.changed.emit()
