"""`bench canvas`: what painting a tree costs the window's thread, alone and beside two usual ways to draw one.

Times are processor time of this thread (`time.thread_time`), in ms: the real widget, 1280 x 800, painted at once after
each step of a pan and a zoom. The rivals draw the same nodes, edges and colours in the same run; both sides pan.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QApplication

from app.benchmarks import rival_canvases
from app.benchmarks.made_up_tree import MadeUpRun
from app.bootstrap import make_application
from app.canvas.canvas import TreeCanvas
from app.canvas.map_mode import MapMode
from app.canvas.whole import WholeTree
from app.start.system import why_no_display
from app.theme import Theme

SIZE = QSize(1280, 800)
SMALL, MEDIUM, LARGE = 1_000, 100_000, 1_000_000
INSERTED = 1_000
WARM = 3
"""Frames before those that count."""


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figures of table `canvas`."""
    if why_no_display(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["espalier"])
    theme = Theme("dark")
    theme.apply(app)
    frames = 24 if quick else 60
    small, _ = _full(theme, SMALL, seed, frames)
    medium, rest = _full(theme, MEDIUM, seed, frames)
    large, _ = _full(theme, LARGE, seed, frames)
    rivals = rival_canvases.measure(MadeUpRun(MEDIUM, seed), SIZE, 5 if quick else 12)
    return {
        "full_1k_ms_p95": round(small[1], 2),
        "full_100k_ms_p95": round(medium[1], 2),
        "full_1m_ms_p95": round(large[1], 2),
        "cards_ms_p95": round(rest["cards"], 2),
        "insert_1000_at_100k_ms": round(rest["insert"], 2),
        "ratio_100k_1k": round(medium[0] / small[0], 2),
        **{f"speedup_vs_{name}": _ratio(cost, rest["pan"]) for name, cost in rivals.items()},
    }


def _full(theme: Theme, nodes: int, seed: int, frames: int) -> tuple[tuple[float, float], dict[str, float]]:
    """(median, p95) of a pan and a zoom over the whole tree; for the medium one also other figures."""
    print(f"canvas: {nodes} nodes", file=sys.stderr)
    made = MadeUpRun(nodes, seed)
    canvas, mode = _canvas(theme, made)
    whole = _timed(canvas, list(_pan_and_zoom(mode)), frames)
    rest: dict[str, float] = {}
    if nodes == MEDIUM:
        rest["pan"] = float(np.median(_timed(canvas, [mode.camera.home, *_pan(mode)], frames)))
        rest["cards"] = _percentile(_timed(canvas, list(_pan_over_cards(mode, canvas.whole_tree)), frames), 95)
        mode.camera.home()
        inserts = _timed(canvas, [mode.rebuild], frames // 3, before=partial(made.grow, INSERTED))
        rest["insert"] = float(np.median(inserts))
    canvas.close()
    canvas.deleteLater()
    return (float(np.median(whole)), _percentile(whole, 95)), rest


def _canvas(theme: Theme, made: MadeUpRun) -> tuple[TreeCanvas, MapMode]:
    canvas = TreeCanvas(made.shown, theme)
    canvas.animations = False
    canvas.resize(SIZE)
    canvas.show()
    canvas.set_mode("map")
    canvas.settle()
    QApplication.processEvents()
    mode = canvas.mode
    assert isinstance(mode, MapMode)
    return canvas, mode


def _timed(
    canvas: TreeCanvas, steps: list[Callable[[], None]], frames: int, before: Callable[[], None] | None = None
) -> list[float]:
    """Milliseconds of each step with the painting after it, without what happens `before`."""
    times = []
    for frame in range(WARM + max(frames, len(steps))):
        if before is not None:
            before()
        began = time.thread_time()
        steps[frame % len(steps)]()
        canvas.repaint()
        times.append((time.thread_time() - began) * 1000)
    return times[WARM:]


def _pan_and_zoom(mode: MapMode) -> Iterator[Callable[[], None]]:
    """A pan by steps of 3 px from the full view, then a zoom into the middle and out again."""
    yield mode.camera.home
    yield from _pan(mode)
    middle = QPointF(SIZE.width() / 2, SIZE.height() / 2)
    for factor in [1.05] * 12 + [1 / 1.05] * 12:
        yield partial(mode.zoom, factor, factor, middle)


def _pan(mode: MapMode) -> list[Callable[[], None]]:
    return [partial(mode.pan, 2, -3)] * 12


def _pan_over_cards(mode: MapMode, tree: WholeTree) -> Iterator[Callable[[], None]]:
    """At 100 %, where a level is fullest."""
    levels = tree.levels
    fullest = int(np.argmax(np.diff(levels.starts)))
    places = np.array([levels.starts[fullest : fullest + 2].mean()], np.intp)

    def begin() -> None:
        mode.actual_size()
        mode.look_at(0, fullest, float(levels.middle(places)[0]))

    yield begin
    for step in [6] * 30 + [-6] * 30:
        yield partial(mode.pan, 0, step)


def _ratio(theirs: float | None, ours: float) -> float | None:
    return None if theirs is None else round(theirs / ours, 1)


def _percentile(values: list[float], percent: float) -> float:
    return float(np.percentile(values, percent))
