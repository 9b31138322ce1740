"""Token heat: a step's text shaded by how unsure the policy was of each token. Knows no tree.

Shading is uncertainty only, 1 − p, so that text the policy was sure of stays plain.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from math import exp

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolTip

from app.language import tr
from app.panels.texts import decimal
from app.plain_text import as_tool_tip, visible
from app.theme import Theme
from engine.tokens import Token

MOST_TOKENS = 4_000
"""Tokens laid out at most; the rest is counted in words."""
DARKEST = 0.6
"""Opacity of the shade at p = 0; text stays readable on it in both themes."""
LINE_END = "⏎"
TIP_ALTERNATIVES = 5

WhyNot = Callable[[int, int], str]
"""Token and alternative (-1: none) -> why nothing can be written on from there, as a sentence; empty if it can."""


class TokenHeat(QPlainTextEdit):
    """A read-only text; hovering over a token, or moving the caret onto it, tells what else could have stood there.

    A click on a token, or Return at the caret, offers to write on from there, where `why_not` is given.
    """

    reroll_wanted = Signal(int, int)
    """Number of a token, and of the alternative that is to stand there; -1 for none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: tuple[Token, ...] = ()
        self._ends: list[int] = []
        self.why_not: WhyNot | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Tokens, shaded by uncertainty"))
        self.setPlaceholderText(tr("The policy gave no token probabilities for this step."))
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
        at = self.number_at(position)
        return None if at is None else self._row[at]

    def number_at(self, position: int) -> int | None:
        """Number of that token, from 0."""
        at = bisect_right(self._ends, position)
        return at if at < len(self._ends) else None

    def menu_of(self, number: int) -> QMenu:
        """What can be done with a token: write on from before it, or with another one in its place."""
        menu = QMenu(tr("Re-roll"), self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offer(menu, number, -1, tr("Re-roll from here: the policy draws this token anew"))
        menu.addSeparator()
        for place, other in enumerate(self._row[number].alternatives):
            words = tr("Take {token}  p {probability}, and go on")
            text = words.format(token=_quoted(other.text), probability=decimal(other.probability, 3))
            self._offer(menu, number, place, text)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            number = self.number_at(self.textCursor().position())
            self._pop_up(number, self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click; a drag selects text, as ever."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            point = event.position().toPoint()
            self._pop_up(self._number_under(point, self.cursorForPosition(point)), event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        number = self._number_under(event.pos(), self.cursorForPosition(event.pos()))
        if number is None or self.why_not is None:
            super().contextMenuEvent(event)
        else:
            self._pop_up(number, event.globalPos())

    def _pop_up(self, number: int | None, where: QPoint) -> None:
        if number is not None and self.why_not is not None:
            QToolTip.hideText()
            self.menu_of(number).popup(where)

    def _offer(self, menu: QMenu, token: int, alternative: int, words: str) -> None:
        """`&` in a text of the model is no mnemonic."""
        action = menu.addAction(words.replace("&", "&&"))
        why = self.why_not(token, alternative) if self.why_not is not None else ""
        action.setEnabled(not why)
        action.setToolTip(as_tool_tip(why) if why else "")
        action.triggered.connect(partial(self.reroll_wanted.emit, token, alternative))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and watched is self.viewport():
            cursor = self.cursorForPosition(event.pos())
            number = self._number_under(event.pos(), cursor)
            self._tell(None if number is None else self._row[number], event.globalPos())
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
            cursor.insertText(
                "\n" + tr("… {count:,} more tokens").format(count=len(self._row) - MOST_TOKENS), QTextCharFormat()
            )
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.blockSignals(blocked)

    def _format(self, token: Token) -> QTextCharFormat:
        shade = QColor(self._theme.palette.accent)
        shade.setAlphaF(DARKEST * uncertainty(token))
        style = QTextCharFormat()
        style.setBackground(shade)
        return style

    def _number_under(self, point: QPoint, cursor: QTextCursor) -> int | None:
        """The token whose characters lie under `point`: Qt's cursor is the nearest gap between two characters."""
        position = cursor.position()
        if position and self.cursorRect(cursor).left() > point.x():
            position -= 1
        return self.number_at(position)

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
