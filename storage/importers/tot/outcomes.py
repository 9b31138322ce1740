"""What a Tree-of-Thoughts log says of its outputs and of its cost: the word of its own grader. Knows no tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from engine.events import Cost
from storage.importers.trees import number

_SHOWN = 12
"""Numbers of one output that are told."""


class Outcome(NamedTuple):
    """The grader's word on one output."""

    words: str
    right: bool | None
    """None where it gave a number that is neither right nor wrong."""


def outcomes_of(record: dict[str, Any]) -> list[Outcome]:
    """One for each output, as far as there are: newer logs have `infos`, older ones `accs`."""
    infos, accs = record.get("infos"), record.get("accs")
    if isinstance(infos, list):
        return [_of_info(info) for info in infos]
    return [_of_acc(acc) for acc in accs] if isinstance(accs, list) else []


def verdict(outcomes: Sequence[Outcome]) -> str:
    """All of it in a sentence, the first output first."""
    if not outcomes:
        return "The log does not say whether the answer is right."
    known = [outcome.right for outcome in outcomes if outcome.right is not None]
    if not known:
        return f"The log's grader: {outcomes[0].words}."
    return f"The log's grader: the first output is {outcomes[0].words}; {sum(known)} of {len(known)} are right."


def spent(record: dict[str, Any], before: Any) -> tuple[Cost, dict[str, str]]:
    """Tokens, and dollars in words, of one record: the file counts on from record to record, so we take differences."""
    now, then = _usage(record), _usage(before)
    if any(one < other for one, other in zip(now, then, strict=True)):
        then = (0.0, 0.0, 0.0)  # counted anew: the log was gone on with later
    generated, prompt, dollars = (one - other for one, other in zip(now, then, strict=True))
    return Cost(generated=int(generated), prompt=int(prompt)), {"dollars": f"{dollars:.4f}"} if now[2] else {}


def _usage(record: Any) -> tuple[float, float, float]:
    usage = record.get("usage_so_far") if isinstance(record, dict) else None
    found = usage if isinstance(usage, dict) else {}
    first, second, third = (max(0.0, number(found.get(key)) or 0.0) for key in
                            ("completion_tokens", "prompt_tokens", "cost"))  # fmt: skip
    return first, second, third


def _of_info(info: Any) -> Outcome:
    if not isinstance(info, dict):
        return Outcome("not graded", None)
    r = _graded(info.get("r"))
    numbers = [f"{key} {value:g}" for key in list(info)[:_SHOWN] if (value := _graded(info[key])) is not None]
    words = ", ".join(numbers)[:200] or "not graded"
    if "rs" in info or r not in (0.0, 1.0):  # `rs`: marks out of ten by a model
        return Outcome(words, None)
    return Outcome(f"{'right' if r else 'wrong'} ({words})", bool(r))


def _of_acc(acc: Any) -> Outcome:
    if isinstance(acc, bool):
        return Outcome("right" if acc else "wrong", acc)
    mark = number(acc)
    return Outcome("not graded" if mark is None else f"mark {mark:g}", None)


def _graded(value: Any) -> float | None:
    return float(value) if isinstance(value, bool) else number(value)
