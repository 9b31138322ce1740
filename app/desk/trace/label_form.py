"""The form of Monte-Carlo labels: of which traces, how many samples, and what that will cost. Starts nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.desk.trace.label_cost import Wanted, cost_of
from app.dialogs.form_parts import button_box, error_label
from app.language import tr
from app.models.probe_cost import Pace, minutes, rough
from app.panels.texts import plain_label
from app.plain_text import visible
from app.theme import Theme
from engine.commands import RunPlan
from engine.problems import ProblemError
from engine.scores.labelling import SAMPLES
from engine.search import SettingError

MOST_SAMPLES = 1_000
WIDTH = 460


class LabelForm(QDialog):
    """`chosen` comes with the plan when the user starts it; the form remembers nothing."""

    chosen = Signal(object)
    """RunPlan"""

    def __init__(
        self, wanted: Wanted, waits: str, pace: Pace | None, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """`waits`: what the run will have to wait for, a sentence. `pace`: how fast the policy is, if that is known."""
        super().__init__(parent)
        self.setWindowTitle(tr("Monte-Carlo labels"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wanted, self._waits, self._pace = wanted, waits, pace
        self.traces = QComboBox()
        self.traces.addItem(tr("This trace"), False)
        if wanted.every and wanted.every != (wanted.this,):
            words = tr("All {count:,} different ended traces of this run").format(count=len(wanted.every))
            self.traces.addItem(words, True)
        self.samples = QSpinBox(minimum=1, maximum=MOST_SAMPLES, value=SAMPLES)
        self.samples.setAccelerated(True)
        self.temperature = QDoubleSpinBox(minimum=0.05, maximum=5.0, singleStep=0.1, value=0.7)
        self.cost, self.fault = plain_label(wrap=True, quiet=True), error_label(theme)
        self._buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.begin = self._buttons.addButton(tr("Start"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._arrange()
        self.traces.currentIndexChanged.connect(lambda _: self._validate())
        self.samples.valueChanged.connect(lambda _: self._validate())
        self.temperature.valueChanged.connect(lambda _: self._validate())
        self._buttons.accepted.connect(self.start)
        self._buttons.rejected.connect(self.reject)
        self._validate()
        self.begin.setDefault(True)

    def start(self) -> None:
        """Say what was chosen and close; does nothing while something is wrong."""
        plan = self._plan()
        if plan is not None:
            self.chosen.emit(plan)
            self.accept()

    def _arrange(self) -> None:
        about = plain_label(
            tr(
                "From behind every step the model completes the trace; the share of completions that end right is "
                "the step's label (Math-Shepherd). It tells what this model makes of the step, not what could be made "
                "of it."
            ),
            wrap=True,
        )
        form = QFormLayout()
        for name, widget in (
            (tr("Traces"), self.traces), (tr("Samples of each step"), self.samples),
            (tr("Temperature"), self.temperature),
        ):  # fmt: skip
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addLayout(form)
        for last in (self.cost, self.fault, self._buttons):
            column.addWidget(last)
        self.setMinimumWidth(WIDTH)
        self.samples.setFocus()
        self.samples.selectAll()

    def _plan(self) -> RunPlan | None:
        """None, and a sentence below, where it cannot be run."""
        try:
            plan = self._wanted.labels(
                self.samples.value(), self.temperature.value(), all_traces=bool(self.traces.currentData())
            )
        except (SettingError, ProblemError) as error:
            self.fault.setText(visible(str(error)))
            return None
        self.fault.setText("")
        return plan

    def _validate(self) -> None:
        plan = self._plan()
        self.begin.setEnabled(plan is not None)
        self.cost.setText("" if plan is None else self._cost_words(plan))

    def _cost_words(self, plan: RunPlan) -> str:
        cost = cost_of(plan)
        words = (
            tr("{samples:,} completions from behind 1 step, about {tokens:,} tokens to be written.")
            if cost.steps == 1
            else tr("{samples:,} completions from behind {steps:,} steps, about {tokens:,} tokens to be written.")
        )
        said = [words.format(samples=cost.samples, steps=cost.steps, tokens=rough(cost.tokens))]
        if self._pace is not None and self._pace.policy == plan.policy:
            time = minutes(cost.tokens / self._pace.tokens_per_second)
            words = tr("About {time} minutes at the pace of run {run}, or less: samples are drawn side by side.")
            said.append(words.format(time=time, run=self._pace.run))
        return " ".join((*said, self._waits)).strip()
