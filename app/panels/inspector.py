"""The inspector: everything that is known about the selected step, or about the run, at the cursor. Only reads."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.language import mark, tr
from app.models.births import GENERATORS
from app.models.shown_run import ShownRun
from app.panels.choice_table import ChoiceTable
from app.panels.facts import node_facts, place_facts, rollouts_text, run_outcome, run_plan
from app.panels.facts_grid import FactsGrid
from app.panels.facts_later import later_facts
from app.panels.noise import NoiseIndex
from app.panels.panel import PanelWidget
from app.panels.phase_words import PhaseWords, phase_words
from app.panels.texts import ElidedLabel, plain_label, plain_view, set_untrusted_text
from app.panels.tokens import TokenHeat
from app.theme import Theme, embolden
from app.words.nothing import why_no_tree
from engine.events import ROOT, NodeId
from engine.tokens import TokenRowError, unpack
from engine.tree import Node, Tree

NARROWEST = 320
"""Pixels; below, numbers would be cut off."""
CHILDREN = mark("Selection among its children")
TOKENS = mark("Tokens: shade = uncertainty of the policy, 1 − p")
STEP_LINES = 3
TOKEN_LINES = 4
ROLLOUT_LINES = 9


class InspectorPanel(PanelWidget):
    """The dock at the right.

    It shows the selected step, and for the root, or once the run has ended, the run as a whole. While nothing is
    selected it tells what the latest phase did: so a search can be stepped through without a click.
    """

    preferred_size = QSize(380, 800)

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.title = plain_label()
        self.step = plain_view(tr("Text of the step"))
        self.facts = FactsGrid(theme)
        self.tokens = TokenHeat(theme)
        self.tokens_title = plain_label(tr(TOKENS), quiet=True, wrap=True)
        self.phase = plain_label(wrap=True, selectable=True)
        self.phase_lines = ElidedLabel()
        self.siblings = ChoiceTable(theme, tr("Selection among its siblings"))
        self.children_table = ChoiceTable(theme, tr(CHILDREN))
        self.rollouts = plain_view(tr("Rollouts from this step"))
        self.rollouts_title = plain_label(tr("Rollouts from here, latest first"), quiet=True)
        self.plan = FactsGrid(theme)
        self._token_bytes = b""
        self._noise = NoiseIndex()
        self.setMinimumWidth(NARROWEST)
        self._build()
        self._size_fields()
        for table in (self.siblings, self.children_table):
            table.node_chosen.connect(shown.select)
        self.facts.node_chosen.connect(shown.select)
        shown.run_changed.connect(self._forget_noise)
        for signal in (shown.run_changed, shown.tree_changed, shown.selection_changed, shown.remarked):
            signal.connect(self.mark_stale)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in self._sections():
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(tr("Inspector"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around = QVBoxLayout(self.content)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _sections(self) -> tuple[QWidget, ...]:
        return (
            self.title,
            self.step,
            self.phase,
            self.phase_lines,
            self.facts,
            self.siblings,
            self.tokens_title,
            self.tokens,
            self.children_table,
            self.plan,
            self.rollouts_title,
            self.rollouts,
        )

    def restyle(self) -> None:
        self._size_fields()
        super().restyle()

    def refresh(self) -> None:
        tree = self.shown.tree
        if ROOT not in tree.nodes:
            self.say(why_no_tree(self.shown))
            return
        self.say("")
        selected = self.shown.selected
        node = tree.nodes[ROOT if selected is None else selected]
        told = phase_words(self.shown.records, self.shown.cursor, tree) if selected is None else None
        if told is not None:
            self._show_phase(tree, told)
        elif node.id == ROOT:
            self._show_run(tree)
        else:
            self._show_step(tree, node)
        self._show_rollouts(node)

    def _forget_noise(self) -> None:
        self._noise = NoiseIndex()

    def _show_phase(self, tree: Tree, told: PhaseWords) -> None:
        self._show_parts(phase=True)
        self.title.setText(told.title)
        self.phase.setText(told.words)
        self.phase_lines.setText("\n".join(told.lines))
        self.phase_lines.setVisible(bool(told.lines))
        choices = tree.selected.choices if tree.selected else ()
        choice = next((choice for choice in reversed(choices) if len(choice.children) > 1), None)
        self.children_table.set_title(tr("The last choice among several steps"))
        self.children_table.show_choice(tree, choice)
        self.children_table.setVisible(choice is not None)
        self.plan.set_facts(run_plan(tree))

    def _show_run(self, tree: Tree) -> None:
        self._show_parts(run=True)
        self.title.setText(tr("The run"))
        visits, value, *_ = node_facts(tree.root, scale=tree.scale)
        self.facts.set_facts((*run_outcome(tree), visits, replace(value, wide=True)))
        self._show_children(tree, tree.root)
        self.plan.set_facts(run_plan(tree))

    def _show_step(self, tree: Tree, node: Node) -> None:
        self._show_parts(step=True)
        title = tr("Step {depth} · node {node} · hidden") if node.hidden else tr("Step {depth} · node {node}")
        self.title.setText(title.format(depth=node.depth, node=node.id))
        set_untrusted_text(self.step, node.step.rstrip("\n"))
        noise = self._noise.of(self.shown.records, self.shown.cursor, node)
        numbers = node_facts(node, noise, given=self._is_given(node.id), scale=self.shown.tree.scale)
        later = later_facts(self.shown.remarks.tree, node.id)
        self.facts.set_facts((*numbers, *later, *place_facts(tree, node)))
        self._show_tokens(node)
        assert node.parent is not None  # only the root has none
        self.siblings.setVisible(tree.selected is not None)
        self.siblings.show_choice(tree, tree.nodes[node.parent].choice)
        self._show_children(tree, node)

    def _is_given(self, node: NodeId) -> bool:
        """Whether the step came with a trace that was there before, so that nobody sampled or wrote it here."""
        return GENERATORS[self.shown.history.generator[node]] == "given"

    def _show_children(self, tree: Tree, node: Node) -> None:
        """Not in a search that never selects, such as a chain of thought."""
        self.children_table.set_title(tr(CHILDREN))
        self.children_table.setVisible(tree.selected is not None and bool(node.children))
        self.children_table.show_choice(tree, node.choice)

    def _show_parts(self, step: bool = False, phase: bool = False, run: bool = False) -> None:
        for widget in (self.step, self.tokens_title, self.tokens, self.siblings):
            widget.setVisible(step)
        for label in (self.phase, self.phase_lines):
            label.setVisible(phase)
        self.facts.setVisible(not phase)
        self.plan.setVisible(phase or run)

    def _show_tokens(self, node: Node) -> None:
        if node.tokens == self._token_bytes:
            return
        self._token_bytes = node.tokens
        try:
            self.tokens.set_row(unpack(node.tokens))
            self.tokens_title.setText(tr(TOKENS))
        except TokenRowError as error:
            self.tokens.set_row(())
            self.tokens_title.setText(tr("Tokens: {error}").format(error=error))

    def _show_rollouts(self, node: Node) -> None:
        for widget in (self.rollouts_title, self.rollouts):
            widget.setVisible(bool(node.rollouts))
        if node.rollouts:
            set_untrusted_text(self.rollouts, rollouts_text(node.rollouts))

    def _size_fields(self) -> None:
        title = self.theme.ui_font(10)
        embolden(title)
        self.title.setFont(title)
        for view in (self.rollouts, self.phase_lines):
            view.setFont(self.theme.mono_font())
        _set_lines(self.step, STEP_LINES)
        _set_lines(self.tokens, TOKEN_LINES)
        _set_lines(self.rollouts, ROLLOUT_LINES)


def _set_lines(view: QPlainTextEdit, lines: int) -> None:
    """A height that holds this many lines, whatever the text: nothing below moves while the user looks at steps."""
    margins = 2 * (view.frameWidth() + int(view.document().documentMargin()))
    view.setFixedHeight(lines * QFontMetrics(view.font()).lineSpacing() + margins)
