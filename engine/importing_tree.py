"""A tree from elsewhere as the log of a run: what was searched there, as far as its file says it. Pure; knows no file.

    draft = TreeDraft("log.json, puzzle 900", "4 5 6 10", scale=Scale(0, 60, "sum of 3 votes"), told={"format": "..."})
    first, second = draft.expand(ROOT, [Step("10 - 4 = 6"), Step("4 + 5 = 9")])
    draft.score([(first, 20.0), (second, 1.0)], "self-evaluation", "GPT-4 votes")
    draft.end_iteration()
    kept = draft.finish(chosen=first, answer="24", correct=True)

Numbers stay on the scale of their file; nothing is made up that a file does not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from engine import __version__
from engine.commands import RunPlan
from engine.events import (
    AnyEvent,
    Budget,
    Choice,
    Cost,
    Credited,
    Expanded,
    IterationFinished,
    NewNode,
    NodeId,
    Noted,
    Pruned,
    RunFinished,
    RunStarted,
    Scale,
    Score,
    Scored,
    Selected,
    Source,
)
from engine.importing import LONGEST_NAME, UNKNOWN, Kept, Origin, problem_of
from engine.problems.question import Question
from engine.search.imported import Imported
from engine.traces.spans import without_halves

MOST_LEVELS = 1_000
"""What walks from a node to the root takes time in its depth."""
MOST_NODES = 200_000
MOST_CHILDREN = 10_000
MOST_VISITS = 2**31 - 1
"""Of one node: what a column of N holds."""
LONGEST_TOLD = 1_000
LINE_END = "\n"
_NO_VERDICT = "nobody says whether the answer is right"
PRIORS = "equal shares where the file has none"
"""What is told of P, so that nobody takes our shares for the file's word."""


class DraftError(ValueError):
    """The tree cannot be a run; the message says why, in words that follow `line 3: `."""


class Step(NamedTuple):
    """One node as a file has it."""

    text: str
    prior: float | None = None
    """In [0, 1]; None: an equal share among those born with it."""
    logprob: float | None = None
    terminal: bool = False
    broken: str = ""
    hidden: bool = False
    samples: int = 0
    goes_on: bool = False
    """Whether the next step goes on in its line: it gets no line end."""


class TreeDraft:
    """A log as it is written, from its first event on. Steps without a line end get one, or they would run together."""

    def __init__(
        self,
        name: str,
        question: str,
        *,
        answer: str = "",
        model: str = "",
        scale: Scale | None = None,
        told: Mapping[str, str] | None = None,
    ) -> None:
        """`name` says where it came from, `answer` is the right one where it is known, `told` what else the file says,
        with `format`."""
        origin = Origin(*map(without_halves, (name, question, answer, model)))
        self._origin = origin._replace(name=origin.name[:LONGEST_NAME])
        self._problem: Question = problem_of(self._origin)
        self._plan = RunPlan(self._problem.kind, self._problem.text, Imported.name, {}, verifiers=())
        words = {without_halves(key): without_halves(text)[:LONGEST_TOLD] for key, text in (told or {}).items()}
        self._started = RunStarted(
            self._plan.problem, self._plan.text, self._problem.prompt, self._plan.search, {}, 0, Budget(),
            self._origin.model or UNKNOWN, (), __version__, _proper(scale or Scale()), words,
        )  # fmt: skip
        self._events: list[AnyEvent] = []
        """What followed."""
        self._depths, self._visits = [0], [0]
        """By node."""
        self._opened = self._shared = False
        self.iteration = 1
        """Number of the iteration that is written."""

    @property
    def size(self) -> int:
        """Nodes so far, the root included."""
        return len(self._depths)

    def expand(self, parent: NodeId, steps: Sequence[Step], cost: Cost | None = None) -> tuple[NodeId, ...]:
        """Children of a node that is there; their numbers. A parent may be named again. Raises DraftError."""
        depth, first = self._depths[parent] + 1, len(self._depths)
        if depth > MOST_LEVELS:
            raise DraftError(f"it is more than {MOST_LEVELS:,} steps deep, and so many can be shown")
        if first + len(steps) > MOST_NODES or len(steps) > MOST_CHILDREN:
            raise DraftError(f"it has more than {MOST_NODES:,} nodes, or more than {MOST_CHILDREN:,} below one")
        born = tuple(self._new(first + place, step, len(steps)) for place, step in enumerate(steps))
        self._depths += [depth] * len(born)
        self._visits += [0] * len(born)
        self._add(Expanded(self.iteration, parent, born, cost or Cost(), generator="given"))
        self._shared = self._shared or (len(steps) > 1 and any(step.prior is None for step in steps))
        return tuple(range(first, first + len(born)))

    def select(self, path: Sequence[NodeId], formula: str, choices: Sequence[Choice] = ()) -> None:
        """A walk from the root to a leaf, with its arithmetic where the file has it."""
        self._add(Selected(self.iteration, path[-1], tuple(path), formula, tuple(choices)))

    def score(
        self,
        values: Sequence[tuple[NodeId, float]],
        source: Source,
        verifier: str,
        notes: Mapping[NodeId, str] | None = None,
        channels: Mapping[NodeId, tuple[tuple[str, float], ...]] | None = None,
        cost: Cost | None = None,
    ) -> None:
        """What somebody said of steps, on the run's scale; further numbers, each on its own, as `channels`."""
        notes, channels, verifier = notes or {}, channels or {}, without_halves(verifier)
        scores = tuple(
            Score(node, value, source, verifier, without_halves(notes.get(node, "")), named(channels.get(node, ())))
            for node, value in values
        )
        self._add(Scored(self.iteration, scores, cost or Cost()))

    def credit(self, counts: Sequence[tuple[NodeId, int, float]], *, single: bool = False) -> None:
        """Visits and values of nodes, each its own: N and W grow by them. A path goes top down. `single`: each value
        is what one visit was worth (see Credited). Raises DraftError."""
        nodes, visits, values = zip(*counts, strict=True) if counts else ((), (), ())
        for node, more in zip(nodes, visits, strict=True):
            self._visits[node] += more
            if self._visits[node] > MOST_VISITS:
                raise DraftError(f"a node has {self._visits[node]:,} visits, and {MOST_VISITS:,} can be shown")
        self._add(Credited(self.iteration, nodes, visits, values, single))

    def prune(self, nodes: Sequence[NodeId], reasons: Sequence[str]) -> None:
        """Nodes that the search there did not go on with."""
        self._add(Pruned(self.iteration, tuple(nodes), tuple(map(without_halves, reasons))))

    def note(self, node: NodeId, text: str) -> None:
        """What the file says of a node in words, beside its step. Belongs to no iteration."""
        self._events.append(Noted(node, without_halves(text)))

    def add(self, event: AnyEvent) -> None:
        """Any other event, e.g. RolledOut, Voted, Backpropagated; its texts are proper Unicode."""
        self._add(event)

    def end_iteration(self) -> None:
        """What follows belongs to the next one. Nothing happens in an iteration without an event."""
        if self._opened:
            self._events.append(IterationFinished(self.iteration))
            self._opened = False
            self.iteration += 1

    def finish(
        self,
        chosen: NodeId | None = None,
        answer: str | None = None,
        correct: bool | None = None,
        verdict: str = "",
        why: str = "",
        rollout: int | None = None,
    ) -> Kept:
        """The run. `correct` and `verdict` are the file's own word on the answer; `rollout` is the number
        of the one of `chosen` that completes the trace. Raises DraftError without a step."""
        if self.size == 1:
            raise DraftError("it has no steps")
        self.end_iteration()
        why = why or f"The tree was read from {self._origin.name}."
        answer = None if answer is None else " ".join(without_halves(answer).split())
        said = without_halves(verdict) or _NO_VERDICT
        end = RunFinished("finished", without_halves(why), chosen, answer, correct, said, rollout)
        more = {"prior": PRIORS} if self._shared else {}
        return Kept(self._plan, (replace(self._started, told=self._started.told | more), *self._events, end))

    def _add(self, event: AnyEvent) -> None:
        self._events.append(event)
        self._opened = True

    def _new(self, number: NodeId, step: Step, siblings: int) -> NewNode:
        text = without_halves(step.text)
        return NewNode(
            number,
            text if step.goes_on or text.endswith(LINE_END) else text + LINE_END,
            1.0 / siblings if step.prior is None else step.prior,
            step.logprob,
            step.terminal,
            step.samples,
            hidden=step.hidden,
            broken=without_halves(step.broken),
        )


def named(channels: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Numbers whose names are proper Unicode."""
    return tuple([(without_halves(name), value) for name, value in channels])


def _proper(scale: Scale) -> Scale:
    return replace(scale, words=without_halves(scale.words))


def told(record: Mapping[str, Any], *keys: str) -> dict[str, str]:
    """What is there of these, as texts: numbers and flags too."""
    found = {key: record[key] for key in keys if isinstance(record.get(key), str | int | float)}
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in found.items()
        if value != ""
    }
