"""Text and numbers as panels write them: plain text only, missing is not zero. Knows no tree and no run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isnan

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy

from app.language import tr
from app.plain_text import visible

LONGEST_TEXT = 200_000
"""Characters of one text that a text field shows at most."""
LONGEST_LINE = 2_000
"""Characters; laying out a line takes time that grows with its square, so longer ones are broken for display."""
SMALLEST_PX = 7
MISSING = "–"
ENGLISH = "english"
"""Object name of widgets whose words come from the engine: they are not translated."""

_LONG_WORD = re.compile(r"\S{25,}")
_PLACES = re.compile(r"(?<=[_/\\.:=-])(?=[^\W_])")
"""In long words, where a line may end: after the marks that join names and paths."""
_LINE_MAY_END = "\u200b"
_LONG_LINE = re.compile(rf"([^\n]{{{LONGEST_LINE}}})(?=[^\n])")


def breakable(text: str) -> str:
    """The text with places where a line may end in long names and paths, which a label would cut off otherwise."""
    return _LONG_WORD.sub(lambda word: _PLACES.sub(_LINE_MAY_END, word.group()), text)


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


class TextPane(QPlainTextEdit):
    """Plain text whose size Ctrl++, Ctrl+- and Ctrl+0 change while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._larger = 0
        """Pixels that the user made it larger."""

    def event(self, event: QEvent) -> bool:
        """The keys are the tree's elsewhere; here they are claimed before the window hears of them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and zoom_step(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = zoom_step(event)
        if step is None:
            super().keyPressEvent(event)
            return
        font = self.font()
        own = font.pixelSize() - self._larger
        font.setPixelSize(max(SMALLEST_PX, own + (self._larger + step if step else 0)))
        larger = font.pixelSize() - own
        self.setFont(font)
        self._larger = larger

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """The size that `font` has is the pane's own from now on."""
        super().setFont(font)
        self._larger = 0


def zoom_step(event: QKeyEvent) -> int | None:
    """Pixels that a key makes text larger; 0 for its own size again, None for another key."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    larger, smaller = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,)
    return 1 if event.key() in larger else -1 if event.key() in smaller else 0 if event.key() == Qt.Key.Key_0 else None


def plain_view(name: str, empty: str = "") -> QPlainTextEdit:
    """A field for reading text that somebody else wrote; `name` is what a screen reader calls it."""
    view = TextPane()
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
        shown += "\n" + tr("… {count:,} more characters").format(count=len(text) - LONGEST_TEXT)
    if view.toPlainText() != shown:
        view.setPlainText(shown)


def break_long_lines(text: str) -> str:
    """`text` with display-only line breaks in lines that would take seconds to lay out."""
    return _LONG_LINE.sub(r"\1\n", text)


def decimal(value: float | None, places: int = 2) -> str:
    """`0.78`, `−3.12`; a missing value, None or nan, is a dash. What is rounded to nothing has no sign."""
    if value is None or isnan(value):
        return MISSING
    return f"{value:z.{places}f}".replace("-", "−")


def value_with_error(value: float | None, error: float | None) -> str:
    """`0.78 ± 0.04`; without an error (below two visits) the value alone."""
    return decimal(value) if error is None else f"{decimal(value)} ± {decimal(error)}"
