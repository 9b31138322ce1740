"""A plot of the scores per step along the selected trace and the principal path. A missing score is a gap, not 0."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from app.canvas.walks import principal_path
from app.language import mark, tr
from app.models.shown_run import ShownRun
from app.panels.plots import Plot, PlotPanel, whole_ticks
from app.panels.texts import plain_label
from app.theme import Theme
from app.words.nothing import why_no_tree
from app.words.verifier import SOURCE_WORDS
from engine.events import NodeId, Source
from engine.tree import Tree

SOURCES: tuple[Source, ...] = ("prm", "orm", "self-evaluation", "rule", "code", "person", "gold", "policy")
"""The first of these that scored a step of the traces is plotted."""
LABEL_PX = 100
"""Room for the names at the ends of the traces."""
FIRST_X = 0.7
NO_SCORES = mark("No step of this trace has a score yet.")
PRINCIPAL, SELECTED = mark("principal path"), mark("selected")


@dataclass(frozen=True, slots=True)
class Curve:
    """Scores along a trace."""

    name: str
    steps: tuple[int, ...]
    """Depth of each step, from 1."""
    scores: tuple[float | None, ...]
    """In [0, 1], or as a share of the run's scale; None where the step has no score of this source."""

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
    scores = tuple(None if (score := step.score(source)) is None else tree.scale.share(score.value) for step in path)
    return Curve(name, tuple(step.depth for step in path), scores)


def curves(tree: Tree, selected: NodeId | None) -> tuple[Source, tuple[Curve, ...]]:
    """What to plot: the principal path, and the selected trace where it is another one."""
    path = principal_path(tree)
    traces = {PRINCIPAL: path[-1]} if path else {}
    if selected is not None and selected not in path:
        traces[SELECTED] = selected
    for source in SOURCES:
        found = tuple(curve(tree, name, node, source) for name, node in traces.items())
        if any(each.known for each in found):
            return source, tuple(each for each in found if each.known)
    return "prm", ()


class PrmPlotPanel(PlotPanel):
    """A small dock at the bottom."""

    def __init__(self, shown: ShownRun, theme: Theme) -> None:
        super().__init__(shown, theme)
        self.title = plain_label("", quiet=True)
        self.judge = QToolButton()
        self.judge.setText(tr("Judge the steps"))
        self.judge.setAccessibleName(self.judge.text())
        self.judge.setToolTip(tr("The PRM desk: every step's score, where it came from, and whether to believe it"))
        self.judge.setAutoRaise(True)
        self.judge.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.judge.clicked.connect(lambda: self.other_wanted.emit("desk"))
        self._plot: _Plot | None = None
        self._drawn: tuple[object, ...] = ()
        """Curves, theme and width of what is drawn: the names at the ends need their room in any."""
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(6, 4, 6, 4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.judge)
        self._column.addLayout(head)
        self.setMinimumHeight(120)
        for signal in (shown.run_changed, shown.tree_changed, shown.selection_changed):
            signal.connect(self.mark_stale)

    def make_plot(self) -> None:
        self._plot = _Plot()
        self._column.addWidget(self._plot.widget, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.mark_stale()

    def refresh(self) -> None:
        if self._plot is None:
            return
        tree = self.shown.tree
        source, found = curves(tree, self.shown.selected)
        if not found:
            self.say(tr(NO_SCORES) if tree.nodes else why_no_tree(self.shown))
            return
        self.title.setText(_title(tree, source))
        if (drawn := (found, self.theme.dark, self._plot.widget.width())) != self._drawn:
            self._drawn = drawn
            self._plot.show_curves(found, self.theme)
        self.say("")


def _title(tree: Tree, source: Source) -> str:
    title = tr("{source} score per step").format(source=tr(SOURCE_WORDS[source]))
    if tree.scale.is_unit:
        return title
    share = tr("share of {low:g} to {high:g}").format(low=tree.scale.low, high=tree.scale.high)
    return f"{title} · {share}"


class _Plot(Plot):
    """The plot itself."""

    def __init__(self) -> None:
        super().__init__(tr("Plot of scores per step"))
        self.set_ticks("left", [(tick / 4, f"{tick / 4:.2f}") for tick in range(5)])

    def show_curves(self, found: tuple[Curve, ...], theme: Theme) -> None:
        colours = theme.palette
        styles = {
            PRINCIPAL: (colours.principal, Qt.PenStyle.SolidLine, "o"),
            SELECTED: (colours.accent, Qt.PenStyle.DashLine, "s"),
        }
        self.clear()
        self.dress(theme)
        self._set_ranges(max(max(each.steps) for each in found))
        anchors = (0.15, 0.85) if len(found) > 1 else (0.5,)
        for each, anchor in zip(sorted(found, key=lambda each: each.last[1]), anchors, strict=True):
            self._draw(each, *styles[each.name], theme, label_anchor=anchor)

    def _draw(
        self, drawn: Curve, colour: QColor, dash: Qt.PenStyle, symbol: str, theme: Theme, *, label_anchor: float
    ) -> None:
        scores = [nan if score is None else score for score in drawn.scores]
        self.line(drawn.steps, scores, colour, dash, symbol=symbol)
        label = self.pg.TextItem(tr(drawn.name), color=theme.palette.text, anchor=(0, label_anchor))
        label.setFont(theme.ui_font(8))
        label.setPos(*drawn.last)
        self.items.addItem(label)

    def _set_ranges(self, depth: int) -> None:
        self.set_ticks("bottom", whole_ticks(1, depth, 8))
        label = min(0.4, LABEL_PX / max(1, self.widget.width()))
        self.set_range((FIRST_X, (max(3, depth) - label * FIRST_X) / (1 - label)), (-0.12, 1.18))
