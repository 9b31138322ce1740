"""Token heat: a step's text shaded by how unsure the policy was of each token. Knows no tree.

Shading is uncertainty only, 1 − p, so that text the policy was sure of stays plain.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from itertools import accumulate
from math import exp

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip

from app.panels.texts import decimal
from app.plain_text import visible
from app.theme import Theme
from engine.tokens import Token

MOST_TOKENS = 4_000
"""Tokens laid out at most; the rest is counted in words."""
DARKEST = 0.6
"""Opacity of the shade at p = 0; text stays readable on it in both themes."""
LINE_END = "⏎"
TIP_ALTERNATIVES = 5


class TokenHeat(QPlainTextEdit):
    """A read-only text; hovering over a token, or moving the caret onto it, tells what else could have stood there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: tuple[Token, ...] = ()
        self._ends: list[int] = []
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Tokens, shaded by uncertainty")
        self.setPlaceholderText("The policy gave no token probabilities for this step.")
        self.viewport().installEventFilter(self)
        self.cursorPositionChanged.connect(self._tell_at_caret)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    @property
    def row(self) -> tuple[Token, ...]:
        """The tokens shown."""
        return self._row

    def set_row(self, row: tuple[Token, ...]) -> None:
        """Show a token row; the same one again changes nothing."""
        if row != self._row:
            self._row = row
            self._lay_out()

    def token_at(self, position: int) -> Token | None:
        """The token at a position of the text (in UTF-16 units, as Qt counts); None behind the last one."""
        at = bisect_right(self._ends, position)
        return self._row[at] if at < len(self._ends) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and watched is self.viewport():
            cursor = self.cursorForPosition(event.pos())
            self._tell(self._under(event.pos(), cursor), event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()

    def _lay_out(self) -> None:
        """Text and shades anew; inserted as plain text, so nothing in it is obeyed."""
        shown = self._row[:MOST_TOKENS]
        pieces = [drawn(token) for token in shown]
        self._ends = list(accumulate(map(_utf16_length, pieces)))
        self.setFont(self._theme.mono_font(10))
        blocked = self.blockSignals(True)
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        line = QTextBlockFormat()
        line.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(line)
        for token, piece in zip(shown, pieces, strict=True):
            cursor.insertText(piece, self._format(token))
        if len(self._row) > MOST_TOKENS:
            cursor.insertText(f"\n… {len(self._row) - MOST_TOKENS:,} more tokens", QTextCharFormat())
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.blockSignals(blocked)

    def _format(self, token: Token) -> QTextCharFormat:
        shade = QColor(self._theme.palette.accent)
        shade.setAlphaF(DARKEST * uncertainty(token))
        style = QTextCharFormat()
        style.setBackground(shade)
        return style

    def _under(self, point: QPoint, cursor: QTextCursor) -> Token | None:
        """The token whose characters lie under `point`: Qt's cursor is the nearest gap between two characters."""
        position = cursor.position()
        if position and self.cursorRect(cursor).left() > point.x():
            position -= 1
        return self.token_at(position)

    def _tell_at_caret(self) -> None:
        if self.hasFocus():
            rect = self.cursorRect()
            self._tell(self.token_at(self.textCursor().position()), self.viewport().mapToGlobal(rect.bottomRight()))

    def _tell(self, token: Token | None, where: QPoint) -> None:
        if token is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(where, f"<pre>{html.escape(token_words(token))}</pre>", self)


def drawn(token: Token) -> str:
    """A token's text as it is drawn: controls visible, line ends marked."""
    return visible(token.text).replace("\n", f"{LINE_END}\n")


def uncertainty(token: Token) -> float:
    """1 − p, in [0, 1]."""
    return min(1.0, max(0.0, 1.0 - exp(min(0.0, token.logprob))))


def token_words(token: Token) -> str:
    """Probability, entropy and the likeliest alternatives, one to a line; plain text."""
    lines = [f"{_quoted(token.text)}  p {decimal(exp(token.logprob), 3)}   entropy {decimal(token.entropy)} nats"]
    for other in token.alternatives[:TIP_ALTERNATIVES]:
        mark = "●" if other.text == token.text else " "
        lines.append(f"{mark} {decimal(other.probability, 3)}  {_quoted(other.text)}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return f"“{visible(text).replace(chr(10), LINE_END)}”"


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
