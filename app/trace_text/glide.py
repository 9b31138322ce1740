"""Moves a scroll bar to a place that may itself move on the way. Knows no text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QVariantAnimation
from PySide6.QtWidgets import QScrollBar

GLIDE_MS = 160


class Glide:
    """`target`: where the bar is going to, asked at every step."""

    def __init__(self, bar: QScrollBar, target: Callable[[], int]) -> None:
        self._bar, self._target = bar, target
        self._start = 0
        self._animation = QVariantAnimation(bar, duration=GLIDE_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._go_on)

    def go(self, longest: int, animated: bool) -> None:
        """Of a way that is longer than `longest` pixels only the end is seen."""
        target = self._target()
        self._start = min(max(self._bar.value(), target - longest), target + longest)
        self._animation.stop()
        if animated:
            self._animation.start()
        else:
            self._go_on(1.0)

    def stop(self) -> None:
        """Stay here."""
        self._animation.stop()

    def _go_on(self, share: float) -> None:
        left = (1.0 - share) ** 3
        self._bar.setValue(round(self._target() * (1 - left) + self._start * left))
