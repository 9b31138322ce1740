"""Pairs for preference training (DPO, Rafailov et al. 2023): siblings of which one is clearly better than the other.

Where both have labels these decide, else the verifiers' word on the step. Never a pair across two prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.events import NodeId
from storage.exporters.labelled.traces import Json, LabelledExporter, LabelledRun

RATING_GAP = 2
"""Good against bad; neutral is a clear case of neither."""
SCORE_GAP = 0.5
MOST_OF_ONE = 4
"""Pairs of the siblings of one step, the widest gaps first."""


class _Pair(NamedTuple):
    gap: float
    chosen: NodeId
    rejected: NodeId
    by: str


def _records(run: LabelledRun) -> Iterator[Json]:
    labels, tree = run.labels(), run.tree
    for parent in tree.nodes.values():
        if len(parent.children) < 2:
            continue
        prefix = "".join(tree.steps(parent.id))
        pairs = sorted(_pairs(run, parent.children, labels), key=lambda pair: -pair.gap)
        for pair in pairs[:MOST_OF_ONE]:
            yield {
                "prompt": f"{run.question}\n\n{prefix}",
                "chosen": tree.nodes[pair.chosen].step,
                "rejected": tree.nodes[pair.rejected].step,
                "gap": pair.gap,
                "by": pair.by,
            }


def _pairs(run: LabelledRun, siblings: tuple[NodeId, ...], labels: dict[NodeId, int]) -> Iterator[_Pair]:
    """The best labelled one with each clearly worse one; and so of scored ones, where labels say nothing."""
    rated = {node: float(labels[node]) for node in siblings if node in labels}
    found = list(_against_best(run, rated, RATING_GAP, run.rater.labels))
    marks = {node: run.tree.nodes[node].mark for node in siblings}
    for source in dict.fromkeys(mark[1] for mark in marks.values() if mark is not None):
        scored = {
            node: run.tree.scale.share(mark[0])
            for node, mark in marks.items()
            if mark is not None and mark[1] == source
        }
        found += _against_best(run, scored, SCORE_GAP, source)
    seen: set[frozenset[NodeId]] = set()
    for pair in found:
        ends = frozenset((pair.chosen, pair.rejected))
        known = pair.chosen in labels and pair.rejected in labels
        if ends not in seen and not (known and pair.by != run.rater.labels):
            seen.add(ends)
            yield pair


def _against_best(run: LabelledRun, values: dict[NodeId, float], gap: float, by: str) -> Iterator[_Pair]:
    best = max(values, key=lambda node: values[node], default=None)
    for node, value in values.items():
        if best is not None and values[best] - value >= gap and run.text(node) != run.text(best):
            yield _Pair(values[best] - value, best, node, by)


DPO = LabelledExporter(
    "dpo",
    "DPO pairs",
    f"two steps behind the same text: good against bad, or scores at least {SCORE_GAP} apart; `by` says by what.",
    _records,
)
