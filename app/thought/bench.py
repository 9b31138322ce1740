"""Everything of the dock “Hidden and exposed” put together: what is shown, the ways through it, menus, what goes out.

Made when the dock is first seen: what reads a trace is not imported before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import mark, tr
from app.models.thought_choice import TraceEnd, ends_of
from app.models.thought_filter import LAYERS
from app.output.trace_markdown import trace_markdown
from app.parts import Parts
from app.thought.columns import HIDDEN
from app.thought.content import ThoughtContent
from app.thought.desk import ThoughtDesk
from app.thought.facts import has_thought
from app.thought.hands import Hands
from app.thought.menu import Entry, StepMenu, fill
from app.thought.output import copy_claim, copy_report, save_report
from app.thought.walk import Walk
from app.thought.words import end_words, followed_words, thinking_plan
from engine.commands import RunPlan
from engine.run_traces import node_at, place_of
from engine.search import SEARCHES

NO_STEP = mark("No step has been written yet.")


class ThoughtBench(QWidget):
    """`desk` knows what is shown and how, `view` shows it, `walk` leads through it, `hands` keep what is said of it."""

    def __init__(self, parts: Parts, propose: Callable[[RunPlan], None]) -> None:
        """`propose`: opens the form of a new run."""
        super().__init__()
        self._parts, self._propose = parts, propose
        self.shown = parts.shown
        self.desk = ThoughtDesk(parts.shown, self)
        self.source = self.desk.source
        self.hands = Hands(self.source, parts.shown, parts.edits)
        self.view = ThoughtContent(parts.theme)
        self.walk = Walk(self.desk, self.hands, self.view, self)
        self._menu = StepMenu(self)
        self._followed = parts.shown.selected
        """The step that was last brought to sight because it was selected elsewhere."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()

    def read(self) -> str:
        """Read the run and show its trace; a sentence if there is none."""
        tree = self.shown.tree
        self.source.read()
        if self.source.end is None or self.source.trace is None:
            return tr(NO_STEP)
        ends = [(end_words(tree, end), end) for end in ends_of(tree)]
        pinned = self.source.end if self.source.pinned else None
        self.view.bar.show_ends(ends, pinned, followed_words(tree, None if pinned else self.source.end))
        self._show()
        return ""

    def _show(self) -> None:
        """What is known of the trace now, as the user wants to see it."""
        facts, desk = self.desk.facts(), self.desk
        if facts is None:
            return
        self.view.show_trace(facts, desk.text, desk.found, desk.claims, desk.look)
        fixed = desk.look.redaction is not None or desk.look.layer == "summary"
        boundary = None if fixed else self.hands.boundary()
        self.view.columns.show_boundary(boundary, self.hands.boundary_words() if boundary is not None else "")
        if desk.look.redaction is None:
            self._follow_selection()

    def _follow_selection(self) -> None:
        """Bring the step to sight that was selected elsewhere, once its trace has been looked at."""
        node, end, tree = self.shown.selected, self.source.end, self.shown.tree
        if node == self._followed or end is None or not self.source.current:
            return
        self._followed = node
        if node is not None and any(step.id == node for step in tree.path(end.node)[1:]):
            piece = self.desk.text.piece_at(place_of(tree, node)[0])
            if piece is not None:
                self.view.columns.choose(piece)

    def _connect(self) -> None:
        bar, view, desk = self.view.bar, self.view, self.desk
        desk.changed.connect(self._show)
        bar.end_chosen.connect(self._choose_end)
        bar.layer_chosen.connect(desk.set_layer)
        bar.side_chosen.connect(desk.set_side)
        bar.outline.toggled.connect(self._show_outline)
        bar.search.clicked.connect(lambda wanted: self.open_find() if wanted else view.find_bar.close_bar())
        bar.lab.clicked.connect(desk.black_out)
        bar.menu.aboutToShow.connect(self._fill_menu)
        view.facts.think.clicked.connect(self.think_first)
        view.map.step_chosen.connect(self.walk.to_step)
        view.outline.step_chosen.connect(self.walk.to_step)
        view.shares.function_toggled.connect(desk.toggle_function)
        view.legend.verdict_toggled.connect(desk.toggle_mark)
        view.lab.told_chosen.connect(desk.tell)
        view.lab.reveal_wanted.connect(self.walk.reveal)
        view.find_bar.closed.connect(lambda: bar.search.setChecked(False))
        view.columns.boundary_moved.connect(self._move_boundary)
        view.columns.menu_wanted.connect(self._open_menu)

    # what actions ask for

    def toggle_pin(self) -> None:
        """Keep to the trace on show, or follow the selection again."""
        self._choose_end(None if self.source.pinned else self.source.end)

    def open_find(self) -> None:
        self.view.bar.search.setChecked(True)
        self.view.find_bar.open()

    def toggle_outline(self) -> None:
        self.view.bar.outline.toggle()

    def has_outline(self) -> bool:
        return self.view.bar.outline.isChecked()

    def next_layer(self) -> None:
        """Raw, thought, summary, and again."""
        layers = list(LAYERS)
        self.desk.set_layer(layers[(layers.index(self.desk.look.layer) + 1) % len(layers)])

    def copy_claim(self) -> None:
        if self.desk.found is not None and (place := self.walk.place) is not None:
            copy_claim(self.desk.found, place)

    def copy_report(self) -> None:
        if self.desk.found is not None:
            copy_report(self._name(), self.desk.found, self.desk.tokens)

    def save_report(self) -> None:
        """Ask for a file for the report as it is now."""
        found, name, path = self.desk.found, self._name(), self._parts.sessions.path
        if found is not None:
            report = trace_markdown(name, found.trace, found.analysis, self.desk.tokens)
            folder, stem = (path.parent, path.stem) if path is not None else (Path.home(), "trace")
            suggestion = folder / tr("{session} hidden and exposed.md").format(session=stem)
            save_report(self.window(), suggestion, report, self._parts.runs.notice.emit)

    def think_first(self) -> None:
        """Propose the run's problem to a model that thinks."""
        info = self._parts.sessions.shown_info
        plan = info.plan if info is not None and info.plan.search in SEARCHES else self._parts.sessions.next_plan()
        self._propose(thinking_plan(plan))

    def why_no_report(self) -> str:
        return "" if self.desk.found is not None else tr("The trace is still being looked at.")

    def why_not_think(self) -> str:
        trace = self.source.trace
        return tr("This trace has a thought.") if trace is not None and has_thought(trace) else ""

    # small things

    def _choose_end(self, end: TraceEnd | None) -> None:
        self.source.pin(end)
        self.read()

    def _show_outline(self, wanted: bool) -> None:
        self.view.outline.setVisible(wanted)
        if wanted and (step := self.walk.step()) is not None:
            self.view.show_step(step)

    def _move_boundary(self, to: int) -> None:
        self.hands.move_boundary(to)
        self._show()

    def _fill_menu(self) -> None:
        menu = self.view.bar.menu
        menu.clear()
        pin = tr("Follow the selection") if self.source.pinned else tr("Keep this trace")
        fill(
            menu,
            [
                (pin, self.toggle_pin, ""),
                (tr("Show everything"), self.desk.show_all, ""),
                (tr("Boundary as it was found"), self.hands.reset_boundary, self.hands.why_not_reset()),
                None,
                (tr("Copy the claim with its steps"), self.copy_claim, self.walk.why_no_place()),
                (tr("Copy hidden and exposed as Markdown"), self.copy_report, self.why_no_report()),
                (tr("Save the comparison as a report…"), self.save_report, self.why_no_report()),
            ],
        )

    def _open_menu(self, at: QPoint, side: int, piece: int) -> None:
        """At a piece: what it is for, its claim, the boundary, its step in the tree."""
        if piece < 0:
            return
        self.walk.stand_at(side, piece)
        start, view = self.desk.text.pieces[piece].start, self.view.columns.views[side]
        low, high = view.selection
        entries: list[Entry | None] = [
            (tr("Copy"), view.copy, "" if low < high else tr("Select text first.")),
            (tr("Copy the claim with its steps"), self.copy_claim, self.walk.why_no_place()),
            (
                tr("Reveal what is behind the claim"),
                lambda: self.walk.reveal("partners"),
                self.walk.why_not_reveal_partners(),
            ),
            None,
            (tr("Exposed from here on"), lambda: self._move_boundary(start), self.hands.why_not()),
            (tr("Boundary as it was found"), self.hands.reset_boundary, self.hands.why_not_reset()),
            None,
            (tr("Select this step in the tree"), lambda: self._select_at(start), ""),
        ]
        masked = piece in self.desk.masked()
        label = self.walk.label if side == HIDDEN and self.walk.step() is not None and not masked else None
        self._menu.ask(at, entries, label, self.walk.function(), self.hands.why_not())

    def _select_at(self, offset: int) -> None:
        """The trace stays on show, whatever else goes through that step."""
        end = self.source.end
        if end is not None:
            self.source.pin(end)
            self.shown.select(node_at(self.shown.tree, end.node, offset))

    def _name(self) -> str:
        end = self.source.end
        words = end_words(self.shown.tree, end) if end is not None else ""
        return tr("Run {run}, {trace}").format(run=self.shown.run, trace=words)
