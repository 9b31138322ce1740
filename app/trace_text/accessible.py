"""A text view for screen readers: a document whose value is the row at the caret, said whenever it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget

from app.announce import announce, present
from app.trace_text.words import spoken

if TYPE_CHECKING:
    from app.trace_text.view import TraceTextView


def expose(view: TraceTextView) -> None:
    """Let screen readers read `view`."""
    present(type(view), AccessibleText)
    said = [""]

    def say(_offset: int) -> None:
        if QAccessible.isActive() and (now := spoken(view)) != said[0]:
            said[0] = now
            announce(view, now)

    view.caret_moved.connect(say)


class AccessibleText(QAccessibleWidget):
    """Role Document; its name is the view's."""

    def __init__(self, view: TraceTextView) -> None:
        super().__init__(view, QAccessible.Role.Document)
        self._view = view

    def text(self, what: QAccessible.Text) -> str:
        return spoken(self._view) if what == QAccessible.Text.Value else super().text(what)
