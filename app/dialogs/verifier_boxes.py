"""The verifiers of a run as boxes to tick. Knows which there are; knows no strategy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from app.language import tr
from app.plain_text import as_tool_tip, one_line
from app.words.verifier import GOLD, VERIFIERS, VerifierWords, tool_tip
from engine.scorers.naming import parse
from engine.search.search import Search

MOST_ADDED = 2
"""Verifiers that are looked for to make a strategy possible."""
LONGEST_NAME = 20
"""Characters of a model's name beside its box."""
_WORDS = {entry.name: entry for entry in (*VERIFIERS, GOLD)}


class VerifierBoxes(QWidget):
    """Two rows: models and rules; and the policy's own verdicts. One box stands for all of its kind: the PRM is the
    bundled one until another one is chosen."""

    changed = Signal()
    other_wanted = Signal(str)
    """Another scorer is to be chosen, in place of the one with this name; `take` takes it."""

    def __init__(self, names: Sequence[str]) -> None:
        """`names` as in a plan; one with a folder, such as `prm:FOLDER`, is kept as it is while its box is ticked."""
        super().__init__()
        self._full: dict[str, str] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = [0, 0]
        for entry in (*VERIFIERS, GOLD):
            self._add(entry.name, row=int(entry.asks_policy))
        self.other = QPushButton(tr("Other scorer…"))
        self.other.setAutoDefault(False)
        self.other.setToolTip(tr("A reward model of your own in place of the bundled one, and how it is read"))
        self.other.clicked.connect(lambda: self.other_wanted.emit(self._full.get("prm", "prm")))
        self._grid.addWidget(self.other, 0, self._columns[0] + 1)
        self._grid.setColumnStretch(max(self._columns) + 2, 1)
        for name in names:
            self.take(name)

    def names(self) -> tuple[str, ...]:
        """What is ticked, as a plan names it."""
        return tuple(self._full.get(kind, kind) for kind, box in self.boxes.items() if box.isChecked())

    def take(self, name: str) -> None:
        """Tick a verifier, in place of any other one of its kind."""
        kind = name.partition(":")[0].partition("#")[0]
        if kind not in self.boxes:
            self._add(kind, row=1)
        self._full[kind] = name
        self.boxes[kind].setChecked(True)
        self._dress(kind)
        self.changed.emit()

    def tick(self, names: Iterable[str]) -> None:
        """Tick these as well."""
        for name in names:
            self.boxes[name.partition(":")[0]].setChecked(True)

    def _add(self, kind: str, row: int) -> None:
        self.boxes[kind] = box = QCheckBox()
        box.toggled.connect(lambda _: self.changed.emit())
        self._grid.addWidget(box, row, self._columns[row])
        self._columns[row] += 1
        self._dress(kind)

    def _dress(self, kind: str) -> None:
        """Title and tool tip; of a model that does not come along, its name."""
        entry, name, box = _WORDS.get(kind), self._full.get(kind, kind), self.boxes[kind]
        title = kind if entry is None else tr(entry.title)
        if name != kind and (entry is None or not entry.asks_policy):
            title = tr("{kind}: {name}").format(kind=title, name=_short(parse(name).title))
        box.setText(title.replace("&", "&&"))
        box.setToolTip(_tip(entry, name))


def _short(name: str) -> str:
    line = one_line(name)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def _tip(entry: VerifierWords | None, name: str) -> str:
    if entry is not None and name in (entry.name, ""):
        return tool_tip(entry)
    return as_tool_tip("\n".join(filter(None, (tool_tip(entry) if entry is not None else "", name))))


def missing(search: Search, ticked: tuple[str, ...]) -> tuple[str, ...]:
    """The fewest verifiers that the strategy wants besides; none if it wants none, or if no verifier helps."""
    if not search.refusal(ticked):
        return ()
    others = [entry.name for entry in VERIFIERS if entry.name not in ticked]
    ways = (added for size in range(1, MOST_ADDED + 1) for added in combinations(others, size))
    return next((added for added in ways if not search.refusal((*ticked, *added))), ())
