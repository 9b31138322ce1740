"""Labels of the steps of many traces from one source, as a rectangle like that of their scores. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Generator

import numpy as np

from engine.events import NodeId
from engine.scores.labels import LabelSource, MonteCarloLabels, labels_of
from engine.scores.table import Floats, ScoreTable
from engine.tree import Tree


def gather(
    table: ScoreTable, tree_of: Callable[[int], Tree], source: LabelSource, found: MonteCarloLabels
) -> Generator[None, None, Floats]:
    """(traces, longest) 1 good, 0 not, nan where nobody says; yields after every trace.

    A step that several traces go through has one label, which is counted once: at the first of them.
    """
    labels = np.full_like(table.values, np.nan)
    seen: set[tuple[int, NodeId]] = set()
    for row, trace in enumerate(table.traces):
        fresh = [(trace.run, node) not in seen for node in trace.nodes]
        tree = tree_of(trace.run)
        if any(fresh) and trace.nodes[-1] in tree.nodes:  # another session may have been opened meanwhile
            said = labels_of(tree, trace.nodes, (source,), found)
            for column, (new, label) in enumerate(zip(fresh, said, strict=True)):
                if new and label is not None:
                    labels[row, column] = label
            seen.update((trace.run, node) for node in trace.nodes)
        yield
    return labels
