"""How far a scorer is that was asked after the fact, with a way to give it up: a piece of the window's last line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.language import tr
from app.panels.texts import plain_label
from app.plain_text import as_tool_tip, one_line
from app.scoring import Scoring

TELL_MS = 300
"""What takes no longer than this is not shown: it would only flicker."""
LONGEST_NAME = 24


class ScoringBar(QWidget):
    """Hidden while nothing is scored."""

    def __init__(self, scoring: Scoring) -> None:
        super().__init__()
        self._scoring = scoring
        self.words = plain_label()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(tr("Progress of the scoring"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cancel.setToolTip(tr("Stop scoring; the scores so far are kept"))
        self.cancel.clicked.connect(scoring.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.bar, self.cancel):
            row.addWidget(widget)
        self._late = QTimer(self, singleShot=True, interval=TELL_MS)
        self._late.timeout.connect(self._show)
        scoring.changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Say it again; show it once it has taken a moment."""
        if not self._scoring.active:
            self._late.stop()
            self.hide()
            return
        if self.isHidden() and not self._late.isActive():
            self._late.start()
        count, name = self._scoring.count, self._scoring.scorer
        self.words.setText(
            tr("scoring with {scorer}").format(scorer=one_line(name, LONGEST_NAME)) if name else tr("loading a scorer…")
        )
        self.words.setToolTip(as_tool_tip(self._scoring.spec))
        total = count.total if name else 0  # 0: it moves to and fro
        self.bar.setRange(0, total)
        self.bar.setValue(min(count.done, total))
        self.bar.setFormat(f"{count.done:,} / {total:,}" if total else "")

    def _show(self) -> None:
        if self._scoring.active:
            self.show()
