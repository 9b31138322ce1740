"""The form of a training: whose labels, what to begin with, how long, and where to write. Starts nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import error_label, side_by_side
from app.dialogs.limits import folder_boxes, seed_box
from app.language import mark, tr
from app.panels.texts import plain_label
from app.plain_text import as_tool_tip
from app.theme import Theme
from app.training import TrainingWish
from engine.labelled import LEAST_LABELS
from engine.scores.labels import SOURCES, LabelSource
from engine.scores.training_set import LabelCount

LONGEST = 100_000
"""Steps of a training."""
SOURCE_WORDS: dict[LabelSource, str] = {
    "person": mark("Your ratings"),
    "dataset": mark("Ratings of datasets"),
    "exact": mark("Exact, by a solver"),
    "monte carlo": mark("Monte-Carlo, hard"),
}
NEUTRAL = ((1, mark("counts as good")), (0, mark("counts as bad")), (None, mark("is left out")))
BUNDLED, FRESH, FOLDER = mark("the bundled PRM (warm start)"), mark("the policy, with a new head"), mark("another PRM…")


class TrainForm(QWidget):
    """`wish` is None while something is wrong, which stands below the fields."""

    changed = Signal()
    """Other labels are wanted."""
    checked = Signal()
    """Whether all is well may have changed."""

    def __init__(self, theme: Theme, out: Path) -> None:
        super().__init__()
        self.sources = {source: QCheckBox(tr(SOURCE_WORDS[source])) for source in SOURCES}
        self.neutral, self.begin = QComboBox(), QComboBox()
        self.start, self.browse_start = folder_boxes(tr("Folder of a process reward model"))
        self.out, self.browse_out = folder_boxes(tr("Folder to write the model to"), str(out))
        self.steps, self.seed = QSpinBox(), seed_box(0)
        self.count = plain_label(wrap=True, quiet=True)
        self.fault = error_label(theme)
        self._counted: LabelCount | None = None
        self._fill()
        self._build()
        self._connect()
        self._check()

    @property
    def chosen(self) -> tuple[LabelSource, ...]:
        """Whose labels count: the first one's before the second's."""
        return tuple(source for source, box in self.sources.items() if box.isChecked())

    @property
    def neutral_label(self) -> int | None:
        label: int | None = self.neutral.currentData()
        return label

    def show_count(self, count: LabelCount | None) -> None:
        """What there is to learn from; None while it is being counted."""
        self._counted = count
        if count is None:
            self.count.setText(tr("Labels are being counted…"))
        else:
            self.count.setText(count_words(count))
        self._check()

    def why_not(self) -> str:
        """What is wrong, as a sentence; empty if nothing is."""
        count, out = self._counted, self.out.text().strip()
        if count is None:
            return tr("Labels are being counted…")
        if count.labels < LEAST_LABELS:
            words = tr("Too few labels: {labels} of at least {least}. Rate steps in the tab Trace, or tick more.")
            return words.format(labels=count.labels, least=LEAST_LABELS)
        if not count.good or not count.bad:
            return tr("All labels say the same: there is nothing to tell apart.")
        if self.begin.currentData() == FOLDER and (why := _folder_fault(self.start.text().strip())):
            return why
        if not out:
            return tr("Choose a folder to write the model to.")
        if Path(out).is_dir() and any(Path(out).iterdir()) and not (Path(out) / "config.json").is_file():
            return tr("{folder} holds something other than a model, and would be replaced.").format(folder=out)
        return ""

    def wish(self) -> TrainingWish | None:
        if self.why_not():
            return None
        begin = self.begin.currentData()
        start = Path(self.start.text().strip()) if begin == FOLDER else None
        out = Path(self.out.text().strip()).expanduser().absolute()
        return TrainingWish(out, self.seed.value(), self.steps.value(), start, begin == FRESH)

    def _fill(self) -> None:
        for box in self.sources.values():
            box.setChecked(True)
        for label, words in NEUTRAL:
            self.neutral.addItem(tr(words), label)
        for words in (BUNDLED, FRESH, FOLDER):
            self.begin.addItem(tr(words), words)
        self.neutral.setAccessibleName(tr("A neutral rating"))
        self.begin.setAccessibleName(tr("Begin with"))
        self.steps.setRange(0, LONGEST)
        self.steps.setSingleStep(20)
        self.steps.setSpecialValueText(tr("as the recipe says"))
        self.steps.setAccessibleName(tr("Training steps"))
        tip = tr("0: each labelled trace is seen about eight times, in at least 40 steps.")
        self.steps.setToolTip(as_tool_tip(tip))

    def _build(self) -> None:
        ticks = QWidget()
        grid = QGridLayout(ticks)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, box in enumerate(self.sources.values()):
            grid.addWidget(box, number // 2, number % 2)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._start_row = side_by_side(self.start, self.browse_start)
        form.addRow(tr("Labels"), ticks)
        form.addRow("", self.count)
        form.addRow(tr("A neutral rating"), self.neutral)
        form.addRow(tr("Begin with"), self.begin)
        form.addRow("", self._start_row)
        form.addRow(tr("Steps, seed"), side_by_side(self.steps, self.seed))
        form.addRow(tr("Write to"), side_by_side(self.out, self.browse_out))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addStretch(1)

    def _connect(self) -> None:
        for box in self.sources.values():
            box.toggled.connect(lambda _: self.changed.emit())
        self.neutral.currentIndexChanged.connect(lambda _: self.changed.emit())
        for signal in (self.begin.currentIndexChanged, self.start.textChanged, self.out.textChanged):
            signal.connect(lambda *_: self._check())

    def _check(self) -> None:
        self._start_row.setVisible(self.begin.currentData() == FOLDER)
        self.fault.setText("" if self._counted is None else self.why_not())
        self.checked.emit()


def _folder_fault(folder: str) -> str:
    if not folder:
        return tr("Choose the folder of a process reward model.")
    return "" if Path(folder).is_dir() else tr("There is no folder {folder}.").format(folder=folder)


def count_words(count: LabelCount) -> str:
    """`40 labels (30 good, 10 bad) · 9 traces · 1 problem`."""
    labels = tr("1 label") if count.labels == 1 else tr("{count:,} labels").format(count=count.labels)
    traces = tr("1 trace") if count.traces == 1 else tr("{count:,} traces").format(count=count.traces)
    several = len(count.problems)
    problems = tr("1 problem") if several == 1 else tr("{count:,} problems").format(count=several)
    words = tr("{labels} ({good:,} good, {bad:,} bad) · {traces} · {problems}")
    return words.format(labels=labels, good=count.good, bad=count.bad, traces=traces, problems=problems)
