"""The form of the formula lab: another formula, its constants and its first-play rule. Knows no run and no tree.

One row, so that a low dock keeps its room for the answer; the constants open above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.dialogs.settings_form import SettingsForm
from app.language import mark, tr
from engine.search.mcts import Mcts
from engine.search.what_if import FORMULA_SETTINGS

SETTINGS = tuple(entry for entry in Mcts.form() if entry.name in FORMULA_SETTINGS)
FIELDS_PX = 300
"""The least width of labels and fields side by side."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A formula that people know by name."""

    title: str
    values: Mapping[str, Any]


PRESETS = (
    Preset(mark("UCT, c 1.41 (Kocsis & Szepesvári)"), {"formula": "uct", "c": 1.4142}),
    Preset(mark("UCT, c 0: greedy once all were tried"), {"formula": "uct", "c": 0.0}),
    Preset(
        mark("PUCT of AlphaZero"),
        {"formula": "puct", "c_init": 1.25, "c_base": 19652.0, "first_play": "zero", "q_scale": "none"},
    ),
    Preset(
        mark("PUCT of mctx"),
        {"formula": "puct", "c_init": 1.25, "c_base": 19652.0, "first_play": "lowest", "q_scale": "siblings"},
    ),
    Preset(
        mark("PUCT, c 0: greedy by Q"),
        {"formula": "puct", "c_init": 0.0, "c_base": 1e9, "first_play": "score", "q_scale": "none"},
    ),
    Preset(
        mark("P-UCB (Zhang et al.)"),
        {"formula": "p-ucb", "beta_c": 4.0, "beta_base": 10.0, "first_play": "score", "q_scale": "none"},
    ),
)
RECORDED = mark("As recorded")
OWN = mark("Own settings")


class FormulaForm(QWidget):
    """Presets, the settings themselves, and what to do with them."""

    changed = Signal()
    """Other values."""
    run_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._recorded: dict[str, Any] = {}
        self._form = SettingsForm((), {})
        self.presets = QComboBox()
        self.reset = QPushButton(tr("Reset"))
        self.run = QPushButton(tr("Run with these…"))
        self.settings = QPushButton(tr("Settings…"))
        self.fields = QFrame(self, Qt.WindowType.Popup)
        self._build()
        self.presets.activated.connect(self._take_preset)
        self.reset.clicked.connect(lambda: self._set({}))
        self.run.clicked.connect(lambda: self.run_wanted.emit())
        self.settings.clicked.connect(self.open_fields)

    @property
    def values(self) -> dict[str, Any]:
        """The settings that may be asked about."""
        return self._form.values()

    @property
    def is_recorded(self) -> bool:
        """Whether these are the settings that were recorded."""
        return self.values == self._recorded

    def field(self, name: str) -> QWidget:
        """The widget of one setting. Raises KeyError."""
        return self._form.field(name)

    def start_from(self, recorded: Mapping[str, Any]) -> None:
        """Show the settings of another run."""
        self._recorded = {entry.name: recorded[entry.name] for entry in SETTINGS}
        self._set({})

    def open_fields(self) -> None:
        """Show the settings over the row, until the user clicks elsewhere; the answer stays in sight below."""
        self.fields.adjustSize()
        height, screen = self.fields.height(), self.screen().availableGeometry()
        above = self.settings.mapToGlobal(QPoint(0, -height))
        below = self.settings.mapToGlobal(QPoint(0, self.settings.height()))
        place = above if above.y() >= screen.top() else below
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.fields.width())))
        self.fields.move(place)
        self.fields.show()

    def _set(self, values: Mapping[str, Any]) -> None:
        """The recorded settings, but for these."""
        before, self._form = self._form, SettingsForm(SETTINGS, {**self._recorded, **values})
        self._form.changed.connect(self._on_change)
        column = self.fields.layout()
        assert column is not None
        column.replaceWidget(before, self._form)
        before.deleteLater()
        self._on_change()

    def _on_change(self) -> None:
        self._name_it()
        self.changed.emit()

    def _take_preset(self, place: int) -> None:
        if place == 0:
            self._set({})
        elif place <= len(PRESETS):
            self._set(PRESETS[place - 1].values)

    def _name_it(self) -> None:
        """Let the list of presets say what the settings are."""
        values = self.values
        place = 0
        if not self.is_recorded:
            named = (at for at, preset in enumerate(PRESETS, 1) if preset.values.items() <= values.items())
            place = next(named, len(PRESETS) + 1)
        self.presets.setCurrentIndex(place)
        self.reset.setEnabled(place != 0)

    def _build(self) -> None:
        self.presets.addItems([tr(RECORDED), *(tr(preset.title) for preset in PRESETS), tr(OWN)])
        self.presets.setAccessibleName(tr("Known formulas"))
        self.presets.setToolTip(tr("Formulas that people know by name"))
        self.presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.presets.setMinimumContentsLength(12)
        for button in (self.reset, self.run, self.settings):
            button.setAccessibleName(button.text())
        self.reset.setToolTip(tr("Back to the formula that was recorded"))
        self.run.setToolTip(tr("Fill in the New run form with the settings of this run and this formula"))
        self.settings.setToolTip(tr("Change the formula, its constants and its first-play rule"))
        self.fields.setFrameShape(QFrame.Shape.StyledPanel)
        self.fields.setAccessibleName(tr("Settings of the formula"))
        self.fields.setMinimumWidth(FIELDS_PX)
        QVBoxLayout(self.fields).addWidget(self._form)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.presets, 1)
        for button in (self.settings, self.reset, self.run):
            row.addWidget(button)
