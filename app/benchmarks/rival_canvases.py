"""Two usual ways to draw a tree, for comparison: pyqtgraph's scatter and lines, and a QGraphicsScene. Nodes, edges,
colours and window are those of the Map; nothing is cached that would not have to be painted again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPen, QTransform
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from app.benchmarks.made_up_tree import MadeUpRun
from app.canvas.slots import SlotLayout

COLOURS = 32
WARM = 1


@dataclass(frozen=True)
class Drawing:
    """Nodes as points: level, row, parent (-1: the root), place on the colour map 0..COLOURS - 1."""

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    parent: npt.NDArray[np.int32]
    colour: npt.NDArray[np.intp]


def measure(made: MadeUpRun, size: QSize, frames: int) -> dict[str, float | None]:
    """Median ms of this thread for a step of a pan over the whole tree; None where a rival cannot be had."""
    history = made.shown.history
    layout = SlotLayout()
    layout.insert(history.parent)
    value = np.nan_to_num(history.value, nan=0.0)
    colour = np.clip(value * COLOURS, 0, COLOURS - 1).astype(np.intp)
    drawing = Drawing(layout.depth.astype(float), layout.left + layout.leaves / 2, layout.parent, colour)
    return {"pyqtgraph": _pyqtgraph(drawing, size, frames), "graphicsscene": _graphics_scene(drawing, size, frames)}


def _pyqtgraph(drawing: Drawing, size: QSize, frames: int) -> float | None:
    try:
        import pyqtgraph
    except ImportError as error:
        print(f"speedup_vs_pyqtgraph: {error}", file=sys.stderr)
        return None
    print("canvas: pyqtgraph", file=sys.stderr)
    plot = pyqtgraph.PlotWidget()
    plot.resize(size)
    plot.hideAxis("left")
    plot.hideAxis("bottom")
    box: Any = plot.getViewBox()
    box.disableAutoRange()
    x, y = (_pairs(axis, drawing.parent) for axis in (drawing.x, drawing.y))
    pen = pyqtgraph.mkPen("#48515f", width=1)
    plot.addItem(pyqtgraph.PlotCurveItem(x, y, connect="pairs", pen=pen, skipFiniteCheck=True))
    brushes = [pyqtgraph.mkBrush(colour) for colour in _colours()]
    dots = [brushes[number] for number in drawing.colour.tolist()]
    plot.addItem(pyqtgraph.ScatterPlotItem(x=drawing.x, y=drawing.y, size=4, pen=None, brush=dots))
    plot.show()
    QApplication.processEvents()
    rows, levels = float(drawing.y.max()), float(drawing.x.max())

    def pan(frame: int) -> None:
        box.setRange(xRange=(frame * 0.02, levels + frame * 0.02), yRange=(0, rows), padding=0)
        plot.viewport().repaint()

    cost = _median(pan, frames)
    plot.close()
    return cost


def _graphics_scene(drawing: Drawing, size: QSize, frames: int) -> float:
    print("canvas: QGraphicsScene", file=sys.stderr)
    scene = QGraphicsScene()
    pen = QPen(QColor("#48515f"))
    pen.setCosmetic(True)
    brushes, no_pen = [QBrush(colour) for colour in _colours()], QPen(Qt.PenStyle.NoPen)
    column, row = size.width() / drawing.x.max(), 1.0
    x, y = (drawing.x * column).tolist(), (drawing.y * row).tolist()
    for node, (parent, colour) in enumerate(zip(drawing.parent.tolist(), drawing.colour.tolist(), strict=True)):
        if parent >= 0:
            scene.addLine(x[parent], y[parent], x[node], y[node], pen)
        scene.addRect(x[node] - 2, y[node] - 2, 4, 4, no_pen, brushes[colour])
    view = QGraphicsView(scene)
    view.resize(size)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    view.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
    view.setTransform(QTransform.fromScale(1.05, 1.05 * size.height() / max(1.0, max(y))))
    view.show()
    QApplication.processEvents()

    def pan(frame: int) -> None:
        view.horizontalScrollBar().setValue(frame * 3)
        view.viewport().repaint()

    cost = _median(pan, frames)
    view.close()
    return cost


def _median(step: Callable[[int], None], frames: int) -> float:
    times = []
    for frame in range(WARM + frames):
        began = time.thread_time()
        step(frame)
        times.append((time.thread_time() - began) * 1000)
    return float(np.median(times[WARM:]))


def _pairs(axis: npt.NDArray[np.float64], parent: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """Start and end of every edge, one after the other."""
    return np.stack((axis[parent[1:]], axis[1:]), axis=1).ravel()


def _colours() -> list[QColor]:
    return [QColor.fromHsvF(number / COLOURS * 0.7, 0.7, 0.9) for number in range(COLOURS)]
