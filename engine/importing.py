"""A trace from elsewhere as the log of a run: its steps are given, its spans kept, nothing is searched. Pure.

`engine.run_traces.trace_of` gives the trace back as it was. Knows no file and no storage.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from engine import __version__
from engine.commands import RunPlan
from engine.events import ROOT, AnyEvent, Budget, Expanded, NewNode, Record, RunFinished, RunStarted, TraceRead
from engine.problems import ProblemError
from engine.problems.question import MAX_QUESTION, Question
from engine.search.imported import Imported
from engine.traces.answers import MOST_ANSWER
from engine.traces.spans import Kind, Span, Trace, without_halves
from engine.traces.steps import Step, cut

MOST_STEPS = 400
"""Of one trace, as nodes: a longer one has several steps of its text in a node, since what walks from a node to the
root takes time in its depth, and a path of thousands of cards helps nobody. Whoever reads the text cuts it finer."""
LONGEST_NAME = 200
UNKNOWN = "unknown model"
UNNAMED = "A trace"
_MOST_QUESTION = MAX_QUESTION - 1_000
_BROKEN = {"hidden": "the text was cut off inside the thought", "exposed": "the text was cut off"}


class Origin(NamedTuple):
    """What is known about a trace beside its text."""

    name: str
    """Where it came from, e.g. a file's name."""
    question: str = ""
    """What the model was asked; unknown if empty."""
    answer: str = ""
    """The right answer, where it is known; nothing is chosen by it."""
    model: str = ""


class Kept(NamedTuple):
    """A run that a session can take: its plan, and its events from first to last."""

    plan: RunPlan
    events: tuple[AnyEvent, ...]
    times: tuple[float, ...] = ()
    """When each of them happened (seconds since the epoch), where the file says it."""

    def records(self, run: int, at: float) -> list[Record]:
        """The log; what has no time of its own gets `at` (seconds since the epoch)."""
        times = self.times or (at,) * len(self.events)
        return [Record(run, seq, *one) for seq, one in enumerate(zip(times, self.events, strict=True), 1)]


def kept(trace: Trace, origin: Origin, told: Mapping[str, str] | None = None) -> Kept:
    """The run that a trace becomes; `told` is what else its file says. Half characters come out as U+FFFD."""
    trace = replace(
        trace, text=without_halves(trace.text), how=without_halves(trace.how), splitter=without_halves(trace.splitter)
    )
    origin = Origin(*map(without_halves, origin))
    origin = origin._replace(name=origin.name[:LONGEST_NAME])
    problem = problem_of(origin)
    plan = RunPlan(problem.kind, problem.text, Imported.name, {}, verifiers=())
    steps = tuple(_born(trace, steps_of(trace)))
    return Kept(plan, (_started(plan, problem, origin, told or {}), *steps, _read(trace, origin, len(steps)),
                       _finished(trace, origin, problem, len(steps))))  # fmt: skip


def steps_of(trace: Trace, most: int = MOST_STEPS) -> tuple[tuple[str, Kind], ...]:
    """Its steps, each with what it is; joined they give the text. Steps end where spans do. About `most`, at most.
    They are its writer's own, where there are such; else the text is cut.

    A tag that closes a thought is a step; any other one belongs to the step that it opens, at the end to the last.
    """
    found: list[tuple[str, Kind]] = []
    opening, before = "", None
    for span in trace.spans:
        text = trace.text[span.start : span.end]
        if span.kind == "tag" and before == "hidden":
            found.append((text, "hidden"))
        elif span.kind == "tag":
            opening += text
        elif text:
            for place, step in enumerate(_pieces(trace, span)):
                found.append((("" if place else opening) + trace.text[step.start : step.end], span.kind))
            opening = ""
        before = span.kind if text else before
    if opening:
        found[-1:] = [(found[-1][0] + opening, found[-1][1])] if found else [(opening, "exposed")]
    return tuple(_fewer(found, most))


def _pieces(trace: Trace, span: Span) -> tuple[Step, ...]:
    if not trace.steps:
        return cut(trace.text, span.start, span.end)
    ends = trace.steps[bisect_right(trace.steps, span.start) : bisect_left(trace.steps, span.end)]
    return tuple(Step(*piece) for piece in pairwise((span.start, *ends, span.end)))


def _fewer(steps: Sequence[tuple[str, Kind]], most: int) -> Iterator[tuple[str, Kind]]:
    """At most about so many: neighbours of one kind together."""
    size = -(-len(steps) // most) or 1
    gathered: list[str] = []
    for place, (text, kind) in enumerate(steps):
        gathered.append(text)
        is_last = place + 1 == len(steps) or steps[place + 1][1] != kind
        if is_last or len(gathered) >= size:
            yield "".join(gathered), kind
            gathered = []


def _started(plan: RunPlan, problem: Question, origin: Origin, told: Mapping[str, str]) -> RunStarted:
    return RunStarted(
        plan.problem, plan.text, problem.prompt, plan.search, {}, 0, Budget(), origin.model or UNKNOWN, (), __version__,
        told={without_halves(key): without_halves(words) for key, words in told.items()},
    )  # fmt: skip


def _born(trace: Trace, steps: Sequence[tuple[str, Kind]]) -> Iterator[Expanded]:
    for number, (text, kind) in enumerate(steps, 1):
        is_last = number == len(steps)
        broken = _BROKEN.get(trace.cut_off, "") if is_last else ""
        born = NewNode(number, text, 1.0, terminal=is_last, samples=0, hidden=kind == "hidden", broken=broken)
        yield Expanded(1, number - 1, (born,), generator="given")


def _read(trace: Trace, origin: Origin, end: int) -> TraceRead:
    return TraceRead(
        node=end,
        name=origin.name,
        how=trace.how,
        splitter=trace.splitter,
        spans=tuple((span.kind, span.start, span.end) for span in trace.spans),
        cut_off=trace.cut_off,
        thinking=trace.thinking,
        steps=trace.steps,
        opaque=tuple((part.what, part.sha256, part.size, part.tokens, part.at) for part in trace.opaque),
        answer=origin.answer,
    )


def _finished(trace: Trace, origin: Origin, problem: Question, end: int) -> RunFinished:
    """The answer is that of the exposed text alone."""
    exposed = trace.of("exposed")
    verdict = problem.check_answer(exposed)
    why = f"The trace was read from {origin.name}."
    if end == ROOT:
        return RunFinished("finished", why, None, None, None, "There is no text that could be read.")
    return RunFinished("finished", why, end, problem.read_answer(exposed), verdict.correct, verdict.reason)


def problem_of(origin: Origin) -> Question:
    """What was asked; the name stands for a question that nobody knows."""
    question, answer = origin.question.strip()[:_MOST_QUESTION], " ".join(origin.answer.split())
    known = answer if len(answer) <= MOST_ANSWER else None
    for asked in (question, origin.name):
        try:
            return Question.parse(Question(asked, known or None).text)
        except ProblemError:  # empty, or no more than what looks like a right answer
            continue
    return Question(UNNAMED)
