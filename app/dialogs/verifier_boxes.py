"""The verifiers of a run as boxes to tick. Knows which there are; knows no strategy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.language import tr
from app.words.verifier import GOLD, VERIFIERS, tool_tip
from engine.search.search import Search

MOST_ADDED = 2
"""Verifiers that are looked for to make a strategy possible."""


class VerifierBoxes(QWidget):
    """Two rows: models and rules; and the policy's own verdicts."""

    changed = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        """`names` as in a plan; one with a folder, such as `prm:FOLDER`, is kept as it is while its box is ticked."""
        super().__init__()
        self._full = {name.partition(":")[0]: name for name in names}
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        rows: tuple[list[QWidget], list[QWidget]] = ([], [])
        for entry in (*VERIFIERS, GOLD):
            self.boxes[entry.name] = box = QCheckBox(tr(entry.title))
            box.setToolTip(tool_tip(entry))
            box.setChecked(entry.name in self._full)
            box.toggled.connect(lambda _: self.changed.emit())
            rows[entry.asks_policy].append(box)
        for row, widgets in enumerate(rows):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, row, column)
        grid.setColumnStretch(max(map(len, rows)), 1)

    def names(self) -> tuple[str, ...]:
        """What is ticked, as a plan names it."""
        return tuple(self._full.get(name, name) for name, box in self.boxes.items() if box.isChecked())

    def tick(self, names: Iterable[str]) -> None:
        """Tick these as well."""
        for name in names:
            self.boxes[name.partition(":")[0]].setChecked(True)


def missing(search: Search, ticked: tuple[str, ...]) -> tuple[str, ...]:
    """The fewest verifiers that the strategy wants besides; none if it wants none, or if no verifier helps."""
    if not search.refusal(ticked):
        return ()
    others = [entry.name for entry in VERIFIERS if entry.name not in ticked]
    ways = (added for size in range(1, MOST_ADDED + 1) for added in combinations(others, size))
    return next((added for added in ways if not search.refusal((*ticked, *added))), ())
