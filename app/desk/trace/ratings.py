"""What the person at this program rated in the scope of the desk, and how the scorer agrees. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from app.desk.data import DeskData
from app.models.shown_run import ShownRun
from app.panels.texts import decimal
from engine.scores.labels import PERSON, Agreement, agreement
from engine.scores.traces import score_of


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many steps were rated, and what the scorer thinks of those that it has scored."""

    rated: int
    found: Agreement

    @property
    def kappa_words(self) -> str:
        return decimal(self.found.kappa)

    @property
    def auc_words(self) -> str:
        return decimal(self.found.auc)


def rating_agreement(data: DeskData, shown: ShownRun) -> Agreed:
    """Over all steps in the scope that were rated here, each counted once; neutral counts as good."""
    scores: list[float | None] = []
    ratings: list[int | None] = []
    for run in data.rated_runs:
        tree = shown.remarks.tree if run == shown.run else data.tree(run)
        for node, said in tree.ratings.items():
            if PERSON in said:
                score = score_of(tree, tree.nodes[node], data.scorer)
                scores.append(None if score is None else score.value)
                ratings.append(said[PERSON])
    return Agreed(len(ratings), agreement(scores, ratings))


def next_unrated(data: DeskData, after: int | None) -> int | None:
    """The next trace of the table, round its end, with a step that nobody here has rated; None: all are rated."""
    traces = data.table.traces
    first = 0 if after is None else after + 1
    for number in chain(range(first, len(traces)), range(first)):
        trace = traces[number]
        if number != after and any(not data.is_rated(trace.run, node) for node in trace.nodes):
            return number
    return None
