"""Labelled traces of a session as token ids, divided into those to learn from and those to measure on.

A label stands where the scorer will be read (`engine.verifiers.reading`): at a step's last token, and for the last step
of an ended trace at the token that ends the turn. Knows token ids, no network.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from engine.labelled import LEAST_LABELS, LabelledError, LabelledTrace
from engine.learning.examples import IGNORED, Labelled
from engine.llm.text import THINK_TAGS, Vocabulary

HELD_OUT = 0.2
"""Share of the problems (of the traces, where there are fewer than FEW problems) that is measured on, at most."""
MOST_HELD_OUT = 400
"""Traces from which no more are held out: they say enough, and are read again and again."""
FEW = 5


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
            if not new or step.strip() in ("", *THINK_TAGS) or len(ids) + len(new) > self._longest:
                label = None
            ids += new
            labels += [IGNORED] * (len(new) - 1) + [IGNORED if label is None else label] if new else []
        last = max((place for place, label in enumerate(labels) if label != IGNORED), default=-1)
        return Labelled(ids[: last + 1], labels[: last + 1])


def labels_in(example: Labelled) -> list[int]:
    """Those that stand at its tokens."""
    return [label for label in example.labels if label != IGNORED]


def divided(traces: Sequence[LabelledTrace], reader: Reader, seed: int) -> Parts:
    """Examples of all traces with a label, in two parts that follow from the seed. Raises LabelledError."""
    asked = [trace for trace in traces if any(label is not None for label in trace.labels)]
    read = [(trace, reader.example(trace)) for trace in asked]
    too_long = sum(len(labels_in(example)) < _wanted(trace) for trace, example in read)
    read = [(trace, example) for trace, example in read if labels_in(example)]
    found = Counter(label for _, example in read for label in labels_in(example))
    if found.total() < LEAST_LABELS:
        raise LabelledError(
            f"There are {found.total()} labels that the model can read, of {sum(map(_wanted, asked))}: at least "
            f"{LEAST_LABELS} are needed."
        )
    if len(found) < 2:
        kind = "good" if found[1] else "bad"
        raise LabelledError(f"All {found.total()} labels are {kind}: there is nothing to tell apart.")
    by_problem = len({trace.problem for trace, _ in read}) >= FEW
    groups = [trace.problem if by_problem else str(number) for number, (trace, _) in enumerate(read)]
    held = _held_out(groups, [labels_in(example) for _, example in read], seed)
    learn = tuple(example for group, (_, example) in zip(groups, read, strict=True) if group not in held)
    measure = tuple(example for group, (_, example) in zip(groups, read, strict=True) if group in held)
    return Parts(learn, measure, too_long, by_problem)


def _wanted(trace: LabelledTrace) -> int:
    return sum(label is not None for label in trace.labels)


def _held_out(groups: Sequence[str], labels: Sequence[Sequence[int]], seed: int) -> frozenset[str]:
    """The groups of examples that are measured on; labels of both kinds stay to be learned from."""
    counts: dict[str, Counter[int]] = {}
    for group, found in zip(groups, labels, strict=True):
        counts.setdefault(group, Counter()).update(found)
    left, sizes = Counter(chain.from_iterable(labels)), Counter(groups)
    order = sorted(counts)
    random.Random(seed).shuffle(order)
    chosen: set[str] = set()
    held = 0
    for group in order:
        if len(chosen) >= round(HELD_OUT * len(order)) or held >= MOST_HELD_OUT:
            break
        if all(left[kind] > counts[group][kind] for kind in (0, 1)):
            left -= counts[group]
            chosen.add(group)
            held += sizes[group]
    return frozenset(chosen)
