"""`bench timeline`: how fast any moment of a long run is on screen. Times are CPU times of this thread; no window.

A seek is what the window does: the run goes to the cursor, and the nodes that a window shows are read.
"""

from __future__ import annotations

import sys
import time
from random import Random

import numpy as np

from app.benchmarks.long_run import long_run
from app.models.shown_run import ShownRun
from engine.events import ROOT
from engine.tree import Tree, fold

EVENTS = 1_000_000
SEEKS, FEW_SEEKS = 1000, 200
FOLDED = 100_000
"""Events whose folding is timed."""


def run(quick: bool, seed: int) -> dict[str, object]:
    """Figures of table `timeline`."""
    records = long_run(EVENTS, seed)
    print(f"timeline: {EVENTS:,} events are made", file=sys.stderr, flush=True)
    began = time.thread_time()
    fold(records[:FOLDED])
    folding = time.thread_time() - began
    shown = ShownRun()
    shown.show(1, records)
    look(shown)
    print("timeline: and shown", file=sys.stderr, flush=True)
    random = Random(seed)
    seeks = [_seek(shown, random) for _ in range(FEW_SEEKS if quick else SEEKS)]
    return {
        "seek_1m_ms_p95": round(float(np.percentile(seeks, 95)) * 1000, 2),
        "fold_events_per_s": round(FOLDED / folding),
    }


def _seek(shown: ShownRun, random: Random) -> float:
    """Seconds for a look at any event."""
    cursor = random.randrange(1, shown.total)
    began = time.thread_time()
    shown.seek(cursor)
    look(shown)
    return time.thread_time() - began


def look(shown: ShownRun) -> None:
    """Read what is in sight: the selected path with all that stands beside it, and the arrays that views paint."""
    tree, history = shown.tree, shown.history
    path = tree.path(_selected(tree))
    for node in path:
        for child in tree.children(node.id):
            _ = child.step, child.value, child.scores, child.choice
    _ = history.visits, history.value, history.mark


def _selected(tree: Tree) -> int:
    return ROOT if tree.selected is None else tree.selected.leaf
