"""What a test with special tokens is about: which scorer, traces, steps, place and string. Asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.desk.widgets import button, choice, offer, row_of
from app.icons import icon
from app.language import tr
from app.models.drift import LONGEST_STRING
from app.panels.texts import ElidedLabel
from app.theme import Theme

SAMPLES = (5, 20)
"""Traces of a sample, as they are offered."""
SCORER_PX, TYPED_PX = 70, 60
LONGEST_SPEC = 60
"""Characters of a spec in its box."""


class DriftBar(QWidget):
    """Two rows: choices, and what can be done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.scorer = QComboBox()
        self.traces = choice(
            tr("Which traces"),
            tr("The trace on the screen, or some from the best to the worst"),
            [(tr("This trace"), "0"), *((tr("{count} traces").format(count=count), f"{count}") for count in SAMPLES)],
        )
        self.steps = choice(
            tr("Which steps"),
            tr("Into which steps the strings are put, one at a time"),
            [(tr("every step"), "each"), (tr("the first step"), "first"), (tr("the last step"), "last")],
        )
        self.where = choice(
            tr("Where in a step"), tr("Where in a step"), [(tr("at its end"), "end"), (tr("at its start"), "start")]
        )
        self.typed = QLineEdit()
        self.start = button(tr("Start"), "")
        self.cancel = button(tr("Cancel"), tr("Ask no more; what was found stays"))
        self.keep = button(tr("Keep as note"), "")
        self.copy = button(tr("Copy"), tr("Copy both tables as Markdown"))
        self.words = ElidedLabel()
        self._build()
        self.restyle()

    @property
    def spec(self) -> str:
        """The scorer to be asked."""
        return str(self.scorer.currentData() or "")

    @property
    def sample(self) -> int:
        """How many traces; 0: the one on the screen."""
        return int(self.traces.currentData())

    def offer(self, specs: Iterable[str], usual: str | None) -> None:
        """The scorers that can be asked; `usual` is chosen unless somebody has chosen another one."""
        wanted, chosen = list(specs), self.spec
        with QSignalBlocker(self.scorer):
            if offer(self.scorer, wanted, LONGEST_SPEC):
                self.choose(chosen if chosen in wanted else usual or "")

    def choose(self, spec: str) -> None:
        self.scorer.setCurrentIndex(max(0, self.scorer.findData(spec)))

    def restyle(self) -> None:
        for each, name in ((self.start, "run"), (self.cancel, "stop"), (self.keep, "save"), (self.copy, "copy")):
            each.setIcon(icon(self._theme, name))

    def _build(self) -> None:
        self.scorer.setAccessibleName(tr("Scorer to be asked"))
        self.scorer.setToolTip(tr("The model that is asked; the strings are those that its recipe and tokenizer name"))
        self.scorer.setMinimumWidth(SCORER_PX)
        self.scorer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.typed.setPlaceholderText(tr("one more string"))
        self.typed.setAccessibleName(tr("One more string to be tried"))
        self.typed.setMaxLength(LONGEST_STRING)
        self.typed.setMinimumWidth(TYPED_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row_of((self.scorer, self.traces, self.steps, self.where, self.typed), self.typed))
        column.addLayout(row_of((self.start, self.cancel, self.words, self.keep, self.copy), self.words))
