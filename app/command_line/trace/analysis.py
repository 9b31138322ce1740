"""All that is worked out about a trace, in one value: steps, functions, overthinking, alignment; and about several.

Knows no file and no report. No model judges: everything is rules over what was written.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.command_line.trace.input import Reading
from engine.traces.alignment import Alignment, align, hidden_steps, ranges
from engine.traces.answers import Answer, same_answer, value_of
from engine.traces.claims import read_steps
from engine.traces.divergence import Distribution, Divergence, distribution, divergences
from engine.traces.functions import Function, Label, label, shares
from engine.traces.loops import Repeats, repeats
from engine.traces.overthinking import Fold, Meter, fold, measure
from engine.traces.steps import Step

MOST_COMPARED = 100
"""Traces that are compared pair by pair."""


class Analysis(msgspec.Struct, frozen=True):
    """A trace and what was found in it."""

    reading: Reading
    alignment: Alignment
    labels: tuple[Label, ...]
    functions: dict[Function | None, float]
    """Shares of the thought's characters."""
    meter: Meter
    fold: Fold
    repeats: Repeats
    gold: bool
    """A gold answer was given."""
    right_hidden: bool | None
    """Whether the thought's answer is the gold one; None without a gold answer, or without an answer."""
    right_exposed: bool | None

    @property
    def answer(self) -> Answer | None:
        """The answer shown; for want of one, the thought's own."""
        return self.alignment.answer.exposed or self.alignment.answer.hidden


class Group(msgspec.Struct, frozen=True):
    """Several traces, by their numbers from 0."""

    compared: tuple[int, ...]
    """Those with a thought; the numbers in `pairs` count these."""
    pairs: tuple[Divergence, ...]
    answers: Distribution


def analyse(reading: Reading, gold: str | None = None) -> Analysis:
    """Everything about one trace. `gold`: the right answer, where it is known."""
    trace = reading.trace
    right = None if gold is None else _given(gold)
    steps = hidden_steps(trace)
    said = read_steps(trace.text, steps)
    alignment = align(trace.text, steps, ranges(trace, "exposed"), said=said)
    labels = label(trace.text, steps)
    answers = alignment.answer
    meter = measure(
        trace.text,
        steps,
        correct=None if right is None else lambda text: same_answer(_given(text), right),
        final=answers.exposed,
        said=said,
    )
    if right is not None:
        meter = msgspec.structs.replace(meter, judged="equal to the answer given with --gold")
    return Analysis(
        reading,
        alignment,
        labels,
        shares(labels, steps),
        meter,
        fold(steps, labels),
        repeats(trace.text, steps),
        right is not None,
        _is_right(answers.hidden, right),
        _is_right(answers.exposed, right),
    )


def group(analyses: Sequence[Analysis]) -> Group | None:
    """Where the thoughts of several traces part, and which answers they reach; None for one alone."""
    if len(analyses) < 2:
        return None
    thoughts = [one.reading.trace.of("hidden") for one in analyses]
    compared = tuple(number for number, thought in enumerate(thoughts) if thought.strip())[:MOST_COMPARED]
    pairs = divergences([thoughts[n] for n in compared], [_from_start(analyses[n].alignment.steps) for n in compared])
    return Group(compared, pairs, distribution([one.answer for one in analyses]))


def _from_start(steps: Sequence[Step]) -> list[Step]:
    """The steps as ranges of the thought itself, without what stands between its parts."""
    moved: list[Step] = []
    for step in steps:
        start = moved[-1].end if moved else 0
        moved.append(Step(start, start + step.end - step.start))
    return moved


def _given(text: str) -> Answer:
    return Answer(0, len(text), text, value_of(text), "said")


def _is_right(answer: Answer | None, right: Answer | None) -> bool | None:
    return None if answer is None or right is None else same_answer(answer, right)
