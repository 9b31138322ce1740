"""The curve of a count over one stored sample set: maj@k or best@k, with a stopping rule's confidence. No tree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.language import tr
from app.panels.plots import Plot, whole_ticks
from app.panels.votes_words import Curve, Stopping
from app.theme import Theme

SYMBOLS = "ostdx+"
"""A winner has a symbol of its own, so that a change of the winner is seen."""


class VotesPlot(Plot):
    """The plot itself."""

    def __init__(self) -> None:
        super().__init__(tr("Plot of the winner's share over the number of samples"))
        self.widget.setMinimumWidth(140)
        self.set_ticks("left", [(tick / 2, f"{tick / 2:.1f}") for tick in range(3)])

    def show_curve(self, curve: Curve, stopping: Stopping, theme: Theme) -> None:
        """The winner's share and the confidence after k samples; a dotted line where the rule would have stopped."""
        colours = theme.palette
        most = curve.sizes[-1] if curve.sizes else 1
        self.clear()
        self.dress(theme)
        self.set_ticks("bottom", whole_ticks(1, most, 5))
        self.set_range((0.5, max(2, most) + 0.5), (0, 1.05))
        sizes = range(1, len(stopping.confidence) + 1)
        self.line(sizes, stopping.confidence, colours.accent, Qt.PenStyle.DashLine, width=1.2)
        if stopping.at is not None:
            self.upright(stopping.at, colours.text)
        self.line(curve.sizes, curve.shares, colours.principal, width=1.6)
        self._draw_winners(curve, colours.principal)

    def _draw_winners(self, curve: Curve, colour: QColor) -> None:
        """A symbol where the winner changes, and at the end."""
        order = list(dict.fromkeys(curve.winners))
        marked = [
            at
            for at, winner in enumerate(curve.winners)
            if at in (0, len(curve.winners) - 1) or winner != curve.winners[at - 1]
        ]
        self.dots(
            [curve.sizes[at] for at in marked],
            [curve.shares[at] for at in marked],
            colour,
            [SYMBOLS[order.index(curve.winners[at]) % len(SYMBOLS)] for at in marked],
        )
