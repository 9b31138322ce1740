"""The row above the tabs of the desk: which runs, whose scores, how they are put together. Chooses, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.desk.data import DeskData
from app.desk.scope import SCOPES
from app.desk.widgets import button, choice, offer
from app.desk.words import RULE_WORDS, SCOPE_WORDS
from app.icons import icon
from app.language import mark, tr
from app.panels.texts import plain_label
from app.plain_text import as_tool_tip
from app.theme import Theme
from engine.scores.aggregates import RULES

LONGEST_NAME = 40
"""Characters of a scorer's or a channel's name in its box; all of it is in the tool tip."""
SCORE_TIP = mark("Have a model score every step in the scope that it has not scored yet")


class DeskBar(QWidget):
    """Four boxes, the button that asks for more scores, and how far reading or scoring is."""

    scoring_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, data: DeskData) -> None:
        super().__init__()
        self._theme, self._data = theme, data
        self.scope = choice(
            tr("Which runs"),
            tr("Whose traces: this run's, those of all runs on its problem, or all"),
            [(tr(SCOPE_WORDS[scope]), scope) for scope in SCOPES],
        )
        self.scorer = choice(tr("Scorer"), tr("Whose scores are shown"))
        self.rule = choice(
            tr("Aggregation"),
            tr("The rule by which the scores of a trace's steps become one number; nothing is scored again"),
            [(tr(RULE_WORDS[rule]), rule) for rule in RULES],
        )
        self.channel = choice(tr("Channel"), tr("The score, or a raw number that the model gives beside it"))
        self.score = button(tr("Score with…"), tr(SCORE_TIP))
        self.cancel = button(tr("Cancel"), tr("Stop scoring; what was scored stays"))
        self.words = plain_label(quiet=True)
        self._lay_out()
        self._connect()
        self.restyle()
        self.show_choices()

    def show_choices(self) -> None:
        """What can be chosen now, and what is."""
        data = self._data
        _choose(self.scope, data.scope)
        _offer(self.scorer, data.scorers, data.scorer, tr("no scores"))
        _choose(self.rule, data.rule)
        _offer(self.channel, ("", *data.channels), data.channel, "")
        self.channel.setItemText(0, tr("score"))
        self.scorer.setEnabled(len(data.scorers) > 1)
        self.channel.setVisible(bool(data.channels))

    def allow_scoring(self, why_not: str, under_way: bool) -> None:
        """Why no model can be asked now (a sentence, empty if one can), and whether one is being asked."""
        self.score.setEnabled(not why_not)
        self.score.setToolTip(as_tool_tip(why_not or tr(SCORE_TIP)))
        self.cancel.setVisible(under_way)

    def say(self, words: str) -> None:
        """How far something is; empty for nothing."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def restyle(self) -> None:
        self.score.setIcon(icon(self._theme, "run"))
        self.cancel.setIcon(icon(self._theme, "stop"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.scope, self.scorer, self.score, self.cancel, self.rule, self.channel, self.words):
            row.addWidget(widget)
        row.addStretch(1)
        self.cancel.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        data = self._data
        self.scope.activated.connect(lambda _: data.set_scope(self.scope.currentData()))
        self.scorer.activated.connect(lambda _: data.set_scorer(self.scorer.currentData()))
        self.rule.activated.connect(lambda _: data.set_rule(self.rule.currentData()))
        self.channel.activated.connect(lambda _: data.set_channel(self.channel.currentData()))
        self.score.clicked.connect(self.scoring_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        for signal in (data.changed, data.rule_changed):
            signal.connect(self.show_choices)


def _choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))


def _offer(box: QComboBox, names: Sequence[str], chosen: str, none: str) -> None:
    """Fill a box with names that somebody else gave; `none` stands in it where there are none."""
    if offer(box, names or ("",), LONGEST_NAME) and not names:
        box.setItemText(0, none)
    _choose(box, chosen)
