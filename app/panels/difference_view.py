"""Two texts beside each other, word by word: what one has and the other has not is marked. Plain text, read only."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from app.language import tr
from app.models.compare import Piece, word_difference
from app.panels.texts import LONGEST_TEXT, break_long_lines, plain_view
from app.plain_text import visible
from app.theme import Theme

SHADE = 0.35
"""How strongly a piece that differs is shaded."""


class DifferenceView(QWidget):
    """Both texts scroll together."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._texts = ("", "")
        self.left = plain_view(tr("The left step, word by word"))
        self.right = plain_view(tr("The right step, word by word"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for view, other in ((self.left, self.right), (self.right, self.left)):
            layout.addWidget(view)
            view.setMinimumHeight(40)
            view.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_texts(self, left: str, right: str) -> None:
        """The same texts again change nothing."""
        if (left, right) != self._texts:
            self._texts = (left, right)
            self._lay_out()

    def _lay_out(self) -> None:
        shown = (break_long_lines(visible(text[:LONGEST_TEXT])) for text in self._texts)
        for view, pieces in zip((self.left, self.right), word_difference(*shown), strict=True):
            view.setPlainText("".join(piece.text for piece in pieces))
            view.setExtraSelections(_marks(view, pieces, self._theme))

    def _restyle(self) -> None:
        for view in (self.left, self.right):
            view.setFont(self._theme.mono_font())
        self._lay_out()


def _marks(view: QPlainTextEdit, pieces: tuple[Piece, ...], theme: Theme) -> list[QTextEdit.ExtraSelection]:
    shade = QColor(theme.palette.principal)
    shade.setAlphaF(SHADE)
    marks, end = [], 0
    for piece in pieces:
        start, end = end, end + len(piece.text.encode("utf-16-le")) // 2  # Qt counts in units of UTF-16
        if piece.differs:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(view.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(shade)
            marks.append(mark)
    return marks
