"""Strips above the tree, one below the other. Where the window is low they scroll, so that they never make it higher.

Knows nothing of what is in them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

LEAST = 96
"""Pixels of height that all of them together ask for at most; they get more where there is more."""


class TopStrips(QScrollArea):
    """As high as its strips that are shown, as long as the window has room for that."""

    def __init__(self, *strips: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for strip in strips:
            self._column.addWidget(strip)
            strip.installEventFilter(self)
        self.setWidget(self._content)
        for widget in (self._content, self.viewport()):
            widget.setAutoFillBackground(False)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._content.installEventFilter(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self._height()

    def sizeHint(self) -> QSize:
        return QSize(self._column.totalSizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        least = self._column.totalMinimumSize()
        return least.boundedTo(QSize(least.width(), LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll_if_needed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._column.invalidate()
            self._take_room()
        elif event.type() == QEvent.Type.LayoutRequest:  # a strip says more or less
            self.updateGeometry()
            self._scroll_if_needed()
        return super().eventFilter(watched, event)

    def _scroll_if_needed(self) -> None:
        """Measured without the bar: beside it a sentence that just fits would need another line, and keep it there."""
        needed = self.heightForWidth(self.width()) > self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def _take_room(self) -> None:
        """At once, as in a layout without scrolling: a strip that comes is never seen squeezed."""
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is not None and parent.isVisible() and (layout := parent.layout()) is not None:
            layout.activate()

    def _height(self) -> int:
        return self._column.totalSizeHint().height()
