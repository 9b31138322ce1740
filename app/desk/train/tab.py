"""The tab Train: a process reward model from the labels of the scope, watched while it learns, usable at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.desk.data import DeskData
from app.desk.plot_page import PlotPage
from app.desk.scope import runs_in
from app.desk.train.curve import LossCurve
from app.desk.train.form import TrainForm
from app.language import mark, tr
from app.models.label_gathering import gathered
from app.panels.texts import decimal, plain_label
from app.parts import Parts
from app.plain_text import as_tool_tip
from app.settings import models_folder
from app.training import SLICE_SECONDS, TrainingJob, TrainingNews, TrainingOutcome
from engine.labelled import LabelledTrace
from engine.scores.training_set import LabelCount
from engine.search.labels import LabelSteps
from storage.runs import RunInfo

FORM_WIDTH = 400
"""At most, or more where the words are longer; in a narrow tab it is scrolled."""
BEFORE, AFTER, KEPT_STEP = " before", " after", "kept step"
"""How the names of figures end, and that of the step whose weights were kept: see engine.learning.train_from_labels."""
HINT = mark("The loss will be drawn here. A fifth of the problems is held out, and measured before and after.")


class TrainTab(PlotPage):
    """A form at the left; curve, progress and figures at the right."""

    title = mark("Train")
    preferred_size = QSize(900, 360)

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self.job = TrainingJob(self)
        self.form = TrainForm(parts.theme, _next_free(models_folder() / "prm-1"))
        self.train, self.cancel = QPushButton(tr("Train")), QPushButton(tr("Cancel"))
        self.use, self.copy = QPushButton(tr("Score with it")), QPushButton(tr("Copy the figures"))
        self.progress = QProgressBar()
        self.words = plain_label(tr(HINT), wrap=True, quiet=True)
        self.report = plain_label(selectable=True)
        self.outcome: TrainingOutcome | None = None
        self._curve: LossCurve | None = None
        self._counting: Iterator[Sequence[LabelledTrace]] | None = None
        self._count = LabelCount()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on_counting)
        self._counted_for: object = None
        self._build()
        self._connect()

    # labels

    def refresh(self) -> None:
        """Count again, if there may be other labels."""
        self.say("")
        wanted = self._labels_wanted()
        if wanted != self._counted_for:
            self._counted_for = wanted
            self._count, self._counting = LabelCount(), self._gathered()
            self.form.show_count(None)
            self._turn.start()

    def restyle(self) -> None:
        self._draw()
        super().restyle()

    def _labels_wanted(self) -> object:
        """What the labels follow from."""
        runs = tuple((info.id, info.events) for info in self._runs())
        return runs, self.form.chosen, self.form.neutral_label, self.parts.sessions.path

    def _runs(self) -> tuple[RunInfo, ...]:
        labelling = [info for info in self.parts.sessions.runs if info.plan.search == LabelSteps.name]
        chosen = runs_in(self.parts.sessions.runs, self.parts.sessions.shown_info, self.data.scope)
        return (*labelling, *(info for info in chosen if info not in labelling))

    def _gathered(self) -> Iterator[Sequence[LabelledTrace]]:
        return gathered(self._runs(), self.data.tree, self.form.chosen, self.form.neutral_label)

    def _go_on_counting(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        try:
            while self._counting is not None and perf_counter() < until:
                for trace in next(self._counting):
                    self._count.add(trace)
        except StopIteration:
            self._counting = None
            self._turn.stop()
            self.form.show_count(self._count)

    # training

    def start(self) -> None:
        """Begin, if nothing is wrong."""
        wish = self.form.wish()
        if wish is None or self.job.running:
            return
        self.outcome = None
        self.job.start(wish, self._gathered())
        self._draw()

    def _on_progress(self, news: TrainingNews) -> None:
        self.progress.setMaximum(news.steps)
        self.progress.setValue(news.step)
        left = news.seconds / max(1, news.step) * (news.steps - news.step)
        words = tr("Step {step} of {steps}, about {left:.0f} s to go.")
        self.words.setText(words.format(step=news.step, steps=news.steps, left=left))
        self._draw()

    def _on_done(self, outcome: TrainingOutcome) -> None:
        self.outcome = outcome
        self.parts.settings.add_recent_scorer(_scorer(outcome))
        written = tr("Written to {folder}; it can be chosen as a scorer.").format(folder=outcome.out)
        self.words.setText(f"{written} {kept_words(outcome.figures)}")
        self.report.setText(figures_words(outcome.figures))
        self.report.setToolTip(as_tool_tip(outcome.report))
        self.form.out.setText(str(_next_free(Path(outcome.out))))
        self._show_state()

    def _on_failure(self, sentence: str) -> None:
        self.words.setText(sentence)
        self._show_state()

    def _show_state(self) -> None:
        running = self.job.running
        if running and not self.job.news:
            self.progress.setMaximum(0)
            self.words.setText(tr("The labels are gathered and the model is loaded…"))
        why = self.form.why_not()
        self.train.setEnabled(not running and not why)
        self.train.setToolTip(why)
        self.cancel.setEnabled(running)
        self.progress.setVisible(running)
        self.form.setEnabled(not running)
        for button in (self.use, self.copy):
            button.setVisible(self.outcome is not None)
        self.report.setVisible(self.outcome is not None)

    def _give_up(self) -> None:
        self.job.cancel()
        self.words.setText(tr("Cancelled. The same training, started again, goes on from what was saved last."))
        self._show_state()

    def _score(self) -> None:
        if self.outcome is not None:
            runs = runs_in(self.parts.sessions.runs, self.parts.sessions.shown_info, self.data.scope)
            self.parts.scoring.score(_scorer(self.outcome), [info.id for info in runs])

    def _copy(self) -> None:
        if self.outcome is not None:
            QGuiApplication.clipboard().setText(self.outcome.report)

    # building

    def make_plots(self) -> None:
        self._curve = LossCurve()
        self._right.insertWidget(0, self._curve.widget, 1)
        self._draw()

    def _draw(self) -> None:
        if self._curve is not None:
            self._curve.show_news(self.job.news, self.theme)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 4, 8, 4)
        column.addWidget(self.form, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.train)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column.addLayout(buttons)
        area = QScrollArea()
        area.setWidget(left)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        wanted = left.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
        area.setMaximumWidth(max(FORM_WIDTH, wanted))
        self._right = QVBoxLayout()
        self.report.setFont(self.theme.mono_font(8))
        for widget in (self.progress, self.words, self.report):
            self._right.addWidget(widget)
        after = QHBoxLayout()
        after.addWidget(self.use)
        after.addWidget(self.copy)
        after.addStretch(1)
        self._right.addLayout(after)
        row = QHBoxLayout(self.content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(area, 4)  # up to its width; a box that is cut cannot be ticked, a curve can be small
        row.addLayout(self._right, 1)

    def _connect(self) -> None:
        self.form.changed.connect(self.mark_stale)
        self.form.checked.connect(self._show_state)
        self.train.clicked.connect(self.start)
        self.cancel.clicked.connect(self._give_up)
        self.use.clicked.connect(self._score)
        self.copy.clicked.connect(self._copy)
        self.job.changed.connect(self._show_state)
        self.job.progressed.connect(self._on_progress)
        self.job.done.connect(self._on_done)
        self.job.failed.connect(self._on_failure)
        self._show_state()


def _scorer(outcome: TrainingOutcome) -> str:
    """How the model that was made is asked for."""
    return f"prm:{outcome.out}"


def figures_words(figures: Mapping[str, float]) -> str:
    """A line for each figure on what was held out: before, and after."""
    names = [name.removesuffix(AFTER) for name in figures if name.endswith(AFTER)]
    width = max(map(len, names), default=0)
    return "\n".join(
        f"{name:<{width}}  {decimal(figures.get(name + BEFORE), 3)} → {decimal(figures[name + AFTER], 3)}"
        for name in names
    )


def kept_words(figures: Mapping[str, float]) -> str:
    """Which weights the model has, and why; a sentence."""
    kept = figures.get(KEPT_STEP)
    if kept is None:
        return tr("Nothing was held out, for there are too few traces: nobody knows what it is worth.")
    if not kept:
        return tr("No step made it better on what is held out, so its weights are those that it began with.")
    return tr("Its weights are those of step {step:.0f}, the best on what is held out.").format(step=kept)


def _next_free(folder: Path) -> Path:
    """The first folder of that name, with a number behind it, that is not there yet."""
    stem = folder.name.rstrip("0123456789")
    number = int(folder.name[len(stem) :] or 1)
    while (made := folder.with_name(f"{stem}{number}")).exists():
        number += 1
    return made
