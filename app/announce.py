"""What screen readers are told: sentences, and what a widget that paints itself is. Knows no view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface


def announce(about: QObject, sentence: str) -> None:
    """What happened to `about`, for people who cannot see it; costs nothing while nobody listens."""
    if sentence and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, sentence))


_presented: set[type[QObject]] = set()


def present(kind: type[QObject], make: Callable[[Any], QAccessibleInterface]) -> None:
    """Screen readers meet each widget of a kind as what `make` makes of it; it is kept as its `accessible`.

    One factory for a kind and a process; all other widgets are left to Qt.
    """
    if kind in _presented:
        return
    _presented.add(kind)

    def keep(thing: Any) -> QAccessibleInterface:
        thing.accessible = made = make(thing)  # Python must keep what it gives to Qt
        return made

    def factory(_key: str, thing: QObject) -> Any:  # None: Qt takes it, but the stubs leave it out
        return keep(thing) if isinstance(thing, kind) else None

    QAccessible.installFactory(factory)
