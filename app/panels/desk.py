"""The dock “PRM desk”: every step's score, where it came from, and whether to believe it. Changes no search.

What a person says of a step (a rating) is an event of its run; what is shown (scope, scorer, rule) is kept in the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from app.commands import Action
from app.desk.actions import desk_actions
from app.language import tr
from app.panels.panel import PanelWidget
from app.parts import Parts
from app.words.nothing import why_no_tree
from engine.events import ROOT

if TYPE_CHECKING:  # what reads scores is imported when the dock is first seen: nobody waits for it at the start
    from app.desk.bench import DeskBench


class DeskPanel(PanelWidget):
    """Says when there is something to look at; `bench` does the rest."""

    preferred_size = QSize(1000, 380)

    scoring_wanted = Signal(object)
    """Sequence[int]: somebody is to say which model scores these runs."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._parts = parts
        self.bench: DeskBench | None = None
        """None until the dock is first seen."""
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        shown = parts.shown
        for signal in (
            shown.run_changed, shown.tree_changed, shown.remarked, parts.sessions.changed, parts.runs.changed,
            parts.scoring.changed,
        ):  # fmt: skip
            signal.connect(lambda *_: self.mark_stale())
        parts.imports.ratings_read.connect(self.show_here)  # what such a dataset is opened for

    def own_actions(self) -> Sequence[Action]:
        return desk_actions(self)

    def refresh(self) -> None:
        if not self._parts.sessions.runs and not self.shown.tree.nodes:
            self.say(why_no_tree(self.shown))
            return
        self.say("")
        self._made().read()

    def restyle(self) -> None:
        if self.bench is not None:
            self.bench.restyle()
        super().restyle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.bench is not None:
            self.bench.rest()
            self.mark_stale()

    def show_here(self) -> None:
        """Come to the front."""
        self.front_wanted.emit()
        self.mark_stale()

    def ask_scores(self) -> None:
        """For all runs of the scope; before anybody has opened the dock, for that on screen."""
        runs = (self.shown.run,) if self.bench is None else self.bench.data.runs
        self.scoring_wanted.emit(runs)

    def why_not_show(self) -> str:
        return "" if self.shown.tree.nodes else why_no_tree(self.shown)

    def ask_labels(self) -> None:
        """Come to the front with the trace of the selected step, and ask how many completions are to be drawn."""
        self.show_here()
        self.say("")
        self._made().ask_labels()

    def why_not_label(self) -> str:
        return self.why_not_show() or self._parts.sessions.why_not_write()

    def rate(self, rating: int | None) -> None:
        """Rate the selected step, wherever it was selected."""
        if (node := self.shown.selected) is not None and not self.why_not_rate():
            self._parts.edits.rate_step(node, rating)

    def why_not_rate(self) -> str:
        if self.shown.selected == ROOT:
            return tr("The root holds the problem, which is no step.")
        return self._parts.edits.why_not_remark()

    def _made(self) -> DeskBench:
        if self.bench is None:
            from app.desk.bench import DeskBench

            self.bench = DeskBench(self._parts)
            self.bench.scoring_wanted.connect(self.ask_scores)
            self._column.addWidget(self.bench)
        return self.bench
