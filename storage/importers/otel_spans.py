"""Spans of OpenTelemetry in whatever JSON they were written: flat, an SDK's own, OTLP with typed values. Pure.

Semantic conventions of generative AI, status Development (semconv 0.66b2): newer and older names of an attribute count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Any, NamedTuple

from engine.traces.servers.values import table, tables, text

EVALUATION = "gen_ai.evaluation"
"""Begins the names of events that rate what was said."""
_DETAILS = "gen_ai.client.inference.operation.details"
"""The event that may carry a span's messages in its place."""
_SCALARS = ("stringValue", "intValue", "doubleValue", "boolValue", "bytesValue")


class Span(NamedTuple):
    """One span, or an event that was told apart from its span and names it."""

    trace: str
    id: str
    parent: str
    name: str
    start: float
    """Only compared with others of the same file."""
    said: dict[str, Any]
    """Attributes."""
    events: tuple[tuple[str, dict[str, Any]], ...]
    """(name, attributes)."""
    is_record: bool = False
    """Whether it is an event of a log, not a span."""


def spans_of(value: Any) -> Iterator[Span]:
    """Those in one JSON value of a file."""
    value = table(value)
    for resource in tables(value.get("resourceSpans")):
        for scope in tables(resource.get("scopeSpans") or resource.get("instrumentationLibrarySpans")):
            yield from filter(None, map(_span, tables(scope.get("spans"))))
    for resource in tables(value.get("resourceLogs")):
        for scope in tables(resource.get("scopeLogs")):
            yield from filter(None, map(_span, tables(scope.get("logRecords"))))
    if not {"resourceSpans", "resourceLogs"} & value.keys() and (span := _span(value)):
        yield span


def parents_first(spans: Sequence[Span]) -> Iterator[Span]:
    """As they stand, but each behind its parent, whatever the clocks said. What names no parent that is there begins;
    of spans that name each other the first one does."""
    known = {span.id for span in spans}
    waiting: dict[str, list[int]] = {}
    ready: list[int] = []
    for place, span in enumerate(spans):
        (waiting.setdefault(span.parent, []) if span.parent in known else ready).append(place)
    done: set[int] = set()
    for first in range(len(spans)):
        while ready or first not in done:
            place = heappop(ready) if ready else first
            if place not in done:
                done.add(place)
                yield spans[place]
                for child in waiting.pop(spans[place].id, ()):
                    heappush(ready, child)


def _span(value: dict[str, Any]) -> Span | None:
    context = table(value.get("context") or value.get("spanContext"))
    trace = _first(value, "traceId", "trace_id") or _first(context, "trace_id", "traceId")
    if not trace:
        return None
    said = attributes(value.get("attributes"))
    events = tuple(
        (_first(one, "name", "eventName"), attributes(one.get("attributes"))) for one in tables(value.get("events"))
    )
    for name, more in events:
        said |= more if name == _DETAILS else {}
    name = _first(value, "name", "eventName", "event_name") or text(said.get("event.name"))
    is_record = name.startswith((EVALUATION, _DETAILS)) and not _first(value, "endTimeUnixNano", "end_time")
    return Span(
        trace,
        _first(value, "spanId", "span_id") or _first(context, "span_id", "spanId"),
        _first(value, "parentSpanId", "parent_span_id", "parent_id", "parentId"),
        name,
        _time(value),
        said,
        events,
        is_record,
    )


def attributes(value: Any) -> dict[str, Any]:
    """By name, whether they are an object or OTLP's list of keys and typed values."""
    if isinstance(value, list):
        return {text(one.get("key")): _typed(table(one.get("value"))) for one in tables(value)}
    return {name: _typed(one) if isinstance(one, dict) else one for name, one in table(value).items()}


def _typed(value: dict[str, Any]) -> Any:
    """An AnyValue of OTLP as it is meant; any other object as it is."""
    if len(value) != 1:
        return value
    if "arrayValue" in value:
        return [_typed(one) for one in tables(table(value["arrayValue"]).get("values"))]
    if "kvlistValue" in value:
        return {
            text(one.get("key")): _typed(table(one.get("value")))
            for one in tables(table(value["kvlistValue"]).get("values"))
        }
    return next((value[name] for name in _SCALARS if name in value), value)


def structured(value: Any) -> Any:
    """An attribute that may be an object or the JSON of one; None where it is neither."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _first(value: dict[str, Any], *keys: str) -> str:
    return next((found for key in keys if isinstance(found := value.get(key), str) and found), "")


def _time(value: dict[str, Any]) -> float:
    found = next(
        (value[key] for key in ("startTimeUnixNano", "start_time_unix_nano", "timeUnixNano") if key in value), 0
    )
    try:
        return float(found) if isinstance(found, str | int | float) else 0.0
    except (ValueError, OverflowError):
        return 0.0
