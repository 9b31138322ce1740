"""A record of a dataset of rated steps as the log of a run: given steps, siblings, ratings. Pure; knows no format.

Datasets keep their steps without what stands between them. In a run every step ends its line, so that the text of the
trace can be read; `as_given` takes this line end off again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine import __version__
from engine.commands import RunPlan
from engine.events import (
    ROOT,
    Budget,
    Expanded,
    NewNode,
    NodeId,
    RunFinished,
    RunStarted,
    StepRated,
    TraceRead,
)
from engine.importing import UNKNOWN, Kept, Origin, problem_of
from engine.search.imported import Imported
from engine.traces.answers import last_answer, same_answer, whole_answer
from engine.traces.spans import without_halves
from engine.tree import Tree

LINE_END = "\n"
_NO_VERDICT = "nobody says whether the answer is right"


class Given(NamedTuple):
    """One step of a dataset."""

    text: str
    rating: int | None = None
    """1 good, 0 neutral, -1 bad (PRM800K, Lightman et al. 2023); None: not rated."""
    ends: bool = False
    """Whether it ends a trace, as an answer does; of the step that is gone on with its place decides."""


class Level(NamedTuple):
    """What was written as one step of a trace: siblings, and which of them the next level goes on from."""

    given: tuple[Given, ...]
    on: int = 0


class Rated(NamedTuple):
    """One record. What a dataset does not say is empty or None."""

    dataset: str
    """Its name, e.g. `PRM800K`: whose word the ratings are."""
    question: str
    levels: tuple[Level, ...]
    answer: str = ""
    """The right one."""
    said: str | None = None
    """The answer of the trace; None: it is read in its last step, where that is an end."""
    correct: bool | None = None
    """The dataset's own word on the answer."""
    is_whole: bool = True
    """Whether the trace goes on to its end; a trace that was only read as far as its first wrong step has no answer."""
    model: str = ""
    """Who wrote the steps."""
    told: Mapping[str, str] = {}
    """What else the record says, by its own names."""


def chain(steps: Sequence[str], ratings: Sequence[int | None]) -> tuple[Level, ...]:
    """Levels of one step each."""
    return tuple([Level((Given(text, rating),)) for text, rating in zip(steps, ratings, strict=True)])


def kept_steps(record: Rated, name: str) -> Kept:
    """The run that a record becomes. `name` says where it came from. Half characters come out as U+FFFD."""
    origin = Origin(*map(without_halves, (name, record.question, record.answer, record.model)))
    problem = problem_of(origin)
    plan = RunPlan(problem.kind, problem.text, Imported.name, {}, verifiers=())
    started = RunStarted(
        plan.problem, plan.text, problem.prompt, plan.search, {}, 0, Budget(), origin.model or UNKNOWN, (), __version__
    )
    born = tuple(_born(record.levels))
    spine = _spine(record.levels)
    rated = (
        StepRated(node, step.rating, record.dataset)
        for node, step in enumerate((step for level in record.levels for step in level.given), 1)
        if step.rating is not None
    )
    read = _read(record, origin, spine, born)
    return Kept(plan, (started, *born, *rated, read, _finished(record, origin, spine)))


def as_given(tree: Tree, node: NodeId) -> str:
    """The text of a step as a dataset has it: exactly what it was where it came from one, else without blank ends."""
    step = tree.nodes[node].step
    if any(read.told for read in tree.read.values()):
        return step.removesuffix(LINE_END)
    return step.strip()


def _born(levels: Sequence[Level]) -> Iterator[Expanded]:
    parent, first = ROOT, 1
    for place, level in enumerate(levels):
        is_last = place + 1 == len(levels)
        children = tuple(
            NewNode(
                first + number,
                without_halves(step.text) + LINE_END,
                1.0 / len(level.given),
                terminal=is_last if number == level.on else step.ends,
                samples=0,
            )
            for number, step in enumerate(level.given)
        )
        yield Expanded(1, parent, children, generator="given")
        parent, first = first + level.on, first + len(level.given)


def _spine(levels: Sequence[Level]) -> tuple[NodeId, ...]:
    """The nodes of the trace that the levels go on along."""
    found: list[NodeId] = []
    first = 1
    for level in levels:
        found.append(first + level.on)
        first += len(level.given)
    return tuple(found)


def _read(record: Rated, origin: Origin, spine: tuple[NodeId, ...], born: Sequence[Expanded]) -> TraceRead:
    steps = {child.node: child.step for event in born for child in event.children}
    length = sum(len(steps[node]) for node in spine)
    told = {"dataset": record.dataset, **record.told}
    return TraceRead(
        node=spine[-1],
        name=origin.name,
        how=f"all steps of {record.dataset} are shown",
        splitter=record.dataset,
        spans=(("exposed", 0, length),),
        answer=origin.answer,
        told={without_halves(key): without_halves(value) for key, value in told.items()},
    )


def _finished(record: Rated, origin: Origin, spine: tuple[NodeId, ...]) -> RunFinished:
    why = f"The steps were read from {origin.name}."
    answer = record.said
    if answer is None and record.is_whole:
        last = record.levels[-1]
        found = last_answer(last.given[last.on].text)
        answer = None if found is None else found.text
    answer = None if answer is None else " ".join(without_halves(answer).split())
    correct, verdict = _verdict(record, answer)
    return RunFinished("finished", why, spine[-1], answer, correct, verdict)


def _verdict(record: Rated, answer: str | None) -> tuple[bool | None, str]:
    """The dataset's word, else by comparison: two that differ in words alone may well be the same."""
    if record.correct is not None:
        return record.correct, f"{record.dataset} says that the answer is {'right' if record.correct else 'wrong'}"
    if answer is None or not record.answer.strip():
        return None, _NO_VERDICT
    found, gold = whole_answer(answer), whole_answer(record.answer)
    if same_answer(found, gold):
        return True, f"the answer is {answer}"
    if found.value is not None and gold.value is not None:
        return False, f"the answer is {answer}, not {' '.join(without_halves(record.answer).split())}"
    return None, _NO_VERDICT
