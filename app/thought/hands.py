"""What a person says about the trace on show, and why not: its boundary, what a step is for. Knows no widget."""

from __future__ import annotations

from app.language import tr
from app.models.shown_run import ShownRun
from app.plain_text import visible
from app.thought.source import ThoughtSource
from app.tree_edits import TreeEdits
from engine.run_traces import borders_of
from engine.traces.functions import Function
from engine.traces.steps import Step


class Hands:
    """Both are events of the run: they are undone as any other change."""

    def __init__(self, source: ThoughtSource, shown: ShownRun, edits: TreeEdits) -> None:
        self._source, self._shown, self._edits = source, shown, edits

    def why_not(self) -> str:
        """Why nothing can be said about the trace on show, as a sentence; empty if it can."""
        end = self._source.end
        if end is None or self._source.trace is None:
            return tr("There is no trace to say something about.")
        if end.rollout is not None:
            return tr("This is a rollout: boundary and labels are kept with steps of the tree only.")
        if not self._source.current:
            return tr("The trace is still being written or looked at.")
        return self._edits.why_not_note(end.node, self._shown.remarks.notes.get(end.node, ""))

    def boundary(self) -> int | None:
        """Where the boundary that can be moved is: the last one; a trace that is all hidden has it at its end."""
        trace = self._source.trace
        if trace is None or self.why_not():
            return None
        if trace.borders:
            return trace.borders[-1]
        return len(trace.text) if trace.of("hidden").strip() else 0

    def boundary_words(self) -> str:
        """What it says when one rests on it."""
        assert self._source.trace is not None
        how = visible(self._source.trace.how)
        return tr("The boundary between hidden and exposed text: drag it, or Alt+Up and Alt+Down.\n{how}").format(
            how=how
        )

    def move_boundary(self, to: int) -> None:
        """Put the boundary at an offset of the text."""
        end, trace = self._source.end, self._source.trace
        if end is not None and trace is not None and not self.why_not():
            self._edits.move_borders(
                end.node, borders_of(trace.moved(to, trace.borders[-1] if trace.borders else None))
            )

    def why_not_reset(self) -> str:
        if why := self.why_not():
            return why
        end = self._source.end
        moved = end is not None and end.node in self._shown.remarks.tree.borders
        return "" if moved else tr("The boundary is where it was found.")

    def reset_boundary(self) -> None:
        """Put the boundary back to where the splitter, or the run, has it."""
        if self._source.end is not None and not self.why_not_reset():
            self._edits.move_borders(self._source.end.node, ())

    def label(self, step: Step, function: Function | None) -> None:
        """Say what a step is for; None: as the rules have it."""
        if self._source.end is not None and not self.why_not():
            self._edits.label_step(self._source.end.node, step.start, step.end, function or "")
