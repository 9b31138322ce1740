"""A line above the ranking: what weighted vote, best of N and majority elect, side by side, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.desk.traces.words import verdict_is_right, verdict_words
from app.desk.words import CHECKS, total_words
from app.language import mark, tr
from app.models.ballot import Verdict
from app.panels.texts import ElidedLabel
from app.plain_text import as_tool_tip, one_line
from app.theme import Theme
from engine.scores.aggregates import Elected
from engine.scores.table import ScoreTable

WAYS = (
    (mark("Vote"), mark("Weighted vote: the answer whose traces weigh most together")),
    (mark("Best"), mark("Best of N: the answer of the best single trace")),
    (mark("Majority"), mark("The answer that most traces give; scores do not count")),
)
MOST_TALLIES = 8


class ElectedRow(QWidget):
    """Three labels; all there is to say is in their tool tips."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.labels = tuple(ElidedLabel() for _ in WAYS)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(10)
        for label, (title, _) in zip(self.labels, WAYS, strict=True):
            row.addWidget(label, 10 + len(tr(title)))

    def show_verdicts(
        self, verdicts: tuple[Verdict, Verdict, Verdict], table: ScoreTable, problems: int, tallies: Iterable[Elected]
    ) -> None:
        """In the order of WAYS; `tallies`: the answers of the weighted vote, where there is one problem."""
        told = "\n".join(_tally_words(tally, table) for tally in list(tallies)[:MOST_TALLIES])
        for label, (title, tip), verdict in zip(self.labels, WAYS, verdicts, strict=True):
            words = f"{tr(title)} {verdict_words(verdict, table, problems)}"
            label.setText(words)
            label.setAccessibleName(words)
            more = told if label is self.labels[0] else ""
            label.setToolTip(as_tool_tip(f"{tr(tip)}\n{words}\n{more}".rstrip()))
            self._paint(label, verdict_is_right(verdict))

    def _paint(self, label: ElidedLabel, right: bool | None) -> None:
        colours = self._theme.palette
        palette = label.palette()
        ink = {True: colours.good, False: colours.bad, None: colours.text}[right]
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        label.setPalette(palette)


def _tally_words(tally: Elected, table: ScoreTable) -> str:
    one, several = (
        tr("{check} {answer}: weight {weight}, 1 vote"),
        tr("{check} {answer}: weight {weight}, {votes:,} votes"),
    )
    words = one if tally.votes == 1 else several
    check = CHECKS[table.traces[tally.first].correct]
    return words.format(
        check=check, answer=one_line(tally.answer, 80), weight=total_words(tally.weight), votes=tally.votes
    )
