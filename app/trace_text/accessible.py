"""A text view for screen readers: a document whose value is the row at the caret, said whenever it changes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget

from app.announce import announce
from app.trace_text.words import spoken

if TYPE_CHECKING:
    from app.trace_text.view import TraceTextView

OrNone: TypeAlias = Any
"""What the method says, or None: Qt takes it, but the stubs leave it out."""


def expose(view: TraceTextView) -> None:
    """Let screen readers read `view`."""
    _install()
    said = [""]

    def say(_offset: int) -> None:
        if QAccessible.isActive() and (now := spoken(view)) != said[0]:
            said[0] = now
            announce(view, now)

    view.caret_moved.connect(say)


@cache
def _install() -> None:
    """One factory for the process; it serves views of this kind and leaves all others to Qt."""
    from app.trace_text.view import TraceTextView

    def factory(_key: str, thing: QObject) -> OrNone:
        if not isinstance(thing, TraceTextView):
            return None
        thing.accessible = AccessibleText(thing)  # Python must keep what it gives to Qt
        return thing.accessible

    QAccessible.installFactory(factory)


class AccessibleText(QAccessibleWidget):
    """Role Document; its name is the view's."""

    def __init__(self, view: TraceTextView) -> None:
        super().__init__(view, QAccessible.Role.Document)
        self._view = view

    def text(self, what: QAccessible.Text) -> str:
        return spoken(self._view) if what == QAccessible.Text.Value else super().text(what)
