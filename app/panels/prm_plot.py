"""A plot of the scores per step along the selected trace and the principal path. A missing score is a gap, not a zero.

pyqtgraph takes a quarter of a second to import, so it is imported after the window was painted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.canvas.walks import principal_path
from app.models.shown_run import ShownRun
from app.panels.panel import NO_RUN, PanelWidget
from app.panels.texts import plain_label
from app.theme import Theme
from app.verifier_words import SOURCE_WORDS
from engine.events import NodeId, Source
from engine.tree import Tree

SOURCES: tuple[Source, ...] = ("prm", "orm", "self-evaluation", "rule", "code", "person", "gold", "policy")
"""The first of these that scored a step of the traces is plotted."""
LABEL_PX = 100
"""Room for the names at the ends of the traces."""
FIRST_X = 0.7
NO_SCORES = "No step of this trace has a score yet."


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores along a trace."""

    name: str
    steps: tuple[int, ...]
    """Depth of each step, from 1."""
    scores: tuple[float | None, ...]
    """In [0, 1]; None where the step has no score of this source."""

    @property
    def known(self) -> bool:
        return any(score is not None for score in self.scores)

    @property
    def last(self) -> tuple[int, float]:
        """Depth and score of the last step that has one."""
        return [(step, score) for step, score in zip(self.steps, self.scores, strict=True) if score is not None][-1]


def curve(tree: Tree, name: str, node: NodeId, source: Source) -> Curve:
    """The latest scores by `source` along the trace that ends at `node`."""
    path = tree.path(node)[1:]
    scores = tuple(None if (score := step.score(source)) is None else score.value for step in path)
    return Curve(name, tuple(step.depth for step in path), scores)


def curves(tree: Tree, selected: NodeId | None) -> tuple[Source, tuple[Curve, ...]]:
    """What to plot: the principal path, and the selected trace where it is another one."""
    path = principal_path(tree)
    traces = {"principal path": path[-1]} if path else {}
    if selected is not None and selected not in path:
        traces["selected"] = selected
    for source in SOURCES:
        found = tuple(curve(tree, name, node, source) for name, node in traces.items())
        if any(each.known for each in found):
            return source, tuple(each for each in found if each.known)
    return "prm", ()


class PrmPlotPanel(PanelWidget):
    """A small dock at the bottom."""

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.title = plain_label("", quiet=True)
        self._plot: _Plot | None = None
        self._drawn: tuple[tuple[Curve, ...], bool] = ((), theme.dark)
        self._painted = False
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(6, 4, 6, 4)
        self._column.addWidget(self.title)
        self.setMinimumHeight(120)
        for signal in (shown.run_changed, shown.tree_changed, shown.selection_changed):
            signal.connect(self.mark_stale)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._make_plot)

    def _make_plot(self) -> None:
        """Now, while the engine loads its models: later the import would hold up a search that is being watched."""
        self._plot = _Plot()
        self._column.addWidget(self._plot.widget, 1)
        self.mark_stale()

    def refresh(self) -> None:
        if self._plot is None:
            return
        tree = self.shown.tree
        source, found = curves(tree, self.shown.selected)
        if not found:
            self.say(NO_SCORES if tree.nodes else NO_RUN)
            return
        self.title.setText(f"{SOURCE_WORDS[source]} score per step")
        if (found, self.theme.dark) != self._drawn:
            self._drawn = (found, self.theme.dark)
            self._plot.show_curves(found, self.theme)
        self.say("")


class _Plot:
    """The pyqtgraph part."""

    def __init__(self) -> None:
        import pyqtgraph

        self._pg: Any = pyqtgraph
        self._plot: Any = pyqtgraph.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setAccessibleName("Plot of scores per step")
        self._plot.getAxis("left").setTicks([[(tick / 4, f"{tick / 4:.2f}") for tick in range(5)]])

    @property
    def widget(self) -> QWidget:
        widget: QWidget = self._plot
        return widget

    def show_curves(self, found: tuple[Curve, ...], theme: Theme) -> None:
        colours = theme.palette
        styles = {
            "principal path": (colours.principal, Qt.PenStyle.SolidLine, "o"),
            "selected": (colours.accent, Qt.PenStyle.DashLine, "s"),
        }
        self._plot.clear()
        self._dress(theme, max(max(each.steps) for each in found))
        anchors = (0.15, 0.85) if len(found) > 1 else (0.5,)
        for each, anchor in zip(sorted(found, key=lambda each: each.last[1]), anchors, strict=True):
            self._draw(each, *styles[each.name], theme, label_anchor=anchor)

    def _draw(
        self, drawn: Curve, colour: QColor, dash: Qt.PenStyle, symbol: str, theme: Theme, *, label_anchor: float
    ) -> None:
        scores = [nan if score is None else score for score in drawn.scores]
        pen = self._pg.mkPen(colour, width=1.5, style=dash)
        self._plot.plot(
            drawn.steps,
            scores,
            pen=pen,
            symbol=symbol,
            symbolSize=6,
            symbolBrush=colour,
            symbolPen=None,
            connect="finite",
        )
        label = self._pg.TextItem(drawn.name, color=theme.palette.text, anchor=(0, label_anchor))
        label.setFont(theme.ui_font(8))
        label.setPos(*drawn.last)
        self._plot.addItem(label)

    def _dress(self, theme: Theme, depth: int) -> None:
        colours = theme.palette
        self._plot.setBackground(colours.panel)
        step = max(1, round(depth / 8))
        self._plot.getAxis("bottom").setTicks([[(tick, f"{tick}") for tick in range(1, depth + 1, step)]])
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(colours.border)
            axis.setTextPen(colours.secondary)
            axis.setTickFont(theme.mono_font(8))
        self._plot.showGrid(y=True, alpha=0.25)
        self._plot.setYRange(-0.12, 1.18, padding=0)
        label = min(0.4, LABEL_PX / max(1, self._plot.width()))
        self._plot.setXRange(FIRST_X, (max(3, depth) - label * FIRST_X) / (1 - label), padding=0)
