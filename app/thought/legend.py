"""What the marks mean and how many there are; each is a switch that shows its kind alone. Knows no trace."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from app.language import mark, tr
from app.models.thought_claims import VERDICTS, Verdict
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip
from app.theme import Theme
from app.trace_text.look import mark_pen
from app.words.trace import JUDGED_BY

SWATCH = QSize(20, 10)
WORDS: dict[Verdict, str] = {
    "supported": mark("supported {count:,}"),
    "only exposed": mark("only exposed {count:,}"),
    "contradicted": mark("contradicted {count:,}"),
    "only hidden": mark("only hidden {count:,}"),
}
NAMES: dict[Verdict, str] = {
    "supported": mark("supported"),
    "only exposed": mark("only exposed"),
    "contradicted": mark("contradicted"),
    "only hidden": mark("only hidden"),
}
TIPS: dict[Verdict, str] = {
    "supported": mark("Claims of the exposed text that a hidden step supports: by the same value, or by its words."),
    "only exposed": mark("Claims for which no such support was found in the thought. That does not make them false."),
    "contradicted": mark(
        "Claims that a hidden step says otherwise: another result, or another value of the same thing."
    ),
    "only hidden": mark("Hidden steps that work something out which is not shown."),
}
ALONE = mark("Click to show these alone; click again to show all.")


class Legend(QWidget):
    """Four switches, and by what things are compared."""

    verdict_toggled = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[Verdict, QToolButton] = {verdict: self._button(verdict) for verdict in VERDICTS}
        self.judged = ElidedLabel()
        self.judged.setText(tr(JUDGED_BY))
        self.judged.setToolTip(as_tool_tip(tr(JUDGED_BY)))
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        for place, button in enumerate(self.buttons.values()):
            self._rows.addWidget(button, 0, place)
        self._rows.setColumnStretch(len(self.buttons), 1)
        self._give_room()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_counts(self, counts: Mapping[Verdict, int], wanted: frozenset[Verdict]) -> None:
        """How many there are of each. `wanted`: those that are shown alone."""
        for verdict, button in self.buttons.items():
            button.setText(f" {tr(WORDS[verdict]).format(count=counts[verdict])}")
            button.setChecked(verdict in wanted)
            button.setEnabled(bool(counts[verdict]) or verdict in wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """The sentence stands behind the switches, or in a row of its own where it would be cut."""
        wanted = self.judged.fontMetrics().horizontalAdvance(self.judged.text()) + 8
        switches = sum(button.sizeHint().width() + 2 for button in self.buttons.values())
        if self.width() - switches >= wanted:
            self._rows.addWidget(self.judged, 0, len(self.buttons))
        else:
            self._rows.addWidget(self.judged, 1, 0, 1, len(self.buttons) + 1)

    def _button(self, verdict: Verdict) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(SWATCH)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(tr(NAMES[verdict]))
        button.setToolTip(as_tool_tip(f"{tr(TIPS[verdict])}\n{tr(ALONE)}"))
        button.clicked.connect(lambda: self.verdict_toggled.emit(verdict))
        return button

    def _restyle(self) -> None:
        for verdict, button in self.buttons.items():
            button.setIcon(_swatch(verdict, self._theme))


def _swatch(verdict: Verdict, theme: Theme) -> QIcon:
    """The line that marks such text, as it is drawn between the columns."""
    picture = QPixmap(SWATCH * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(mark_pen(verdict, theme.palette, 2.0, 1.0))
        middle = SWATCH.height() // 2
        painter.drawLine(0, middle, SWATCH.width(), middle)
    return QIcon(picture)
