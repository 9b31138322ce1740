"""ProcessBench, Math-Shepherd and TRL's stepwise supervision: a record for each labelled trace."""

from __future__ import annotations

from engine.importing import UNKNOWN
from storage.exporters.labelled.traces import Json, LabelledTrace, LeftOutError, by_trace

TAG = "ки"
"""Ends a step of Math-Shepherd."""
FIRST = "Step 1: "
"""Ends its question."""
_NOTHING = "their first step has no label"


def _process_bench(trace: LabelledTrace) -> Json:
    if not trace.is_ended:
        raise LeftOutError("they have no end")
    wrong = trace.labels.index(-1) if -1 in trace.labels else -1
    if None in (trace.labels[:wrong] if wrong >= 0 else trace.labels):
        raise LeftOutError("nobody says of every step before the first wrong one that it is good")
    return {
        "id": trace.id,
        "generator": trace.run.told.get("generator", "") or _policy(trace),
        "problem": trace.run.question,
        "steps": trace.steps,
        "final_answer_correct": trace.correct,
        "label": wrong,
    }


def _math_shepherd(trace: LabelledTrace) -> Json:
    steps, labels = trace.labelled_part()
    question = trace.run.question
    if not steps:
        raise LeftOutError(_NOTHING)
    if FIRST in question:
        raise LeftOutError(f"{FIRST.strip()!r}, with which a solution begins, stands in their question")
    lines = [f"Step {number}: {step} " for number, step in enumerate(steps, 1)]
    signs = ["-" if label < 0 else "+" for label in labels]
    return {
        "input": f"{question} " + "\n".join(line + TAG for line in lines),
        "label": f"{question} " + "\n".join(line + sign for line, sign in zip(lines, signs, strict=True)),
        "task": trace.run.told.get("task", "") or trace.run.info.plan.problem,
    }


def _trl(trace: LabelledTrace) -> Json:
    steps, labels = trace.labelled_part()
    if not steps:
        raise LeftOutError(_NOTHING)
    return {"prompt": trace.run.question, "completions": steps, "labels": [label >= 0 for label in labels]}


def _policy(trace: LabelledTrace) -> str:
    started = trace.run.tree.started
    return started.policy if started and started.policy != UNKNOWN else ""


PROCESS_BENCH = by_trace(
    "processbench",
    "ProcessBench",
    "one trace; `label` is the place of its first wrong step, from 0, or -1. A neutral step counts as good.",
    _process_bench,
)
MATH_SHEPHERD = by_trace(
    "math-shepherd",
    "Math-Shepherd",
    "one trace as far as it has labels; `label` has + or - where `input` has ки. A neutral step counts as good.",
    _math_shepherd,
)
TRL = by_trace(
    "trl",
    "TRL stepwise supervision",
    "one trace as far as its steps have labels, true or false. A neutral step counts as good.",
    _trl,
)
