"""Text and numbers as panels write them: plain text only, missing is not zero. Knows no tree and no run."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy

from app.plain_text import visible

LONGEST_TEXT = 200_000
"""Characters of one text that a text field shows at most."""
LONGEST_LINE = 2_000
"""Characters; laying out a line takes time that grows with its square, so longer ones are broken for display."""
MISSING = "–"

_LONG_LINE = re.compile(rf"([^\n]{{{LONGEST_LINE}}})(?=[^\n])")


def plain_label(text: str = "", *, wrap: bool = False, selectable: bool = False, quiet: bool = False) -> QLabel:
    """A label that shows text as it is: markup in it is never obeyed."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    if quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class ElidedLabel(QLabel):
    """Plain lines that take the room there is; one that is cut ends in an ellipsis."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            metrics, lines = self.fontMetrics(), self.text().split("\n")
            cut = (metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width()) for line in lines)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "\n".join(cut))


def plain_view(name: str, empty: str = "") -> QPlainTextEdit:
    """A field for reading text that somebody else wrote; `name` is what a screen reader calls it."""
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setUndoRedoEnabled(False)
    view.setTabChangesFocus(True)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    view.setAccessibleName(name)
    view.setPlaceholderText(empty)
    return view


def set_untrusted_text(view: QPlainTextEdit, text: str) -> None:
    """Show text of a model or a file: plain, with controls made visible. The same text again changes nothing."""
    shown = break_long_lines(visible(text[:LONGEST_TEXT]))
    if len(text) > LONGEST_TEXT:
        shown += f"\n… {len(text) - LONGEST_TEXT:,} more characters"
    if view.toPlainText() != shown:
        view.setPlainText(shown)


def break_long_lines(text: str) -> str:
    """`text` with display-only line breaks in lines that would take seconds to lay out."""
    return _LONG_LINE.sub(r"\1\n", text)


def decimal(value: float | None, places: int = 2) -> str:
    """`0.78`, `−3.12`; a missing value is a dash."""
    if value is None:
        return MISSING
    return f"{value:.{places}f}".replace("-", "−")


def value_with_error(value: float | None, error: float | None) -> str:
    """`0.78 ± 0.04`; without an error (below two visits) the value alone."""
    return decimal(value) if error is None else f"{decimal(value)} ± {decimal(error)}"
