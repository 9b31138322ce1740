"""Where reward models are read in a trace: at step ends and at `<|end|>`, or there only. Knows token ids, no model."""

from __future__ import annotations

from engine.learning.examples import IGNORED, Codec, Labelled
from engine.learning.number_traces import Trace
from engine.learning.tokenizer import STEP_ENDS

ANSWER = "Answer:"
"""Opens the last line of a complete solution."""


class StepMarker:
    """Puts a trace's labels at the tokens where the model is read: step ends, and `<|end|>` after the answer."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._ends = frozenset(
            codec.tokenizer.convert_tokens_to_ids(codec.tokenizer.tokenize(end)[-1]) for end in STEP_ENDS
        )

    def __call__(self, trace: Trace) -> Labelled:
        ids = self._codec.prompt_ids(trace.prompt, trace.given)
        labels = [IGNORED] * len(ids)
        for step, label in zip(trace.steps, trace.labels, strict=True):
            new = self._codec.ids(step)
            ids += new
            labels += [IGNORED] * (len(new) - 1) + [label if label >= 0 and new[-1] in self._ends else IGNORED]
        if not trace.steps[-1].endswith("\n"):
            ids.append(self._codec.end)
            labels.append(trace.labels[-1])
        return Labelled(ids, labels)


def outcome(trace: Trace) -> int:
    """1 where a whole solution ends in a right answer, else 0: what an outcome reward model learns."""
    return max(0, trace.labels[-1]) if trace.steps[-1].startswith(ANSWER) else 0


def mark_outcome(codec: Codec, trace: Trace) -> Labelled:
    """A trace with one label: its outcome, at the token that ends the turn."""
    ids = codec.prompt_ids(trace.prompt, trace.given)
    for step in trace.steps:
        ids += codec.ids(step)
    return Labelled([*ids, codec.end], [IGNORED] * len(ids) + [outcome(trace)])
