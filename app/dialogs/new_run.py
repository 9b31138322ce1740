"""The form of a new run: problem, strategy and its settings, budget, verifiers, seed, policy. Starts nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import ProblemText, button_box, combo, error_label, side_by_side
from app.dialogs.limits import budget_boxes, budget_in, policy_boxes, policy_fault, seed_box
from app.dialogs.scorer import ScorerDialog
from app.dialogs.settings_form import SettingsForm
from app.dialogs.strategies import StrategiesSheet
from app.dialogs.verifier_boxes import VerifierBoxes, missing
from app.icons import icon
from app.language import tr
from app.panels.texts import ENGLISH, plain_label
from app.plain_text import visible
from app.strategy_box import in_short, strategy_box
from app.theme import Theme
from engine.commands import RunPlan
from engine.problems import PROBLEMS, ProblemError, parse_problem
from engine.refusals import checked
from engine.search import SEARCHES, SettingError, make_search, told_settings


class NewRunForm(QDialog):
    """Fills in a RunPlan. `chosen` comes when the user starts it; the form remembers nothing."""

    chosen = Signal(object, bool)
    """RunPlan, and whether to start in pause."""

    def __init__(
        self,
        plan: RunPlan,
        theme: Theme,
        paused: bool = False,
        parent: QWidget | None = None,
        scorers: Sequence[str] = (),
    ) -> None:
        """`scorers`: names of those that were used before, newest first."""
        super().__init__(parent)
        self._scorers = scorers
        self.setWindowTitle(tr("New run"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self._theme = theme
        self._make_problem(plan)
        self._make_search(plan)
        self._make_limits(plan, paused)
        self._text_error = error_label(theme)
        self._other_error = error_label(theme)
        self._buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self._start = self._buttons.addButton(tr("Start"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._arrange()
        self._connect()
        self._validate()

    def plan(self) -> RunPlan:
        """What the form says now, right or wrong."""
        return RunPlan(
            problem=str(self._kind.currentData()),
            text=self._text.toPlainText().strip(),
            search=str(self._search.currentData()),
            settings=self._untold() | self._settings.values(),
            seed=self._seed.value(),
            budget=budget_in(self._tokens, self._seconds),
            policy=self._policy.text().strip(),
            verifiers=self._verifiers.names(),
        )

    def text_error(self) -> str:
        """Why the text is no problem of its kind, as a sentence; empty if it is one."""
        try:
            parse_problem(str(self._kind.currentData()), self._text.toPlainText())
        except ProblemError as error:
            return str(error)
        return ""

    def other_error(self) -> str:
        """What is wrong with the rest of the form, as a sentence; empty if nothing is."""
        return self._refusal() or policy_fault(self._policy.text().strip())

    def start(self) -> None:
        """Say what was chosen and close; does nothing while something is wrong."""
        if self._start.isEnabled():
            self.chosen.emit(self.plan(), self._paused.isChecked())
            self.accept()

    def show_help(self) -> None:
        """The page of the chosen strategy."""
        StrategiesSheet(self._theme, str(self._search.currentData()), self).open()

    def _untold(self) -> dict[str, Any]:
        """What the program filled in and the form does not ask for: the trace that a refused probe was about."""
        plan = self._plan
        told = told_settings(plan.search, plan.settings)
        same = (self._search.currentData(), self._text.toPlainText().strip()) == (plan.search, plan.text)
        return {name: value for name, value in plan.settings.items() if same and name not in told}

    def _refusal(self) -> str:
        """Why the strategy cannot be run with these settings and verifiers; empty if it can."""
        try:
            checked(self.plan())
        except SettingError as error:
            return str(error)
        except ProblemError:
            return ""  # said below the text
        return ""

    def _tick_needed(self) -> None:
        """Tick what the strategy cannot do without, if that is all that is wrong."""
        plan = self.plan()
        try:
            self._verifiers.tick(missing(make_search(plan.search, plan.settings), plan.verifiers))
        except SettingError:
            return  # it is said in the form

    def _make_problem(self, plan: RunPlan) -> None:
        self._kind = combo({kind: problem.title for kind, problem in PROBLEMS.items()}, plan.problem, tr("Problem"))
        self._text = ProblemText(plan.text)
        self._texts: dict[str, str] = {}
        self._shown_kind = str(self._kind.currentData())
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)

    def _make_search(self, plan: RunPlan) -> None:
        self._search = strategy_box(plan.search, tr("Search"))
        self._about = plain_label(wrap=True, quiet=True)
        self._about.setObjectName(ENGLISH)
        self._help = QPushButton(tr("About this strategy"))
        self._help.setIcon(icon(self._theme, "help"))
        self._help.setAutoDefault(False)
        self._help.setToolTip(tr("What it does, its paper, its formula and all its settings (F1)"))
        self._settings = SettingsForm(SEARCHES[str(self._search.currentData())].form(), plan.settings)
        self._settings.changed.connect(self._on_setting)
        self._verifiers = VerifierBoxes(plan.verifiers)
        self._refused = ""

    def _make_limits(self, plan: RunPlan, paused: bool) -> None:
        self._seed = seed_box(plan.seed)
        self._tokens, self._seconds = budget_boxes(plan.budget)
        about = tr(
            "A Hugging Face model folder, or an OpenAI-compatible server such as http://localhost:8000/v1#MODEL, "
            "whose key, if it wants one, stands in the environment variable ESPALIER_API_KEY; "
            "empty for the bundled model."
        )
        self._policy, self._browse = policy_boxes(plan.policy, tr("bundled"), about)
        self._paused = QCheckBox(tr("Start paused, to step through it"))
        self._paused.setChecked(paused)

    def _arrange(self) -> None:
        problem = QFormLayout()
        problem.addRow(tr("Problem"), self._kind)
        problem.addRow(tr("Text"), self._text)
        problem.addRow("", self._hint)
        problem.addRow("", self._text_error)
        self._strategy = QGroupBox(tr("Search"))
        strategy = QVBoxLayout(self._strategy)
        choice = QHBoxLayout()
        choice.addWidget(self._search, 1)
        choice.addWidget(self._help)
        strategy.addLayout(choice)
        strategy.addWidget(self._about)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._settings)
        strategy.addWidget(self._scroll, 1)
        run = QFormLayout()
        run.addRow(tr("Verifiers"), self._verifiers)
        run.addRow(tr("Seed"), self._seed)
        run.addRow(tr("Budget"), side_by_side(self._tokens, self._seconds))
        run.addRow(tr("Policy"), side_by_side(self._policy, self._browse))
        run.addRow("", self._paused)
        layout = QVBoxLayout(self)
        layout.addLayout(problem)
        layout.addWidget(self._strategy, 1)
        layout.addLayout(run)
        layout.addWidget(self._other_error)
        layout.addWidget(self._buttons)
        self._start.setDefault(True)
        self.resize(QSize(520, 760).boundedTo(self.screen().availableSize() * 0.9))
        self._text.setFocus()
        self._text.selectAll()
        self._show_hint()
        self._show_about()

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._text.textChanged.connect(self._validate)
        self._text.submitted.connect(self.start)
        self._search.currentIndexChanged.connect(self._on_search)
        self._verifiers.changed.connect(self._validate)
        self._verifiers.other_wanted.connect(self._ask_scorer)
        self._help.clicked.connect(self.show_help)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)
        self._policy.textChanged.connect(self._validate)
        self._buttons.accepted.connect(self.start)
        self._buttons.rejected.connect(self.reject)

    def _on_kind(self) -> None:
        """Another kind of problem: the text typed for it before, or its example."""
        self._texts[self._shown_kind] = self._text.toPlainText()
        self._shown_kind = kind = str(self._kind.currentData())
        self._text.setPlainText(self._texts.get(kind, PROBLEMS[kind].example))
        self._show_hint()
        self._validate()

    def _on_search(self) -> None:
        name = str(self._search.currentData())
        known = self._plan.settings if name == self._plan.search else {}
        self._settings = SettingsForm(SEARCHES[name].form(), known)
        self._settings.changed.connect(self._on_setting)
        self._scroll.setWidget(self._settings)
        self._show_about()
        self._tick_needed()
        self._validate()

    def _on_setting(self) -> None:
        """A setting that makes the strategy want another verifier ticks it; a box that the user cleared stays so."""
        if self._refusal() != self._refused:
            self._tick_needed()
        self._validate()

    def _ask_scorer(self, name: str) -> None:
        dialog = ScorerDialog(name, self._scorers, self._theme, self)
        dialog.chosen.connect(self._verifiers.take)
        dialog.open()

    def _show_about(self) -> None:
        self._about.setText(visible(in_short(SEARCHES[str(self._search.currentData())])))

    def _show_hint(self) -> None:
        example = PROBLEMS[str(self._kind.currentData())].example
        self._hint.setText(visible(tr("For example: {example}").format(example=example)))
        self._text.setAccessibleName(tr("Text of the problem. {hint}").format(hint=self._hint.text()))

    def _validate(self) -> None:
        text_error, other_error = self.text_error(), self.other_error()
        self._text_error.setText(visible(text_error))
        self._other_error.setText(visible(other_error))
        self._refused = self._refusal()
        self._start.setEnabled(not text_error and not other_error)
