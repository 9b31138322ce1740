"""The menu of a step or a sentence, in either column. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.language import tr
from app.words.functions import function_words
from engine.traces.functions import FUNCTIONS, Function

Do = Callable[[], None]
Entry = tuple[str, Do, str]
"""Title, what it does, and why it cannot be done now (empty: it can)."""


class StepMenu(QMenu):
    """Filled anew each time it opens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Step of the trace"), parent)
        self.setToolTipsVisible(True)

    def ask(
        self,
        at: QPoint,
        entries: list[Entry | None],
        label: Callable[[Function | None], None] | None,
        now: Function | None,
        why_not_label: str,
    ) -> None:
        """Open at a place of the screen. `label`: says what the step is for; None where there is no hidden step."""
        self.clear()
        if label is not None:
            self._add_labels(label, now, why_not_label)
        fill(self, entries)
        self.popup(at)

    def _add_labels(self, label: Callable[[Function | None], None], now: Function | None, obstacle: str) -> None:
        inner = self.addMenu(tr("What it is for"))
        inner.setEnabled(not obstacle)
        for function in FUNCTIONS:
            made = inner.addAction(function_words(function))
            made.setCheckable(True)
            made.setChecked(function == now)
            made.triggered.connect(lambda _=False, function=function: label(function))
        inner.addSeparator()
        inner.addAction(tr("As the rules say")).triggered.connect(lambda: label(None))
        self.addSeparator()


def fill(menu: QMenu, entries: list[Entry | None]) -> None:
    """Add entries at its end; None is a line between."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        title, act, obstacle = entry
        made = menu.addAction(title)
        made.setEnabled(not obstacle)
        if obstacle:
            made.setToolTip(obstacle)
        made.triggered.connect(lambda _=False, act=act: act())
