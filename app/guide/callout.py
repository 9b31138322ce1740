"""The tour's callout and the frame round what it is about. Knows no tour: what it says and what is pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.panels.texts import plain_label
from app.theme import Theme, embolden

WIDTH = 320


class Callout(QFrame):
    """A card over the window with a title, a few sentences and the way on."""

    moved = Signal(int)
    """+1 for Next, -1 for Back."""
    end_wanted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.title = plain_label(wrap=True)
        self.text = plain_label(wrap=True)
        self.place = plain_label(quiet=True)
        self.back = self._button(tr("Back"), lambda: self.moved.emit(-1))
        self.next = self._button("", lambda: self.moved.emit(1))
        self.close_button = self._button(tr("End tour"), self.end_wanted.emit)
        self._build()
        self.setFixedWidth(WIDTH)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Guided tour"))
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def say(self, title: str, text: str, place: int, stops: int) -> None:
        """Show a stop of the tour; `place` counts from 0."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleDescription(f"{title} {text}")
        self.place.setText(tr("{place} of {stops}").format(place=place + 1, stops=stops))
        self.back.setEnabled(place > 0)
        last = place + 1 == stops
        self.next.setText(tr("Done") if last else tr("Next"))
        self.close_button.setVisible(not last)
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addWidget(self.place, 1, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(4)
        column.addLayout(row)

    def _button(self, title: str, act: object) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(True)  # Enter presses it while it has the focus
        button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        font = self._theme.ui_font(11)
        embolden(font)
        self.title.setFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.palette.card)
        self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.card)
            painter.fillRect(0, 0, 4, self.height(), colours.accent)
            painter.setPen(QPen(colours.accent, 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Frame(QWidget):
    """A coloured frame over a part of the window; the mouse goes through it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)
        self.hide()

    def surround(self, spot: QRect) -> None:
        """Stand round this rectangle of the window."""
        self.setGeometry(spot)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.palette.accent, 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 5, 5)
