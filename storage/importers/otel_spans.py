"""Spans of OpenTelemetry in whatever JSON they were written: flat, an SDK's own, OTLP with typed values. Pure.

Semantic conventions of generative AI, status Development (semconv 0.66b2): newer and older names of an attribute count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import Any, NamedTuple

from engine.traces.servers.values import table, tables, text
from storage.importers.otel_messages import MESSAGE_EVENTS, SILENCE, Dialogue, dialogue

EVALUATION = "gen_ai.evaluation"
"""Begins the names of events that rate what was said."""
_CARRIERS = ("gen_ai.client.inference.operation.details", "gen_ai.content.prompt", "gen_ai.content.completion")
"""Events that may carry a span's messages, or all that is said of it, in its place."""
_TIMES = ("startTimeUnixNano", "start_time_unix_nano", "start_time", "timeUnixNano", "timestamp", "observed_timestamp")
_SCALARS = ("stringValue", "intValue", "doubleValue", "boolValue", "bytesValue")


class Span(NamedTuple):
    """One span, or an event that was recorded in a log apart from its span, and names it."""

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
    messages: Dialogue = SILENCE
    """What was asked and answered, once all that is said of it is together."""


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


def with_records(found: Sequence[Span]) -> list[Span]:
    """Spans with what the events of a log say of them, and their messages. Events whose span is not there are one
    together."""
    spans = [span for span in found if not span.is_record]
    places = {span.id: place for place, span in reversed(list(enumerate(spans)))}
    told: dict[int, list[Span]] = {}
    for record in (span for span in found if span.is_record):
        place = places.setdefault(record.id, len(spans))
        if place == len(spans):
            spans.append(record._replace(said={}, events=(), is_record=False))
        told.setdefault(place, []).append(record)
    return [_whole(span, told.get(place, ())) for place, span in enumerate(spans)]


def _whole(span: Span, records: Sequence[Span]) -> Span:
    said = dict(span.said)
    for record in records:
        said |= record.said if record.name in _CARRIERS else {}
    events = (*span.events, *((record.name, record.said) for record in records))
    return span._replace(said=said, events=events, messages=dialogue(said, events))


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
        said |= more if name in _CARRIERS else {}
    name = _first(value, "name", "eventName", "event_name") or text(said.get("event.name"))
    has_ended = bool(_first(value, "endTimeUnixNano", "end_time"))
    is_record = not has_ended and (name.startswith(EVALUATION) or name in (*_CARRIERS, *MESSAGE_EVENTS))
    if is_record:
        body = _typed(table(value.get("body")))
        said |= body if isinstance(body, dict) else {}
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


def _first(value: dict[str, Any], *keys: str) -> str:
    return next((found for key in keys if isinstance(found := value.get(key), str) and found), "")


def _time(value: dict[str, Any]) -> float:
    """Nanoseconds; 0 where nothing says them."""
    found = next((value[key] for key in _TIMES if value.get(key)), 0)
    try:
        return float(found) if isinstance(found, str | int | float) else 0.0
    except OverflowError:
        return 0.0
    except ValueError:
        return _date(str(found))


def _date(words: str) -> float:
    """Of a date as the SDKs write it for people to read."""
    try:
        return datetime.fromisoformat(words).timestamp() * 1e9
    except (ValueError, OverflowError, OSError):
        return 0.0
