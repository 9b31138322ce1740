"""What stands at the right end of the strip under the tree: follow the search, and how faint few visits are.

Knows no tree.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSpinBox, QToolButton, QWidget

from app.canvas.legend import STRIP
from app.icons import icon
from app.language import tr
from app.theme import Theme

WIDE = 620
"""In a narrower strip there is no room to set the threshold."""
MOST_VISITS = 1_000_000
INSET = 6


class StripBoxes(QObject):
    """Lies over the view that is its parent; the view decides what happens."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.follow = _follow_button(theme, view)
        self.threshold = _threshold_box(view)
        self.fades = True
        """Whether the colours know values that rest on few visits."""

    def show_following(self, following: bool) -> None:
        button = self.follow
        button.setChecked(following)
        button.setText(tr("Following") if following else tr("Follow"))
        button.setToolTip(
            tr("The view keeps the search's latest work in sight; press to stop that")
            if following
            else tr("Keep the search's latest work in sight again")
        )
        self.place()

    def place(self) -> None:
        """From the right edge of the view."""
        view, right = self._view, self._view.width() - INSET
        self.threshold.setVisible(self.fades and view.width() >= WIDE)
        for box in (self.follow, self.threshold):
            size = box.sizeHint()
            box.resize(size.width(), min(size.height(), round(STRIP) - 4))
            box.move(right - box.width(), round(view.height() - (STRIP + box.height()) / 2))
            right -= 0 if box.isHidden() else box.width() + INSET

    def start(self) -> float:
        """Where the legend must end."""
        inside = [box.x() for box in (self.follow, self.threshold) if box.isVisible()]
        return float(min(inside, default=self._view.width()))


def _follow_button(theme: Theme, view: QWidget) -> QToolButton:
    button = QToolButton(view)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoRaise(True)
    button.setIcon(icon(theme, "live"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.hide()
    return button


def _threshold_box(view: QWidget) -> QSpinBox:
    box = QSpinBox(view)
    box.setRange(0, MOST_VISITS)
    box.setPrefix(tr("faint below N =") + " ")
    box.setToolTip(tr("Values of steps with fewer visits than this are faint: they may change much"))
    box.setAccessibleName(tr("Visits below which values are faint"))
    box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return box
