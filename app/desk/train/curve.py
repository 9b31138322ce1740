"""The loss of a training while it goes on: what is learned from, and what is held out. Knows no training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt

from app.language import mark, tr
from app.panels.plots import Plot, whole_ticks
from app.panels.texts import decimal
from app.theme import Theme
from app.training import TrainingNews

NAMES = {"labels": mark("learned from"), "held out": mark("held out")}
TICKS = 6
ROOM = 1.4
"""Above the highest point, for the names of the lines."""


class LossCurve(Plot):
    """Nats per label over training steps."""

    def __init__(self) -> None:
        super().__init__(tr("Loss of the training"))
        self.items.setMinimumHeight(90)
        self.items.addLegend(offset=(-4, 1), colCount=2)

    def show_news(self, news: Sequence[TrainingNews], theme: Theme) -> None:
        """Draw everything that was heard so far."""
        colours = {"labels": theme.palette.secondary, "held out": theme.palette.accent}
        self.clear()
        self.dress(theme)
        legend = self.items.getPlotItem().legend
        legend.clear()
        legend.setLabelTextColor(theme.palette.text)
        highest = 0.0
        for name, colour in colours.items():
            points = list(_points(news, name))
            if points:
                x, y = zip(*points, strict=True)
                dash = Qt.PenStyle.SolidLine if name == "held out" else Qt.PenStyle.DashLine
                self.line(x, y, colour, dash)
                legend.addItem(self.items.getPlotItem().listDataItems()[-1], tr(NAMES[name]))
                highest = max(highest, *y)
        steps = news[-1].steps if news else 1
        self.set_range((0, steps), (0, highest * ROOM or 1))
        self.set_ticks("bottom", whole_ticks(0, steps, TICKS))
        self.set_ticks("left", [(highest * part / 2, decimal(highest * part / 2)) for part in range(3)])
        last = news[-1].losses if news else {}
        said = (f"{tr(NAMES[name])} {decimal(loss)}" for name, loss in last.items() if name in NAMES)
        self.items.setAccessibleDescription(", ".join(said))


def _points(news: Sequence[TrainingNews], name: str) -> Iterator[tuple[int, float]]:
    """Step and loss; one that was only repeated, since it is measured now and then, is left out."""
    before = None
    for one in news:
        loss = one.losses.get(name)
        if loss is not None and loss != before:
            yield one.step, loss
            before = loss
