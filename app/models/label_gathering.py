"""The labelled traces of a whole session, run by run, for a training. Knows no widget, no file and no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.models.probe_results import probe_named
from engine.labelled import LabelledTrace
from engine.problems import ProblemError
from engine.scores.labels import LabelSource, MonteCarloLabels
from engine.scores.training_set import labelled_traces
from engine.search.labels import LabelSteps
from engine.tree import Tree, TreeError
from storage.runs import RunInfo

TreeOf = Callable[[int], Tree]
"""The tree of a run, by its number; may raise TreeError."""


def gathered(
    runs: Sequence[RunInfo], tree_of: TreeOf, sources: Sequence[LabelSource], neutral: int | None
) -> Iterator[Sequence[LabelledTrace]]:
    """What each run gives, after all label runs have been read; so one can stop between two runs. A run whose log makes
    no sense, or whose kind of problem is not known here, gives nothing. The rest as for `labelled_traces`."""
    index = MonteCarloLabels()
    for info in runs:
        if info.plan.search == LabelSteps.name and "monte carlo" in sources and (tree := _tree(tree_of, info.id)):
            index.add(tree)
        yield ()
    for info in runs:
        if info.plan.search != LabelSteps.name and probe_named(info.plan.search) is None:
            tree = _tree(tree_of, info.id)
            try:
                yield () if tree is None else tuple(labelled_traces(tree, sources, index, neutral))
            except ProblemError:
                continue


def _tree(tree_of: TreeOf, run: int) -> Tree | None:
    try:
        return tree_of(run)
    except TreeError:
        return None
