"""Half of `bench prm`: what the window's thread pays to draw the heat map of 10,000 traces of up to 30 steps.

A first draw is all of it: from the table of scores (first errors, totals and ranking, codes of the colours, the image)
to the end of the painting, all rows in sight. A repaint is one step of scrolling, with rows that can be read. Times
are processor time of this thread (`time.thread_time`); the table itself is made before.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from random import Random
from statistics import median

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from app.bootstrap import make_application
from app.desk.traces.heatmap.map import HeatMap
from app.desk.traces.heatmap.picture import Sheet
from app.desk.traces.words import label_words
from app.start.system import why_no_display
from app.theme import Theme
from engine.scores.aggregates import aggregated, ranking
from engine.scores.errors import first_error
from engine.scores.table import ScoreTable
from engine.scores.traces import ScoredTrace

TRACES, STEPS, SHORTEST = 10_000, 30, 10
MISSING = 0.03
"""Share of the steps that nobody has scored."""
SIZE = QSize(1280, 720)
WARM, DRAWS, QUICK_DRAWS = 2, 21, 7
SCROLLED_PX = 48


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figure `heatmap_ms` of table `prm`: the larger of two medians, of first draws and of repaints."""
    if why_no_display(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["espalier"])
    theme = Theme("dark")
    theme.apply(app)
    table = made_up_table(Random(seed), TRACES, STEPS)
    heat = HeatMap(theme)
    heat.resize(SIZE)
    heat.show()
    app.processEvents()
    draws = QUICK_DRAWS if quick else DRAWS
    first = _timed(lambda: show_whole(heat, table), heat, draws)
    heat.toggle_whole()  # rows that can be read, with labels
    bar = heat.verticalScrollBar()
    again = _timed(lambda: bar.setValue(bar.value() + SCROLLED_PX), heat, draws)
    heat.close()
    heat.deleteLater()
    print(f"prm: heat map first drawn in {first:.1f} ms, scrolled in {again:.1f} ms", file=sys.stderr, flush=True)
    return {"heatmap_ms": round(max(first, again), 1)}


def show_whole(heat: HeatMap, table: ScoreTable) -> None:
    """All rows of a table in sight, best first."""
    best_first = ranking(aggregated(table, "min"))
    sheet = Sheet(
        table.values,
        table.lengths,
        first_error(table),
        table.correct,
        lambda trace: label_words(table.traces[trace], with_run=True),
    )
    heat.show_sheet(sheet, best_first)


def made_up_table(random: Random, traces: int, steps: int) -> ScoreTable:
    """Right traces whose scores stay high, and wrong ones whose scores fall at some step."""
    return ScoreTable.of(_trace(random, number, steps) for number in range(traces))


def _trace(random: Random, number: int, steps: int) -> ScoredTrace:
    length = random.randint(min(SHORTEST, steps), steps)
    right = random.random() < 0.5
    falls = length if right else random.randrange(length)

    def score(step: int) -> float | None:
        middle = 0.85 if step < falls else 0.2
        return None if random.random() < MISSING else min(1.0, max(0.0, random.gauss(middle, 0.1)))

    scores = tuple(score(step) for step in range(length))
    answer = "24" if right else str(random.randint(1, 60))
    return ScoredTrace(number % 100 + 1, tuple(range(1, length + 1)), None, answer, right, scores)


def _timed(change: Callable[[], object], heat: HeatMap, times: int) -> float:
    """Median milliseconds of a change with the painting after it."""
    found = []
    for _ in range(WARM + times):
        began = time.thread_time()
        change()
        heat.viewport().repaint()
        found.append((time.thread_time() - began) * 1000)
    return median(found[WARM:])
