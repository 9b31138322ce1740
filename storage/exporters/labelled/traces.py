"""The labelled traces of a run, for files that others train on: which there are, their steps, labels and outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.events import ROOT, NodeId
from engine.importing_steps import as_given
from engine.problems import Problem, ProblemError, parse_problem
from engine.tree import Tree
from storage.exporters.labelled.labels import Rater
from storage.runs import RunInfo

Json = Mapping[str, Any]


@dataclass(frozen=True)
class LabelledRun:
    """A run and whose labels are wanted. It has begun: it has a root."""

    info: RunInfo
    tree: Tree
    rater: Rater

    @property
    def question(self) -> str:
        """What the model was asked."""
        return self.tree.root.step

    @property
    def told(self) -> Mapping[str, str]:
        """What the dataset said of it, where it came from one."""
        return next((read.told for read in self.tree.read.values()), {})

    @property
    def problem(self) -> Problem | None:
        """None where this program does not know its kind."""
        try:
            return parse_problem(self.info.plan.problem, self.info.plan.text)
        except ProblemError:
            return None

    def text(self, node: NodeId) -> str:
        """A step as datasets have it."""
        return as_given(self.tree, node)

    def labels(self) -> dict[NodeId, int]:
        """Every label that there is, by node."""
        if self.rater.labels in ("ratings", "person", "dataset"):
            asked = {node: self.rater.of(self.tree, node) for node in self.tree.ratings if node != ROOT}
        else:
            asked = {}
            for leaf in self.tree.leaves():
                path = [entry.id for entry in self.tree.path(leaf.id)[1:]]
                asked |= dict(zip(path, self.rater.along(self.tree, path), strict=True))
        return {node: label for node, label in asked.items() if label is not None}


@dataclass(frozen=True)
class LabelledTrace:
    """One trace of it, at least one of whose steps has a label."""

    run: LabelledRun
    nodes: tuple[NodeId, ...]
    """From below the root."""
    labels: tuple[int | None, ...]
    """1 good, 0 neutral, -1 bad, None unknown; one for each step."""
    is_ended: bool
    """Whether it goes on to an answer."""

    @property
    def steps(self) -> list[str]:
        return [self.run.text(node) for node in self.nodes]

    @property
    def id(self) -> str:
        """As the dataset called it, else by its place in the session."""
        return self.run.told.get("id") or f"run {self.run.info.id}, step {self.nodes[-1]}"

    @property
    def correct(self) -> bool | None:
        """Whether the answer is right: as the run says where it chose this trace, else by the exact check."""
        end = self.run.tree.finished
        if not self.is_ended:
            return None
        if end is not None and end.chosen == self.nodes[-1] and end.rollout is None and end.correct is not None:
            return end.correct
        problem = self.run.problem
        return None if problem is None else problem.check_answer("".join(self.run.tree.steps(self.nodes[-1]))).correct

    def labelled_part(self) -> tuple[list[str], list[int]]:
        """The steps before the first one without a label, and their labels."""
        known = self.labels.index(None) if None in self.labels else len(self.labels)
        return self.steps[:known], [label for label in self.labels[:known] if label is not None]


def labelled_traces(run: LabelledRun) -> Iterator[LabelledTrace]:
    """Every ended trace with a label on it; then for labels that lie on none, the traces as far as these steps."""
    labels, tree = run.labels(), run.tree
    covered: set[NodeId] = set()
    ends = [node.id for node in tree.leaves() if node.terminal and not node.broken]
    rest = sorted(labels, key=lambda node: (-tree.nodes[node].depth, node))
    for place, end in enumerate((*ends, *rest)):
        is_ended = place < len(ends)
        if not is_ended and end in covered:
            continue
        path = tuple([entry.id for entry in tree.path(end)[1:]])
        found = tuple([labels.get(node) for node in path])
        if any(label is not None for label in found):
            covered.update(path)
            yield LabelledTrace(run, path, found, is_ended)


class LeftOutError(ValueError):
    """A trace cannot be said in a format; the message says why, in words for a list of counts."""


@dataclass(frozen=True, slots=True)
class LabelledExporter:
    """One format of records, each a line of JSON."""

    name: str
    """On the command line, e.g. `prm800k`."""
    title: str
    about: str
    """What a record is, for the page beside the file."""
    records: Callable[[LabelledRun], Iterator[Json | LeftOutError]]
    by_labels: bool = True
    """Whether labels of steps decide what is written."""


def by_trace(name: str, title: str, about: str, record: Callable[[LabelledTrace], Json]) -> LabelledExporter:
    """An exporter with one record for each labelled trace; `record` raises LeftOutError for one it cannot say."""

    def records(run: LabelledRun) -> Iterator[Json | LeftOutError]:
        for trace in labelled_traces(run):
            try:
                yield record(trace)
            except LeftOutError as error:
                yield error

    return LabelledExporter(name, title, about, records)
