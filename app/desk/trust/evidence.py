"""What the scores of the desk are held against, gathered while the window lives on. Knows no widget.

Whether an answer is right stands in the table. Labels of steps are read trace by trace: a solver takes its time.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.desk.data import DeskData
from app.models.step_labels import gather
from app.models.trust import Against, Evidence, evidence_of_answers, evidence_of_labels
from app.trace_text.slices import Slices
from engine.scores.labels import LabelSource
from engine.scores.table import ScoreTable


class TrustEvidence(QObject):
    """One reader's; it gathers for one source at a time."""

    gathered = Signal()
    """Labels that somebody asked for are there."""

    def __init__(self, data: DeskData, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._table: ScoreTable | None = None
        """The table that the labels are for."""
        self._found: dict[Against, Evidence] = {}
        self._work: tuple[LabelSource, Slices] | None = None
        data.labels_changed.connect(self._forget)

    def of(self, against: Against) -> Evidence | None:
        """The scores with what they are held against, the same thing until something changes; None while labels are
        gathered: `gathered` says when they are there."""
        table = self._data.table
        if table is not self._table:
            self._forget()
            self._table = table
        known = self._found.get(against)
        if against == "answer":
            if known is None or known.totals is not self._data.totals:
                known = self._found[against] = evidence_of_answers(table, self._data.totals)
        elif known is None:
            self._gather(table, against)
        return known

    def _gather(self, table: ScoreTable, source: LabelSource) -> None:
        if self._work is not None and self._work[0] == source:
            return
        self._stop()
        work = Slices(gather(table, self._data.tree, source, self._data.labels), self)
        work.done.connect(lambda labels: self._take(source, evidence_of_labels(table, labels)))
        self._work = source, work
        work.start()

    def _take(self, source: LabelSource, evidence: Evidence) -> None:
        self._found[source] = evidence
        self._stop()
        self.gathered.emit()

    def _forget(self) -> None:
        self._stop()
        self._found.clear()

    def _stop(self) -> None:
        if self._work is not None:
            self._work[1].stop()
            self._work[1].deleteLater()
            self._work = None
