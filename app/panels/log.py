"""The engine's log (its stderr), filterable. Knows nothing of what the lines mean."""

from __future__ import annotations

from collections import deque

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout

from app.language import tr
from app.models.shown_run import ShownRun
from app.panels.panel import PanelWidget
from app.panels.texts import break_long_lines, plain_view
from app.parts import Parts
from app.plain_text import visible
from app.theme import Theme

MOST_LINES = 5_000
"""Older lines are dropped."""


class LogPanel(PanelWidget):
    """Lines are kept as they come and laid out at most once a frame."""

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.filter = QLineEdit()
        self.view = plain_view(tr("Engine log"), tr("The engine has not said anything yet."))
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._unfinished = ""
        self._new = 0
        """Lines at the end of `_lines` that are not laid out yet."""
        self._build()

    def append(self, text: str) -> None:
        """Text as it came through the pipe; a line may come in pieces."""
        *lines, self._unfinished = (self._unfinished + text).split("\n")
        self._lines.extend(line.rstrip("\r") for line in lines)
        self._new = min(self._new + len(lines), MOST_LINES)
        if lines:
            self.mark_stale()

    def text(self) -> str:
        """Every line kept, the filter left out of account."""
        return "\n".join(self._lines)

    def refresh(self) -> None:
        self.say("")
        if not self._new:
            return
        lines = list(self._lines)[-self._new :]
        self._new = 0
        self._lay_out(lines)

    def restyle(self) -> None:
        self.view.setFont(self.theme.mono_font())
        super().restyle()

    def _build(self) -> None:
        self.view.setFont(self.theme.mono_font())
        self.view.setMaximumBlockCount(MOST_LINES)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.filter.setPlaceholderText(tr("Only lines with…"))
        self.filter.setAccessibleName(tr("Filter the log"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter_again)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(6, 4, 6, 4)
        column.addWidget(self.filter)
        column.addWidget(self.view)

    def _filter_again(self) -> None:
        self.view.clear()
        self._new = 0
        self._lay_out(list(self._lines))

    def _lay_out(self, lines: list[str]) -> None:
        """Add the lines that pass the filter; follow the end only if it was in sight."""
        wanted = self.filter.text().casefold()
        passed = [break_long_lines(visible(line)) for line in lines if wanted in line.casefold()]
        if not passed:
            return
        bar = self.view.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        cursor = QTextCursor(self.view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(("" if self.view.document().isEmpty() else "\n") + "\n".join(passed))
        if at_end:
            bar.setValue(bar.maximum())


def log_panel(parts: Parts) -> LogPanel:
    """The panel with what the engine says."""
    panel = LogPanel(parts.shown, parts.theme)
    parts.engine.log_line.connect(lambda line: panel.append(line + "\n"))
    return panel
