"""Labelled traces of a session as token ids, divided into those to learn from and those to measure on.

A label stands where the scorer will be read (`engine.verifiers.reading`): at a step's last token, and for the last step
of an ended trace at the token that ends the turn. Knows token ids, no network.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from engine.labelled import LabelledError, LabelledTrace
from engine.learning.examples import IGNORED, Labelled
from engine.llm.text import Vocabulary

HELD_OUT = 0.2
"""Share of the problems (of the traces, where there are fewer than FEW problems) that is measured on."""
FEW = 5
LEAST = 8
"""Labels that a training needs; fewer teach nothing that could be measured."""


class Parts(NamedTuple):
    """What is learned from, and what is measured on."""

    learn: tuple[Labelled, ...]
    measure: tuple[Labelled, ...]
    too_long: int
    """Traces that were cut, or left out, because the model cannot read them to their end."""
    by_problem: bool
    """Whether no problem is in both."""


class Reader:
    """Makes examples of traces for one tokenizer. `end`: the token that ends a turn; `longest`: tokens of a trace."""

    def __init__(self, vocabulary: Vocabulary, end: int | None, longest: int) -> None:
        self._vocabulary, self._end, self._longest = vocabulary, end, longest

    def example(self, trace: LabelledTrace) -> Labelled:
        """Ids and labels up to the last label that the model can read; without labels where there is none."""
        ids = [*self._vocabulary.encode_prompt(trace.prompt, trace.thinking)]
        labels = [IGNORED] * len(ids)
        for number, (step, label) in enumerate(zip(trace.steps, trace.labels, strict=True), 1):
            new = [*self._vocabulary.encode_step(step)]
            if trace.ended and number == len(trace.steps) and self._end is not None:
                new.append(self._end)
            if not new or not step.strip() or len(ids) + len(new) > self._longest:
                label = None
            ids += new
            labels += [IGNORED] * (len(new) - 1) + [IGNORED if label is None else label] if new else []
        last = max((place for place, label in enumerate(labels) if label != IGNORED), default=-1)
        return Labelled(ids[: last + 1], labels[: last + 1])


def divided(traces: Sequence[LabelledTrace], reader: Reader, seed: int) -> Parts:
    """Examples of all traces with a label, in two parts that follow from the seed. Raises LabelledError."""
    asked = [trace for trace in traces if any(label is not None for label in trace.labels)]
    wanted = sum(label is not None for trace in asked for label in trace.labels)
    held, by_problem = _held_out(asked, seed)
    learn: list[Labelled] = []
    measure: list[Labelled] = []
    too_long = 0
    for number, trace in enumerate(asked):
        example = reader.example(trace)
        found = sum(label != IGNORED for label in example.labels)
        too_long += found < sum(label is not None for label in trace.labels)
        if found:
            (measure if number in held else learn).append(example)
    labels = [label for example in (*learn, *measure) for label in example.labels if label != IGNORED]
    if len(labels) < LEAST:
        raise LabelledError(
            f"There are {len(labels)} labels that the model can read, of {wanted}: at least {LEAST} are needed."
        )
    if len(set(labels)) < 2 or not learn:
        kind = "good" if labels[0] else "bad"
        raise LabelledError(f"All {len(labels)} labels are {kind}: there is nothing to tell apart.")
    return Parts(tuple(learn), tuple(measure), too_long, by_problem)


def _held_out(traces: Sequence[LabelledTrace], seed: int) -> tuple[frozenset[int], bool]:
    """The places of the traces that are measured on, and whether they are all of their problems'."""
    rng = random.Random(seed)
    problems = sorted({trace.problem for trace in traces})
    if len(problems) < FEW:
        count = round(HELD_OUT * len(traces))
        return frozenset(rng.sample(range(len(traces)), count)), False
    chosen = set(rng.sample(problems, max(1, round(HELD_OUT * len(problems)))))
    return frozenset(number for number, trace in enumerate(traces) if trace.problem in chosen), True
