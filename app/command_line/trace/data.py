"""A trace as JSON values, with the offset of everything in its text. Works nothing out.

Offsets count characters of `text`, steps and traces count from 0. A value is a text: `12`, or `3/4`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import msgspec

from app.command_line.trace.analysis import Analysis, Group
from engine.traces.alignment import Aligned
from engine.traces.answers import Answer
from engine.traces.overthinking import Candidate

_MOST_BITS = 10_000
"""Of a number that is written out: Python refuses to write numbers of thousands of digits."""


def traces_data(analyses: Sequence[Analysis], found: Group | None) -> dict[str, Any]:
    """All traces of a call."""
    group = None
    if found is not None:
        pairs = [msgspec.to_builtins(pair) for pair in found.pairs]
        for pair in pairs:
            pair["one"], pair["other"] = found.compared[pair["one"]], found.compared[pair["other"]]
        group = {"divergences": pairs, "answers": _plain(found.answers)}
    return {"judge_model": None, "traces": [_trace(one) for one in analyses], "group": group}


def _trace(one: Analysis) -> dict[str, Any]:
    reading, trace, alignment = one.reading, one.reading.trace, one.alignment
    again = {entry.step: entry.of for entry in one.repeats.steps}
    return {
        "name": reading.name,
        "read_as": reading.read_as,
        "format": trace.splitter,
        "why": reading.why,
        "how": trace.how,
        "note": reading.note,
        "error": reading.error,
        "reason": reading.reason,
        "thinking": trace.thinking,
        "cut_off": trace.cut_off,
        "thinking_tokens": reading.tokens,
        "text": trace.text,
        "spans": [msgspec.to_builtins(span) for span in trace.spans],
        "opaque": [msgspec.to_builtins(part) for part in trace.opaque],
        "steps": [
            {
                "start": step.start,
                "end": step.end,
                "function": tag.function,
                "rule": tag.rule,
                "weights": dict(tag.weights),
                "repeats": again.get(place),
            }
            for place, (step, tag) in enumerate(zip(alignment.steps, one.labels, strict=True))
        ],
        "functions": {name or "": share for name, share in one.functions.items()},
        "meter": _meter(one),
        "fold": msgspec.to_builtins(one.fold),
        "repeats": {"share": one.repeats.share, "loops": msgspec.to_builtins(one.repeats.loops)},
        "sentences": [{"start": step.start, "end": step.end} for step in alignment.sentences],
        "claims": [_claim(entry) for entry in alignment.claims],
        "only_hidden": _plain(alignment.only_hidden),
        "answer": {
            "hidden": _answer(alignment.answer.hidden, one.right_hidden),
            "exposed": _answer(alignment.answer.exposed, one.right_exposed),
            "same": alignment.answer.same,
            "how": alignment.answer.how,
        },
        "method": alignment.how,
    }


def _meter(one: Analysis) -> dict[str, Any]:
    meter = one.meter
    return {name: getattr(meter, name) for name in meter.__struct_fields__} | {
        "first": _candidate(meter.first),
        "first_stated": _candidate(meter.first_stated),
    }


def _candidate(found: Candidate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"step": found.step, "stated": found.stated, "answer": _answer(found.answer, found.right)}


def _answer(answer: Answer | None, right: bool | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "start": answer.start,
        "end": answer.end,
        "text": answer.text,
        "value": _plain(answer.value),
        "how": answer.how,
        "right": right,
    }


def _claim(entry: Aligned) -> dict[str, Any]:
    claim = entry.claim
    number = claim.number.value if claim.number is not None else None
    made = claim.equation
    equation = None
    if made is not None:
        value = _plain(made.value)
        equation = {"key": made.key, "result": _plain(made.result), "value": value, "verdict": made.verdict}
    return {
        "kind": claim.kind,
        "start": claim.start,
        "end": claim.end,
        "sentence": claim.sentence,
        "number": _plain(number),
        "equation": equation,
        "mark": entry.mark,
        "why": entry.why,
        "links": _plain(entry.links),
        "against": _plain(entry.against),
    }


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, enc_hook=_hook)


def _hook(value: Any) -> str:
    if isinstance(value, Fraction):
        huge = max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS
        return "huge" if huge else str(value)
    raise NotImplementedError
