"""The compare panel: two runs of the session, or two steps of one run, side by side. Changes no run.

At the left is the run on screen, down to the step that was kept with Ctrl+D, else to its selected step; at the right
another run, or the step that is selected next.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout

from app.canvas.canvas import TreeCanvas
from app.canvas.walks import principal_path
from app.commands import Action
from app.language import mark, tr
from app.models.compare import Comparison, Link, Trace, compare
from app.models.shown_run import ShownRun
from app.panels.compare_bar import CompareBar
from app.panels.compare_other import OtherRun
from app.panels.compare_sides import TwoSides
from app.panels.compare_words import as_markdown
from app.panels.panel import PanelWidget, empty_state
from app.parts import Parts
from app.plain_text import one_line
from app.reduced_motion import keeps_still
from app.words.nothing import why_no_tree
from engine.events import ROOT, NodeId

BESIDE_PX = 760
"""The least width for the other run's tree beside the traces; in a narrower dock it takes their place."""
LONGEST_STEP = 60
NOTHING = mark("Choose a run to compare with. Or select a step, press Ctrl+D, and click the step to compare it with.")
CLICK = mark("Now click the step to compare it with, or choose a run.")
EMPTY = mark("There is nothing to compare yet: neither trace has a step.")


class ComparePanel(PanelWidget):
    """What is compared with what, the two traces, and the tree of the other run."""

    preferred_size = QSize(900, 240)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._sessions, self._settings = parts.sessions, parts.settings
        self.other = OtherRun(parts.shown, parts.runs, parts.sessions, self)
        self.bar = CompareBar()
        self.sides = TwoSides(parts.theme)
        self.canvas: TreeCanvas | None = None
        self.comparison: Comparison | None = None
        """What is on show; None while there is nothing to compare."""
        self._kept: NodeId | None = None
        self._last_run = parts.shown.run
        self._hint = empty_state(tr(NOTHING))
        self._views = self._build()
        self._connect()

    def own_actions(self) -> Sequence[Action]:
        return (
            Action(
                "edit.compare", "Compare selected with…", self.keep_selected,
                "Keep the selected step, and compare it with the step that is clicked next, or with another run",
                "Edit", keys=("Ctrl+D",), why_not=self._why_not_keep, separator=True,
            ),
            Action(
                "edit.copy_comparison", "Copy comparison as Markdown", self.copy,
                "Copy the two traces, where they part, and what they come to", "Edit",
                enabled=lambda: self.comparison is not None,
            ),
        )  # fmt: skip

    def keep_selected(self) -> None:
        """Keep the selected step as the left one, and come to the front."""
        self._kept = self.shown.selected
        self.front_wanted.emit()
        self.mark_stale()

    def compare_with(self, run: int | None) -> None:
        """Another run of the session; None: another step of the run on screen."""
        self.other.show(run)
        if run is None:
            self.bar.tree.setChecked(False)
        self.mark_stale()

    def copy(self) -> None:
        """Put the comparison on the clipboard, as Markdown."""
        if self.comparison is not None:
            QGuiApplication.clipboard().setText(as_markdown(self.comparison, self._names()))

    def refresh(self) -> None:
        if ROOT not in self.shown.tree.nodes:
            self.comparison = None
            self.say(why_no_tree(self.shown))
            return
        self.other.follow()
        left, right = self._left(), self._right()
        made = None if left is None or right is None else compare(left, right)
        self.comparison = made if made is not None and made.pairs else None
        self.bar.show_runs(self._sessions.runs, self.shown.run, self.other.run)
        self.bar.show_state(self._kept_words(), self.other.run is not None, self.comparison is not None)
        if self.comparison is not None:
            self.sides.show_comparison(self.comparison, self._names())
        else:
            self._hint.setText(tr(EMPTY if made is not None else CLICK if self._kept is not None else NOTHING))
        self._give_room()
        self.say("")

    # building

    def _build(self) -> QStackedWidget:
        views = QStackedWidget()
        views.addWidget(self._hint)
        views.addWidget(self.sides)
        self._middle = QSplitter()
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(views)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addWidget(self.bar)
        column.addWidget(self._middle, 1)
        return views

    def _give_room(self) -> None:
        """A sentence in place of the traces stands in the middle, as if there were none."""
        told = self.comparison is None
        policy = QSizePolicy.Policy.Ignored if told else QSizePolicy.Policy.Preferred
        self.sides.setSizePolicy(policy, policy)
        self._views.setCurrentIndex(0 if told else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._give_room_to_tree()
        super().resizeEvent(event)

    def _give_room_to_tree(self) -> None:
        self._views.setVisible(not self.bar.tree.isChecked() or self.width() >= BESIDE_PX)

    def _connect(self) -> None:
        shown, bar = self.shown, self.bar
        shown.run_changed.connect(self._on_run)
        for signal in (shown.tree_changed, shown.cursor_moved, shown.selection_changed):
            signal.connect(lambda *_: self.mark_stale())
        for signal in (self.other.changed, self._sessions.changed):
            signal.connect(self.mark_stale)
        bar.run_chosen.connect(self.compare_with)
        bar.link_chosen.connect(self._set_link)
        bar.let_go_wanted.connect(self._let_go)
        bar.tree_wanted.connect(self._show_tree)
        bar.copy_wanted.connect(self.copy)
        self.sides.left_chosen.connect(shown.select)
        self.sides.right_chosen.connect(lambda node: self._right_shown().select(node))

    def _set_link(self, link: Link) -> None:
        self.other.link = link
        self.mark_stale()

    def _show_tree(self, wanted: bool) -> None:
        """The other run's tree; its canvas is made when it is first wanted."""
        if self.canvas is None and wanted:
            self.canvas = TreeCanvas(self.other.shown, self.theme)
            self.canvas.animations = not keeps_still(self._settings)
            self.canvas.setAccessibleName(tr("Search tree of the other run"))
            self._middle.addWidget(self.canvas)
        if self.canvas is not None:
            self.canvas.setVisible(wanted)
            self._give_room_to_tree()

    # what is compared

    def _on_run(self) -> None:
        """The run on screen is another; if it is the one that was compared with, the two change places."""
        before, self._last_run = self._last_run, self.shown.run
        self._kept = None
        if self.other.run is not None and self.other.run == self.shown.run:
            known = {info.id for info in self._sessions.runs}
            self.compare_with(before if before in known else None)
        self.mark_stale()

    def _let_go(self) -> None:
        self._kept = None
        self.mark_stale()

    def _why_not_keep(self) -> str:
        return "" if self.shown.selected is not None else tr("Select the step to compare first.")

    def _right_shown(self) -> ShownRun:
        return self.shown if self.other.run is None else self.other.shown

    def _left(self) -> Trace | None:
        if self._kept is not None and self._kept in self.shown.tree.nodes:
            return Trace(self.shown.tree, self._kept)
        return None if self.other.run is None else _trace(self.shown)

    def _right(self) -> Trace | None:
        if self.other.run is not None:
            return _trace(self.other.shown)
        selected = self.shown.selected
        return None if selected in (None, self._kept) else Trace(self.shown.tree, selected)

    def _names(self) -> tuple[str, str]:
        if self.other.run is None:
            return tr("Kept step"), tr("Selected step")
        name = tr("Run {run}")
        return name.format(run=self.shown.run), name.format(run=self.other.run)

    def _kept_words(self) -> str:
        if self._kept is None or self._kept not in self.shown.tree.nodes:
            return ""
        return tr("Kept: {step}").format(step=one_line(self.shown.tree.nodes[self._kept].step, LONGEST_STEP))


def _trace(shown: ShownRun) -> Trace | None:
    """Down to the selected step; else along the principal path."""
    if shown.selected is not None:
        return Trace(shown.tree, shown.selected)
    path = principal_path(shown.tree)
    return Trace(shown.tree, path[-1]) if path else None
