"""The strip under the toolbar in which the program speaks: what went wrong, in a sentence, and what can be done now.

Never a window that must be clicked away. Knows nothing of what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.icons import icon
from app.language import tr
from app.plain_text import visible
from app.theme import Theme

Kind = Literal["hint", "warning"]
STRIPE = 4
"""Width in pixels of the coloured edge."""


@dataclass(frozen=True)
class Notice:
    """One thing to say. A notice with the same key replaces the one before."""

    text: str
    kind: Kind = "warning"
    buttons: Sequence[tuple[str, Callable[[], None]]] = ()
    """Title and what it does; a press also closes the notice."""
    key: str = ""


class Banner(QWidget):
    """Notices, newest below; each can be closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strips: dict[str, NoticeStrip] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is being said, oldest first."""
        return [strip.notice.text for strip in self._strips.values()]

    def say(self, notice: Notice) -> None:
        old = self._strips.get(notice.key or notice.text)
        if old is not None and (old.notice.kind, old.notice.buttons) == (notice.kind, notice.buttons):
            old.tell(notice)  # a button that is being pressed stays where it is
            return
        self.close_notice(notice.key or notice.text)
        strip = NoticeStrip(notice, self._theme, self)
        strip.closed.connect(lambda: self.close_notice(notice.key or notice.text))
        self._strips[notice.key or notice.text] = strip
        self._layout.addWidget(strip)
        self.show()

    def close_notice(self, key: str) -> None:
        """Take back what was said under `key`, if it is still there."""
        strip = self._strips.pop(key, None)
        if strip is not None:
            self._layout.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._strips))


class NoticeStrip(QFrame):
    """One notice: text, buttons, and a cross."""

    closed = Signal()

    def __init__(self, notice: Notice, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._theme = theme
        self.setAutoFillBackground(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(STRIPE + 10, 5, 6, 5)
        self._text = QLabel(visible(notice.text))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._text, 1)
        for title, act in notice.buttons:
            layout.addWidget(self._button(title, act))
        cross = QToolButton()
        cross.setIcon(icon(theme, "cross"))
        cross.setAutoRaise(True)
        cross.setAccessibleName(tr("Close this message"))
        cross.setToolTip(tr("Close this message"))
        cross.clicked.connect(self.closed)
        layout.addWidget(cross)

    def tell(self, notice: Notice) -> None:
        """Say something else, with the same buttons."""
        self.notice = notice
        self._text.setText(visible(notice.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = self._theme.palette
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.card)
            stripe = self.rect().adjusted(0, 0, STRIPE - self.width(), 0)
            painter.fillRect(stripe, colours.bad if self.notice.kind == "warning" else colours.accent)

    def _button(self, title: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.clicked.connect(self.closed)
        button.clicked.connect(lambda: act())
        return button
