"""The events of a ThinkBooster run as values: candidates, signals, decisions. Knows no tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from storage.importers.records import RecordError
from storage.importers.trees import count, number, words

MOST_SIGNALS = 50
LONGEST_NAME = 100
LONGEST_NOTE = 5_000


class Candidate(NamedTuple):
    """What could be gone on with."""

    name: str
    """Its id."""
    text: str
    status: str
    selected: bool
    signals: tuple[tuple[str, float], ...]
    beam: str
    parent: str
    """The beam that it grew from; both are empty where there are no beams."""


class Event(NamedTuple):
    """One of a run."""

    step: int
    candidates: tuple[Candidate, ...]
    reason: str
    """Of the decision."""
    note: str
    """What else it says, in words."""
    better_low: tuple[str, ...]
    """Signals of which less is better."""


def event_of(raw: Any, place: int, odd: list[str]) -> Event:
    """Of an entry of a run's events, the one at `place` from 1. Raises RecordError."""
    if not isinstance(raw, dict):
        raise RecordError(f"its event {place} is no object")
    given = raw.get("candidates")
    given = given if isinstance(given, list) else []
    candidates = tuple(_candidate(one) for one in given if isinstance(one, dict) and isinstance(one.get("text"), str))
    if len(candidates) < len(given):
        odd.append(f"event {place} has {len(given) - len(candidates):,} candidates without a text: they are left out")
    decision = found if isinstance(found := raw.get("decision"), dict) else {}
    step = count(raw.get("step"))
    note, low = _note(raw, decision), _better_low(raw.get("signals"))
    return Event(place if step is None else step, candidates, words(decision.get("reason")), note, low)


def _candidate(one: Mapping[str, Any]) -> Candidate:
    signals = found if isinstance(found := one.get("signals"), dict) else {}
    known = ((name[:LONGEST_NAME], number(value)) for name, value in signals.items())
    return Candidate(
        words(one.get("id")),
        one["text"],
        words(one.get("status")),
        one.get("selected") is True,
        tuple((name, value) for name, value in known if value is not None)[:MOST_SIGNALS],
        words(one.get("beam_uid")),
        words(one.get("parent_beam_uid")),
    )


def _better_low(signals: Any) -> tuple[str, ...]:
    found = [one for one in signals if isinstance(one, dict)] if isinstance(signals, list) else []
    return tuple(words(one.get("name"))[:LONGEST_NAME] for one in found if one.get("direction") == "lower_better")


def _note(raw: Mapping[str, Any], decision: Mapping[str, Any]) -> str:
    """Title, stage, decision and signals of the event, each as it stands there."""
    signals = raw.get("signals")
    lines = [": ".join(filter(None, (words(raw.get("stage")), words(raw.get("title")))))]
    lines.append(": ".join(filter(None, (words(decision.get("action")), words(decision.get("reason"))))))
    for signal in signals[:MOST_SIGNALS] if isinstance(signals, list) else ():
        if isinstance(signal, dict):
            said = (words(signal.get(key)) for key in ("name", "value", "direction"))
            lines.append(" ".join(filter(None, said)))
    return "\n".join(filter(None, lines))[:LONGEST_NOTE]
