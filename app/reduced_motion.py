"""Whether things on screen may move: what the user said, otherwise what the desktop says. Knows no view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QStyle

from app.settings import Settings

Hint = QStyle.StyleHint


class ReducedMotion:
    """The switch; `obey` is told at the start and whenever it changes whether animations are wanted."""

    def __init__(self, settings: Settings, obey: Callable[[bool], None]) -> None:
        self._settings, self._obey = settings, obey
        obey(not self.on())

    def on(self) -> bool:
        return keeps_still(self._settings)

    def toggle(self) -> None:
        self._settings.reduced_motion = not self.on()
        self._obey(not self.on())


def keeps_still(settings: Settings) -> bool:
    """For views that are made later: whether nothing may move."""
    chosen = settings.reduced_motion
    return desktop_keeps_still() if chosen is None else chosen


def desktop_keeps_still() -> bool:
    """Whether the desktop wants no animations, as far as Qt hears of it."""
    style = QApplication.style()
    return not style.styleHint(Hint.SH_Widget_Animate) or not style.styleHint(Hint.SH_Widget_Animation_Duration)
