"""The upper row of the compare panel: with what is compared, what the cursors have in common, and buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.language import mark, tr
from app.models.compare import Link
from app.panels.runs import run_words
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, one_line
from storage.runs import RunInfo

LONGEST_NAME = 60
MOST_RUNS = 300
"""That one may choose among: a session made of a dataset has ten thousand, and a list of them helps nobody."""
A_STEP = mark("Another step of this run")
LINKS: dict[Link, str] = {
    "iteration": mark("Cursor at the same iteration"),
    "share": mark("Cursor at the same share"),
    "event": mark("Cursor at the same event"),
    "none": mark("Cursors not linked"),
}


class CompareBar(QWidget):
    """Says what the user wants; decides nothing."""

    run_chosen = Signal(object)
    """int: a run to compare with; None: another step of the run on screen."""
    link_chosen = Signal(str)
    let_go_wanted = Signal()
    tree_wanted = Signal(bool)
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.runs = QComboBox()
        self.links = QComboBox()
        self.kept = ElidedLabel()
        self.let_go = _button(tr("Let go"), tr("Compare the selected step again, not the one that was kept"))
        self.tree = _button(tr("Tree"), tr("Show the tree of the other run beside the traces"))
        self.copy = _button(tr("Copy"), tr("Copy the comparison as Markdown"))
        self._known: tuple[tuple[str, int | None], ...] = ()
        self._build()

    def show_runs(self, runs: Sequence[RunInfo], shown: int | None, chosen: int | None) -> None:
        """The runs that the one on screen may be compared with, newest first."""
        others = _near((info for info in runs if info.id != shown), shown, chosen)
        known = ((tr(A_STEP), None), *((_name(info), info.id) for info in others))
        if known != self._known:
            self._known = known
            self.runs.clear()
            for at, (title, run) in enumerate(known):
                self.runs.addItem(title, run)
                self.runs.setItemData(at, as_tool_tip(title), Qt.ItemDataRole.ToolTipRole)
        self.runs.setCurrentIndex(next((at for at, (_, run) in enumerate(known) if run == chosen), 0))

    def show_state(self, kept: str, other: bool, compared: bool) -> None:
        """`kept`: the step that is kept, empty for none; `other`: whether there is a second run."""
        self.kept.setText(kept)
        self.let_go.setVisible(bool(kept))
        for widget in (self.links, self.tree):
            widget.setEnabled(other)
        self.copy.setEnabled(compared)

    def _build(self) -> None:
        self.runs.setAccessibleName(tr("Compare with"))
        self.runs.setToolTip(tr("What the run on screen is compared with"))
        self.links.setAccessibleName(tr("Link of the cursors"))
        self.links.setToolTip(tr("Where the other run's cursor goes when the timeline is moved"))
        for link, title in LINKS.items():
            self.links.addItem(tr(title), link)
        for box in (self.runs, self.links):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
        self.tree.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.runs, 2)
        row.addWidget(self.links, 1)
        row.addWidget(self.kept, 2)
        for button in (self.let_go, self.tree, self.copy):
            row.addWidget(button)
        self.runs.activated.connect(lambda at: self.run_chosen.emit(self.runs.itemData(at)))
        self.links.activated.connect(lambda at: self.link_chosen.emit(self.links.itemData(at)))
        self.let_go.clicked.connect(lambda: self.let_go_wanted.emit())
        self.tree.toggled.connect(self.tree_wanted.emit)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit())


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    return button


def _near(others: Iterable[RunInfo], shown: int | None, chosen: int | None) -> list[RunInfo]:
    """The MOST_RUNS nearest to the run on screen by their numbers, with the chosen one; newest first."""
    nearest = sorted(others, key=lambda info: (info.id != chosen, abs(info.id - (shown or 0))))
    return sorted(nearest[:MOST_RUNS], key=lambda info: -info.id)


def _name(info: RunInfo) -> str:
    problem = one_line(info.plan.text, LONGEST_NAME)
    return tr("Run {run}: {problem}, {words}").format(run=info.id, problem=problem, words=run_words(info))
