"""The form of a new run: problem, strategy and its settings, budget, verifiers, seed, policy. Starts nothing itself."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.settings_form import LARGEST_INT, NumberBox, SettingsForm
from app.plain_text import visible
from app.theme import Theme
from engine.commands import RunPlan
from engine.events import Budget
from engine.problems import PROBLEMS, ProblemError, parse_problem
from engine.search import SEARCHES

VERIFIERS = (
    ("prm", "PRM", "The bundled process reward model: how likely is it that a trace with this step comes out right?"),
    ("rule", "Rule checks", "Exact rules of the problem: is this step legal, is its arithmetic right?"),
)


class NewRunForm(QDialog):
    """Fills in a RunPlan. `chosen` comes when the user starts it; the form remembers nothing."""

    chosen = Signal(object, bool)
    """RunPlan, and whether to start in pause."""

    def __init__(self, plan: RunPlan, theme: Theme, paused: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New run")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self._make_problem(plan)
        self._make_search(plan)
        self._make_limits(plan, paused)
        self._text_error = _error_label(theme)
        self._other_error = _error_label(theme)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._start = self._buttons.addButton("Start", QDialogButtonBox.ButtonRole.AcceptRole)
        self._arrange()
        self._connect()
        self._validate()

    def plan(self) -> RunPlan:
        """What the form says now, right or wrong."""
        return RunPlan(
            problem=str(self._kind.currentData()),
            text=self._text.toPlainText().strip(),
            search=str(self._search.currentData()),
            settings=self._settings.values(),
            seed=self._seed.value(),
            budget=Budget(tokens=self._tokens.value() or None, seconds=self._seconds.value() or None),
            policy=self._policy.text().strip(),
            verifiers=tuple(name for name, box in self._verifiers.items() if box.isChecked()),
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
        plan = self.plan()
        if SEARCHES[plan.search].needs_verifier and not plan.verifiers:
            return f"{SEARCHES[plan.search].title} needs a verifier: tick the PRM, the rule checks, or both."
        if plan.policy and not Path(plan.policy).is_dir():
            return f"There is no folder {plan.policy}."
        return ""

    def start(self) -> None:
        """Say what was chosen and close; does nothing while something is wrong."""
        if self._start.isEnabled():
            self.chosen.emit(self.plan(), self._paused.isChecked())
            self.accept()

    def _make_problem(self, plan: RunPlan) -> None:
        self._kind = _combo({kind: problem.title for kind, problem in PROBLEMS.items()}, plan.problem, "Problem")
        self._text = ProblemText(plan.text)
        self._texts: dict[str, str] = {}
        self._shown_kind = str(self._kind.currentData())
        self._hint = QLabel()
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)

    def _make_search(self, plan: RunPlan) -> None:
        self._search = _combo({name: search.title for name, search in SEARCHES.items()}, plan.search, "Search")
        self._settings = SettingsForm(SEARCHES[str(self._search.currentData())].form(), plan.settings)
        self._verifiers: dict[str, QCheckBox] = {}
        for name, title, help in VERIFIERS:
            self._verifiers[name] = box = QCheckBox(title)
            box.setToolTip(help)
            box.setChecked(name in plan.verifiers)

    def _make_limits(self, plan: RunPlan, paused: bool) -> None:
        self._seed = QSpinBox()
        self._seed.setRange(0, LARGEST_INT)
        self._seed.setValue(plan.seed)
        self._seed.setToolTip("The same plan with the same seed gives the same run.")
        self._tokens = QSpinBox()
        self._tokens.setRange(0, LARGEST_INT)
        self._tokens.setSingleStep(1000)
        self._tokens.setValue(plan.budget.tokens or 0)
        self._seconds = NumberBox()
        self._seconds.setRange(0, 1e9)
        self._seconds.setValue(plan.budget.seconds or 0)
        for box in (self._tokens, self._seconds):
            box.setSpecialValueText("no limit")
        self._tokens.setSuffix(" tokens")
        self._seconds.setSuffix(" s")
        self._policy = QLineEdit(plan.policy)
        self._policy.setPlaceholderText("bundled")
        self._policy.setToolTip("A Hugging Face model folder; empty for the bundled model.")
        self._browse = QPushButton("Choose folder…")
        self._browse.setAutoDefault(False)
        self._paused = QCheckBox("Start paused, to step through it")
        self._paused.setChecked(paused)

    def _arrange(self) -> None:
        problem = QFormLayout()
        problem.addRow("Problem", self._kind)
        problem.addRow("Text", self._text)
        problem.addRow("", self._hint)
        problem.addRow("", self._text_error)
        self._strategy = QGroupBox("Search")
        strategy = QVBoxLayout(self._strategy)
        strategy.addWidget(self._search)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._settings)
        strategy.addWidget(self._scroll, 1)
        run = QFormLayout()
        run.addRow("Verifiers", _row(*self._verifiers.values()))
        run.addRow("Seed", self._seed)
        run.addRow("Token budget", self._tokens)
        run.addRow("Time budget", self._seconds)
        run.addRow("Policy", _row(self._policy, self._browse))
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

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._text.textChanged.connect(self._validate)
        self._text.submitted.connect(self.start)
        self._search.currentIndexChanged.connect(self._on_search)
        for box in self._verifiers.values():
            box.toggled.connect(self._validate)
        self._policy.textChanged.connect(self._validate)
        self._browse.clicked.connect(self._choose_folder)
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
        self._scroll.setWidget(self._settings)
        self._validate()

    def _show_hint(self) -> None:
        self._hint.setText(visible(f"For example: {PROBLEMS[str(self._kind.currentData())].example}"))
        self._text.setAccessibleName(f"Text of the problem, for example {self._hint.text()}")

    def _validate(self) -> None:
        text_error, other_error = self.text_error(), self.other_error()
        self._text_error.setText(visible(text_error))
        self._other_error.setText(visible(other_error))
        self._start.setEnabled(not text_error and not other_error)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, "Model folder of the policy", self._policy.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._policy.setText)
        dialog.open()


class ProblemText(QPlainTextEdit):
    """A text of a few lines in which Enter starts the run and Shift+Enter breaks the line."""

    submitted = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * 4 + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)


def _error_label(theme: Theme) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumHeight(label.fontMetrics().lineSpacing())
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, theme.palette.bad)
    label.setPalette(palette)
    return label


def _combo(titles: dict[str, str], chosen: str, name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for key, title in titles.items():
        box.addItem(title, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    if not any(isinstance(widget, QLineEdit) for widget in widgets):
        cast(QHBoxLayout, row.layout()).addStretch(1)
    return row
