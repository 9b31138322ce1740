"""All that is worked out about a trace, in one value: steps, functions, overthinking, alignment. Knows no file.

No model judges: everything is rules over what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from engine.traces.alignment import Alignment, align, hidden_steps, ranges
from engine.traces.answers import Answer, same_answer, whole_answer
from engine.traces.claims import read_steps
from engine.traces.functions import Function, Label, label, shares
from engine.traces.loops import Repeats, repeats
from engine.traces.overthinking import Fold, Meter, fold, measure
from engine.traces.spans import Trace

GIVEN = "equal to the right answer that was given"


class Analysis(msgspec.Struct, frozen=True):
    """What was found in a trace."""

    alignment: Alignment
    labels: tuple[Label, ...]
    functions: dict[Function | None, float]
    """Shares of the thought's characters, in [0, 1]."""
    meter: Meter
    fold: Fold
    repeats: Repeats
    gold: bool
    """Whether the right answer was given."""
    right_hidden: bool | None
    """Whether the thought's answer is the right one; None where that was not given, or there is no answer."""
    right_exposed: bool | None

    @property
    def answer(self) -> Answer | None:
        """The answer shown; for want of one, the thought's own."""
        return self.alignment.answer.exposed or self.alignment.answer.hidden


def analyse(
    trace: Trace,
    gold: str | None = None,
    by_hand: Mapping[int, Function | None] | None = None,
    token_ends: Sequence[int] = (),
    tell: Callable[[float], None] | None = None,
) -> Analysis:
    """Everything about one trace.

    `gold`: the right answer, where it is known. `by_hand`: functions that a person gave, by the offset at which a
    hidden step begins; where none begins any more, the label is left out. `token_ends`: the offset in the text at which
    each token of the thought ends, where that is known.
    `tell` hears what share of the work is done, in [0, 1].
    """
    done = tell or (lambda _share: None)
    right = None if gold is None else whole_answer(gold)
    steps = hidden_steps(trace)
    done(0.05)
    said = read_steps(trace.text, steps)
    done(0.3)
    exposed = ranges(trace, "exposed")
    alignment = align(trace.text, steps, exposed, said=said, tell=lambda share: done(0.3 + 0.6 * share))
    given = by_hand or {}
    numbered = {number: given[step.start] for number, step in enumerate(steps) if step.start in given}
    labels = label(trace.text, steps, by_hand=numbered)
    answers = alignment.answer
    meter = measure(
        trace.text,
        steps,
        correct=None if right is None else lambda text: same_answer(whole_answer(text), right),
        final=answers.exposed,
        token_ends=token_ends,
        said=said,
    )
    if right is not None:
        meter = msgspec.structs.replace(meter, judged=GIVEN)
    return Analysis(
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


def _is_right(answer: Answer | None, right: Answer | None) -> bool | None:
    return None if answer is None or right is None else same_answer(answer, right)
