"""The labelled traces of a session, as a training reads them (`engine.labelled`). Pure; knows no model and no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.labelled import LabelledTrace
from engine.nodes import Node, Tree
from engine.run_traces import thinks
from engine.scores.labels import SOURCES, LabelSource, MonteCarloLabels, labels_of


@dataclass
class LabelCount:
    """How many labels there are to learn from."""

    traces: int = 0
    good: int = 0
    bad: int = 0
    problems: set[str] = field(default_factory=set)

    @property
    def labels(self) -> int:
        return self.good + self.bad

    def add(self, trace: LabelledTrace) -> None:
        self.traces += 1
        self.good += trace.labels.count(1)
        self.bad += trace.labels.count(0)
        self.problems.add(trace.problem)


def labelled_traces(
    tree: Tree,
    sources: Sequence[LabelSource] = SOURCES,
    index: MonteCarloLabels | None = None,
    neutral: int | None = 1,
) -> Iterator[LabelledTrace]:
    """Every path from the root to a leaf with a label on it, in the order of the leaves.

    A step that several of them share is labelled in the first only: it is learned once. The arguments are those of
    `engine.scores.labels.labels_of`.
    """
    started = tree.started
    if started is None:
        return
    problem, thinking = f"{started.problem} {started.text}", thinks(tree)
    told: set[int] = set()
    for leaf in tree.leaves():
        path = tree.path(leaf.id)[1:]
        said = labels_of(tree, [node.id for node in path], sources, index, neutral)
        labels = tuple([None if node.id in told else label for node, label in zip(path, said, strict=True)])
        told.update(node.id for node in path)
        if any(label is not None for label in labels):
            steps = tuple([node.step for node in path])
            yield LabelledTrace(problem, started.prompt, steps, labels, _ends(path), thinking)


def counted(traces: Sequence[LabelledTrace]) -> LabelCount:
    """How many there are."""
    count = LabelCount()
    for trace in traces:
        count.add(trace)
    return count


def _ends(path: Sequence[Node]) -> bool:
    return bool(path) and path[-1].terminal and not path[-1].broken
