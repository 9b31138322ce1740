"""The form of probes: which ones, with which settings, how often, how long; and what they will cost. Starts nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.form_parts import button_box, error_label, side_by_side
from app.dialogs.limits import budget_boxes, budget_in, policy_boxes, policy_fault, seed_box
from app.dialogs.settings_form import SettingsForm
from app.language import tr
from app.models.probe_cost import Cost, Pace, cost_of, minutes, rough
from app.models.probe_results import PROBES_BY_NAME
from app.models.probed_thought import Subject, shared
from app.panels.texts import ENGLISH, plain_label
from app.plain_text import as_tool_tip, one_line, visible
from app.strategy_box import in_short
from app.theme import Theme, box_palette, embolden
from app.words.probe import place_words
from engine.commands import RunPlan
from engine.events import Budget
from engine.problems import ProblemError
from engine.refusals import checked
from engine.search import PROBES, Imported, Probe, SettingError

SIZE = QSize(780, 580)
LIST_WIDTH = 290
LONGEST_PROBLEM = 120


class ProbeForm(QDialog):
    """`chosen` comes with the plans when the user starts them; the form remembers nothing."""

    chosen = Signal(object)
    """tuple[RunPlan, ...]"""

    def __init__(
        self,
        subject: Subject,
        names: Collection[str],
        waits: str,
        pace: Pace | None,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """`names`: the probes that are ticked at first, the first of all if there are none. `waits`: what they will
        have to wait for, a sentence. `pace`: how fast the policy of the trace is, where that is known."""
        super().__init__(parent)
        self.setWindowTitle(tr("Probe this thought"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._subject, self._theme = subject, theme
        self._values: dict[str, dict[str, Any]] = {}
        """What the user set for each probe."""
        self._waits, self._pace = waits, pace
        self._make_list(names or (PROBES[0].name,))
        self._make_page()
        self._make_limits()
        self._arrange()
        self._connect()
        self._show_page()
        self._validate()
        self.begin.setDefault(True)

    def plans(self) -> tuple[RunPlan, ...]:
        """What the form says now, right or wrong."""
        kinds = self.kinds()
        budget = shared(budget_in(self.tokens, self.seconds), max(1, len(kinds)))
        return tuple(self._plan(kind, budget) for kind in kinds)

    def kinds(self) -> list[type[Probe]]:
        """The probes that are ticked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return [PROBES_BY_NAME[_name(row)] for row in rows if row.checkState() == Qt.CheckState.Checked]

    def error(self) -> str:
        """What is wrong, as a sentence; empty if nothing is."""
        plans = self.plans()
        if not plans:
            return tr("Tick at least one probe.")
        return policy_fault(self.policy.text().strip()) or next(filter(None, map(_refusal, plans)), "")

    def start(self) -> None:
        """Say what was chosen and close; does nothing while something is wrong."""
        self._validate()
        if self.begin.isEnabled():
            self.chosen.emit(self.plans())
            self.accept()

    def _plan(self, kind: type[Probe], budget: Budget) -> RunPlan:
        return self._subject.plan_for(
            kind,
            dict(self._values.get(kind.name, {})),
            seed=self.seed.value(),
            budget=budget,
            policy=self.policy.text().strip() or None,
            anew=self.anew.isChecked(),
        )

    # building

    def _make_list(self, names: Collection[str]) -> None:
        self.list = QListWidget()
        self.list.setObjectName(ENGLISH)
        self.list.setAccessibleName(tr("Probes"))
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setPalette(box_palette(self._theme.palette))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        for kind in PROBES:
            row = QListWidgetItem(kind.title, self.list)
            row.setData(Qt.ItemDataRole.UserRole, kind.name)
            row.setToolTip(as_tool_tip(kind.question))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked if kind.name in names else Qt.CheckState.Unchecked)
        first = next((row for row in range(self.list.count()) if _name(self.list.item(row)) in names), 0)
        self.list.setCurrentRow(first)

    def _make_page(self) -> None:
        self.about = plain_label(_about(self._subject), wrap=True)
        self.anew = QCheckBox(tr("Let the model think first, and ask about that thought"))
        self.anew.setToolTip(tr("Its own new thought about the same problem takes the place of this trace"))
        self.anew.setChecked(not self._subject.hidden)
        self.anew.setEnabled(bool(self._subject.hidden))
        self.question, self.short = plain_label(wrap=True), plain_label(wrap=True, quiet=True)
        for label in (self.question, self.short):
            label.setObjectName(ENGLISH)
        font = self._theme.ui_font(10)
        embolden(font)
        self.question.setFont(font)
        self.form: SettingsForm | None = None
        self._page = QScrollArea(widgetResizable=True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)

    def _make_limits(self) -> None:
        self.seed = seed_box(self._subject.plan.seed)
        self.tokens, self.seconds = budget_boxes(Budget())
        none = one_line(self._subject.plan.policy) or tr("bundled")
        self.policy, self.browse = policy_boxes("", none, tr("The model that is asked; empty for the one of the run."))
        self.cost = plain_label(wrap=True, quiet=True)
        self.fault = error_label(self._theme)
        self._buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.begin = self._buttons.addButton(tr("Start"), QDialogButtonBox.ButtonRole.AcceptRole)

    def _arrange(self) -> None:
        page = QVBoxLayout()
        page.addWidget(self.question)
        page.addWidget(self.short)
        page.addWidget(self._page, 1)
        choice = QHBoxLayout()
        choice.addWidget(self.list)
        choice.addLayout(page, 1)
        limits = QFormLayout()
        limits.addRow(tr("Seed"), side_by_side(self.seed))
        limits.addRow(tr("Budget, shared"), side_by_side(self.tokens, self.seconds))
        limits.addRow(tr("Policy"), side_by_side(self.policy, self.browse))
        grid = QGridLayout(self)
        grid.addWidget(self.about, 0, 0)
        grid.addWidget(self.anew, 1, 0)
        grid.addLayout(choice, 2, 0)
        grid.addLayout(limits, 3, 0)
        for row, widget in enumerate((self.cost, self.fault, self._buttons), 4):
            grid.addWidget(widget, row, 0)
        grid.setRowStretch(2, 1)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.9))
        self.list.setFocus()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _: self._show_page())
        self.list.itemChanged.connect(lambda _: self._validate())
        self.anew.toggled.connect(lambda _: self._validate())
        self.policy.textChanged.connect(lambda _: self._validate())
        self._buttons.accepted.connect(self.start)
        self._buttons.rejected.connect(self.reject)

    # showing

    def _show_page(self) -> None:
        """What the current probe asks, and its settings."""
        kind = PROBES_BY_NAME[_name(self.list.currentItem())]
        self.question.setText(kind.question)
        self.short.setText(visible(in_short(kind)))
        self.short.setToolTip(as_tool_tip(kind.citation))
        self.form = SettingsForm(kind.form(), self._values.get(kind.name, {}))
        self.form.changed.connect(self._on_setting)
        self._page.setWidget(self.form)

    def _on_setting(self) -> None:
        if self.form is not None:
            self._values[_name(self.list.currentItem())] = self.form.values()
        self._validate()

    def _validate(self) -> None:
        error = self.error()
        self.fault.setText(visible(error))
        self.begin.setEnabled(not error)
        self.cost.setText("" if error else self._cost_words())

    def _cost_words(self) -> str:
        costs = [cost_of(plan) for plan in self.plans()]
        known = [cost for cost in costs if cost is not None]
        if len(known) < len(costs):
            words = tr("What it will cost cannot be said before the model has thought.")
        else:
            cost = sum(known, Cost())
            words = f"{_size_words(cost)} {self._time_words(cost)}".rstrip()
        return f"{words} {self._waits}".rstrip()

    def _time_words(self, cost: Cost) -> str:
        """How long that takes, by what was seen of this policy; empty where nothing was."""
        plan = self._subject.plan
        if self._pace is None or (self.policy.text().strip() or plan.policy) != self._pace.policy:
            return ""
        least, most = (minutes(tokens / self._pace.tokens_per_second) for tokens in (cost.tokens, cost.most_tokens))
        words = tr("About {least} minutes at the pace of run {run}.")
        if least != most:
            words = tr("About {least} to {most} minutes at the pace of run {run}; what is drawn is shown meanwhile.")
        words = words.format(least=least, most=most, run=self._pace.run)
        return f"{words} {tr('Or less: samples are drawn side by side.')}" if self._pace.alone else words


def _size_words(cost: Cost) -> str:
    words = tr("{samples:,} samples at {places:,} places, about {tokens:,} tokens to be written.")
    if cost.most_samples > cost.samples:
        words = tr(
            "{samples:,} to {most:,} samples at {places:,} places, as many as it takes to be clear: about {tokens:,} "
            "to {most_tokens:,} tokens to be written."
        )
    return words.format(
        samples=cost.samples,
        most=cost.most_samples,
        places=cost.places,
        tokens=rough(cost.tokens),
        most_tokens=rough(cost.most_tokens),
    )


def _name(row: QListWidgetItem) -> str:
    return str(row.data(Qt.ItemDataRole.UserRole))


def _about(subject: Subject) -> str:
    """Which trace it is, and how much of it is thought."""
    place = place_words(subject.place)
    if not subject.hidden:
        return tr("The trace of {place} holds no thought to be probed. The model can think first.").format(place=place)
    words = tr("The trace of {place}: {hidden:,} characters of thought, {exposed:,} shown. {problem}").format(
        place=place,
        hidden=len(subject.hidden),
        exposed=len(subject.exposed),
        problem=one_line(subject.plan.text, LONGEST_PROBLEM),
    )
    if subject.plan.search != Imported.name:
        return words
    return f"{words} {tr('It was read from a file: the policy below is asked about it, whoever wrote it.')}"


def _refusal(plan: RunPlan) -> str:
    """Why a plan cannot be run; empty if it can."""
    try:
        checked(plan)
    except (ProblemError, SettingError) as error:
        return str(error)
    return ""
