"""What pages of the desk share that draw plots, and small widgets they are made of. Knows no scores.

A plot is made soon after the page was painted for the first time: pyqtgraph takes a quarter of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.desk.data import DeskData
from app.desk.tab import DeskTab
from app.language import tr
from app.panels.texts import ElidedLabel
from app.parts import Parts
from app.plain_text import as_tool_tip, visible
from app.theme import RESOURCES

BUNDLED = RESOURCES / "models"
BUNDLED_KINDS = ("prm", "orm")
KINDS = (*BUNDLED_KINDS, "critic")
"""Of scorers that can be asked about any text."""
LEAST_BOX_PX = 56
"""In a narrow dock a box cuts its words."""
PLAIN = (str, int, float, bool, tuple)


class PlotPage(DeskTab):
    """Override `make_plots`; the page is read again by itself."""

    def __init__(self, parts: Parts, data: DeskData) -> None:
        super().__init__(parts, data)
        self._plots_are_due = True

    def make_plots(self) -> None:
        """Make them and put them in their places. Called once."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._plots_are_due:
            self._plots_are_due = False
            QTimer.singleShot(0, self, self._make_plots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What a plot has room for hangs on its size."""
        super().resizeEvent(event)
        self.mark_stale()

    def _make_plots(self) -> None:
        self.make_plots()
        self.mark_stale()


def choice(name: str, tip: str, entries: Iterable[tuple[str, str]]) -> QComboBox:
    """A box of words with what each stands for."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setMinimumWidth(LEAST_BOX_PX)
    for words, key in entries:
        box.addItem(words, key)
    return box


def button(title: str, tip: str) -> QToolButton:
    """A flat button with words."""
    made = QToolButton()
    made.setText(title)
    made.setAccessibleName(title)
    made.setToolTip(tip)
    made.setAutoRaise(True)
    made.setIconSize(QSize(16, 16))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def row_of(widgets: Sequence[QWidget], stretched: QWidget | None = None) -> QHBoxLayout:
    """Widgets side by side; one takes the room that is left, or nothing does."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0)
    if stretched is None:
        row.addStretch(1)
    return row


def fix_width(widget: QWidget, pixels: int) -> None:
    """For a widget that would take what it gets, and gets nothing beside one that is stretched."""
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
    widget.setFixedWidth(pixels)


def tell(label: ElidedLabel, words: str) -> None:
    """Show a line, and all of it in its tool tip; a label without words takes no room."""
    label.setText(visible(words))
    label.setToolTip(as_tool_tip(words) if words else "")
    label.setVisible(bool(words))


def known_specs(parts: Parts) -> tuple[str, ...]:
    """The scorers that somebody has asked, lately or in this session, and those that come along: as they are asked."""
    asked = (name for info in parts.sessions.runs for name in info.plan.verifiers)
    given = (name for name in (*parts.settings.recent_scorers, *asked) if name.partition(":")[0] in KINDS)
    return tuple(dict.fromkeys((*given, *BUNDLED_KINDS)))


def no_scores() -> str:
    """What to do where nobody has scored anything."""
    return tr("Nobody has scored a step of this scope. Press “Score with…” to ask a model, or take a wider scope.")


def unchanged(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether a page was made of the same things: tables and arrays are others as soon as they are other objects."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, PLAIN) and a == b) for a, b in zip(one, other, strict=True)
    )
