"""The dock “Hidden and exposed”: what the model thought beside what it showed, claim by claim. Changes no search.

It shows one trace: that of the selected step, or a pinned one. What a person says about it (a boundary, a label) is an
event of the run; how it is looked at (filters, what is blacked out) is kept in the view alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from app.commands import Action
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.thought.actions import thought_actions
from app.words.nothing import why_no_tree
from engine.events import ROOT

if TYPE_CHECKING:  # what reads a trace is imported when the dock is first seen: nobody waits for it at the start
    from app.thought.bench import ThoughtBench


class ThoughtPanel(PanelWidget):
    """Says when there is something to read; `bench` does the rest."""

    preferred_size = QSize(1100, 420)

    run_wanted = Signal(object)
    """RunPlan: the form of a new run is to be opened with it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._parts = parts
        self.bench: ThoughtBench | None = None
        """None until the dock is first seen."""
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        shown = parts.shown
        for signal in (
            shown.run_changed, shown.tree_changed, shown.selection_changed, shown.writing_changed, shown.remarked,
            shown.live_changed, shown.status_changed,
        ):  # fmt: skip
            signal.connect(lambda *_: self.mark_stale())

    def own_actions(self) -> Sequence[Action]:
        return thought_actions(self)

    def refresh(self) -> None:
        if ROOT not in self.shown.tree.nodes:
            self.say(why_no_tree(self.shown))
            return
        self.say(self._made().read())

    def hideEvent(self, event: QHideEvent) -> None:
        """A child process that nobody waits for is ended, also when the window closes."""
        super().hideEvent(event)
        if self.bench is not None:
            self.bench.source.rest()
            self.mark_stale()

    def show_here(self) -> None:
        """Come to the front with the trace of the selected step."""
        if self.bench is not None:
            self.bench.source.pin(None)
        self.front_wanted.emit()
        self.mark_stale()

    def why_not_show(self) -> str:
        return "" if ROOT in self.shown.tree.nodes else why_no_tree(self.shown)

    @property
    def open_bench(self) -> ThoughtBench | None:
        """The bench while the user can see a trace on it."""
        return self.bench if self.bench is not None and self.content.isVisible() else None

    def _made(self) -> ThoughtBench:
        if self.bench is None:
            from app.thought.bench import ThoughtBench

            self.bench = ThoughtBench(self._parts, self.run_wanted.emit)
            self._column.addWidget(self.bench)
        return self.bench
