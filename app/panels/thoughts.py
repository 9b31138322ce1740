"""The thoughts of a problem side by side: which are the same, where they part, what they led to. Only reads.

A row is a thought, however many samples have it; the texts of the reference and of the selected rows stand beside each
other, each scrolled to where it leaves the reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.commands import Action
from app.language import mark, tr
from app.models.thought_group import Group, Sample, Thought, group_of, parting
from app.output.markdown import escaped, table
from app.panels.panel import PanelWidget
from app.panels.texts import ElidedLabel
from app.panels.thoughts_table import COPIED, ThoughtsModel, ThoughtsTable, answers_words, parting_words
from app.panels.thoughts_texts import ThoughtColumn
from app.parts import Parts
from app.plain_text import as_tool_tip, visible
from app.words.nothing import why_no_tree
from engine.tree import Tree, TreeError, fold

FRAME_MS = 400
"""Milliseconds between two readings: each looks at the text of every sample."""
MOST_COLUMNS = 3
SPLIT_PX = (400, 600)
"""Table and texts at first."""
NO_THOUGHTS = mark(
    "No trace of this run has a thought. Start a run that thinks first with several samples, or re-roll the thought "
    "of an answer with a probe."
)


class ThoughtsPanel(PanelWidget):
    """A dock at the bottom: the table at the left, up to three texts at the right."""

    frame_ms = FRAME_MS
    preferred_size = QSize(900, 240)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.shown, parts.theme)
        self._sessions = parts.sessions
        self.group = Group((), (), 0)
        self.words = ElidedLabel()
        self.others = QCheckBox(tr("Other runs of this problem, too"))
        self.use = QPushButton(tr("Make reference"))
        self.model = ThoughtsModel()
        self.table = ThoughtsTable(self.model)
        self.columns = [ThoughtColumn(parts.theme, number) for number in range(MOST_COLUMNS)]
        self._reference: str | None = None  # its text: places change while samples come
        self._trees: dict[int, tuple[int, Tree]] = {}
        """Other runs as last read, with how many events they had: they are not folded anew for every sample."""
        self._build()
        self._connect()

    def own_actions(self) -> Sequence[Action]:
        return (
            Action(
                "edit.copy_thoughts", "Copy comparison of thoughts as Markdown", self.copy,
                "Copy the thoughts of this problem, their answers and where they part", "Edit",
                enabled=lambda: bool(self.group.thoughts),
            ),
        )  # fmt: skip

    @property
    def reference(self) -> int:
        """Its place in the group: the one that a person made the reference, else the most frequent."""
        texts = [thought.text for thought in self.group.thoughts]
        return texts.index(self._reference) if self._reference in texts else 0

    def refresh(self) -> None:
        tree = self.shown.tree
        if not tree.nodes:
            self.say(why_no_tree(self.shown))
            return
        self.group = group_of(
            [(self.shown.run or 0, tree), *(self._other_runs(tree) if self.others.isChecked() else ())]
        )
        self.say("" if self.group.thoughts else tr(NO_THOUGHTS))
        self.model.show_group(self.group, self.reference)
        if not self.group.thoughts:
            return
        if not self.table.selectionModel().hasSelection():
            self.table.selectRow(1 if len(self.group.thoughts) > 1 and self.reference == 0 else 0)
        self._show_words()
        self._show_texts()

    def restyle(self) -> None:
        self.table.size_rows()
        super().restyle()

    def make_reference(self) -> None:
        """Compare the others with the thought of the current row."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.group.thoughts):
            self._reference = self.group.thoughts[row].text
            self.model.show_group(self.group, self.reference)
            self._show_texts()

    def copy(self) -> None:
        """Put the comparison on the clipboard, as Markdown."""
        head = [tr(column.title) for column in COPIED]
        rows = ([self.model.text(row, column) for column in range(len(COPIED))] for row in self.model.rows)
        QGuiApplication.clipboard().setText(f"**{escaped(self.words.text())}**\n\n{table(head, rows)}\n")

    # building

    def _build(self) -> None:
        self.others.setToolTip(tr("Read the other runs of the session that ask the same"))
        self.use.setToolTip(tr("Compare all others with the thought of this row (Enter)"))
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.others)
        top.addWidget(self.use)
        texts = QWidget()
        beside = QHBoxLayout(texts)
        beside.setContentsMargins(0, 0, 0, 0)
        for column in self.columns:
            beside.addWidget(column, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(texts)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        split.setSizes(SPLIT_PX)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(split, 1)

    def _connect(self) -> None:
        self.others.toggled.connect(self.mark_stale)
        self.use.clicked.connect(self.make_reference)
        self.table.activated.connect(lambda _: self.make_reference())
        self.table.clicked.connect(self._go_to)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_texts())
        self.shown.run_changed.connect(self._start_over)
        self.shown.tree_changed.connect(self.mark_stale)
        self.shown.remarked.connect(self.mark_stale)

    # what is shown

    def _start_over(self) -> None:
        self._reference = None
        self._trees.clear()
        self.table.clearSelection()
        self.mark_stale()

    def _other_runs(self, tree: Tree) -> list[tuple[int, Tree]]:
        """Those of the session with the same problem; one that cannot be read is left out."""
        session, started = self._sessions.session, tree.started
        found: list[tuple[int, Tree]] = []
        for info in session.runs() if session and started else ():
            same = started is not None and (info.plan.problem, info.plan.text) == (started.problem, started.text)
            if same and info.id != self.shown.run and info.events:
                try:
                    found.append((info.id, self._tree_of(info.id, info.events)))
                except TreeError:
                    continue
        return found

    def _tree_of(self, run: int, events: int) -> Tree:
        if run not in self._trees or self._trees[run][0] != events:
            self._trees[run] = events, fold(self._sessions.records_of(run))
        return self._trees[run][1]

    def _show_words(self) -> None:
        group = self.group
        words = tr("{samples} samples, {thoughts} different thoughts · answers: {answers}").format(
            samples=group.samples, thoughts=len(group.thoughts), answers=answers_words(group.answers)
        )
        if group.left_out:
            words += " · " + tr("{count:,} more samples were left out").format(count=group.left_out)
        self.words.setText(visible(words))
        self.words.setToolTip(as_tool_tip(words))

    def _show_texts(self) -> None:
        """The reference first, then the selected rows."""
        thoughts, reference = self.group.thoughts, self.reference
        if not thoughts:
            return
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        wanted = [reference, *(row for row in rows if row != reference and row < len(thoughts))][:MOST_COLUMNS]
        for column, place in zip(self.columns, wanted, strict=False):
            other = reference if place != reference else wanted[1] if len(wanted) > 1 else None
            column.show_thought(self._heading(place), thoughts[place], None if other is None else thoughts[other])
        for number, column in enumerate(self.columns):
            column.setVisible(number < len(wanted))

    def _heading(self, place: int) -> str:
        thought = self.group.thoughts[place]
        said = answers_words(thought.answers, 3)
        if place == self.reference:
            return f"● {place + 1}  →  {said}"
        where = parting_words(parting(self.group.thoughts[self.reference], thought))
        words = tr("parts at {where}").format(where=where)
        return f"{place + 1}  →  {said}   {words}"

    # going to a sample

    def _go_to(self, index: QModelIndex) -> None:
        """To the first sample of the thought; asked again, to its next one of this run."""
        thought: Thought = self.group.thoughts[index.row()]
        here: list[Sample] = [sample for sample in thought.samples if sample.run == self.shown.run]
        nodes = [sample.node for sample in here]
        if nodes:
            place = nodes.index(self.shown.selected) + 1 if self.shown.selected in nodes else 0
            self.shown.select(nodes[place % len(nodes)])

    def select_thought(self, place: int) -> None:
        """Select a row as a click would, without going anywhere."""
        index = self.model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
