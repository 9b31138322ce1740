"""Small logs as Inspect AI and OpenTelemetry write them, made in code. Knows no importer."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from typing import Any

from app.benchmarks.import_parts import QUESTION, as_json

INSPECT_HEADER: dict[str, Any] = {
    "version": 2,
    "status": "success",
    "eval": {
        "task": "toy",
        "model": "local/tiny",
        "created": "2026-01-01T00:00:00+00:00",
        "dataset": {"name": "apples"},
    },
}


def inspect_sample(number: int = 1, epoch: int = 1, **more: Any) -> dict[str, Any]:
    """A thought, one that cannot be read, a tool, a later thought; three scorers of three scales."""
    thought = [
        {"type": "reasoning", "reasoning": "I call a tool.", "summary": None, "signature": "c2ln", "redacted": False},
        {"type": "reasoning", "reasoning": "ZW5jcnlwdGVk", "summary": "It multiplies.", "redacted": True},
        {"type": "text", "text": "attachment://0123456789abcdef0123456789abcdef"},
    ]
    call = {"id": "call_1", "function": "calculator", "arguments": {"expression": "3*4-2"}, "type": "function"}
    return {
        "id": number, "epoch": epoch, "input": QUESTION, "target": "10",
        "messages": [
            {"role": "system", "content": "You count apples."}, {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": thought, "tool_calls": [call]},
            {"role": "tool", "content": "10", "function": "calculator", "tool_call_id": "call_1"},
            {"role": "assistant", "content": "<think>So 10.</think>The answer is 10."},
        ],
        "output": {"model": "local/tiny", "choices": []},
        "scores": {
            "match": {"value": "C", "answer": "10", "explanation": "equal"},
            "quality": {"value": 7.5}, "parts": {"value": {"clear": 3, "short": -1}},
        },
        "attachments": {"0123456789abcdef0123456789abcdef": "Let me compute."}, "events": [], **more,
    }  # fmt: skip


def branched_sample(number: int = 2) -> dict[str, Any]:
    """The second answer is tried again from the first one, in a branch that replays it."""

    def says(text: str, span: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": [{"type": "text", "text": text}]}
        usage = {"input_tokens": 20, "output_tokens": 5, "input_tokens_cache_read": 8}
        return {"event": "model", "span_id": span, "output": {"choices": [{"message": message}], "usage": usage}}

    events = [
        {"event": "span_begin", "id": "main", "parent_id": None, "type": "solver", "name": "react"},
        says("3*4 = 12.", "main"), {"event": "anchor", "anchor_id": "a1", "span_id": "main"},
        {"event": "tool", "span_id": "main", "function": "calculator", "result": "14"}, says("12+2 = 14.", "main"),
        {"event": "score", "span_id": "main", "intermediate": True, "score": {"value": 0.1}},
        {"event": "span_begin", "id": "branch", "parent_id": "main", "type": "agent", "name": "again"},
        says("3*4 = 12.", "branch"), {"event": "branch", "span_id": "branch", "from_span": "main", "from_anchor": "a1"},
        says("12-2 = 10.", "branch"), {"event": "span_end", "id": "branch"},
        {"event": "span_begin", "id": "scorers", "parent_id": None, "type": "scorers", "name": "scorers"},
        says("GRADE: C", "scorers"),
    ]  # fmt: skip
    messages = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "12+2 = 14."}]
    return {"id": number, "epoch": 1, "input": QUESTION, "target": ["10", "ten"], "messages": messages,
            "scores": {"match": {"value": "I"}}, "events": events}  # fmt: skip


def inspect_archive(*records: dict[str, Any], compression: int = zipfile.ZIP_STORED, header: bool = True) -> bytes:
    """A log with these samples; without its header it is that of a run which crashed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("_journal/start.json", as_json({"version": 2, "eval": INSPECT_HEADER["eval"]}))
        for record in records:
            archive.writestr(f"samples/{record['id']}_epoch_{record['epoch']}.json", as_json(record))
        if header:
            archive.writestr("header.json", as_json(INSPECT_HEADER))
    return out.getvalue()


def zstd_archive(members: dict[str, bytes]) -> bytes:
    """An archive as current versions write it (method 93), which Python's own writer makes from 3.14 on."""
    import zstandard

    body, table = bytearray(), bytearray()
    for name, raw in members.items():
        packed: bytes = zstandard.ZstdCompressor().compress(raw)
        sizes = struct.pack("<IIIHH", zlib.crc32(raw), len(packed), len(raw), len(name), 0)
        table += struct.pack("<4sHHHHHH", b"PK\x01\x02", 63, 63, 0, 93, 0, 33) + sizes
        table += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
        body += struct.pack("<4sHHHHH", b"PK\x03\x04", 63, 0, 93, 0, 33) + sizes + name.encode() + packed
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(members), len(members), len(table), len(body), 0)
    return bytes(body + table + end)


def otel_spans() -> list[dict[str, Any]]:
    """An agent whose second turn goes on from the first, with a tool between; the child stands before its parent."""
    asked = {"role": "user", "parts": [{"type": "text", "content": QUESTION}]}
    called = {"role": "assistant", "finish_reason": "tool_call", "parts": [
        {"type": "reasoning", "content": "A tool knows."},
        {"type": "tool_call", "id": "c1", "name": "calculator", "arguments": {"expression": "3*4-2"}},
    ]}  # fmt: skip
    told = {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c1", "response": "10"}]}
    said = {"role": "assistant", "finish_reason": "stop", "parts": [{"type": "text", "content": "10 are left."}]}
    usage = {"gen_ai.usage.input_tokens": 20, "gen_ai.usage.output_tokens": 9, "gen_ai.request.model": "tiny"}
    rated = {"name": "gen_ai.evaluation.result", "attributes": {
        "gen_ai.evaluation.name": "relevance", "gen_ai.evaluation.score.value": 4.5,
        "gen_ai.evaluation.score.label": "good", "gen_ai.evaluation.explanation": "to the point",
    }}  # fmt: skip
    trace = "0" * 31 + "1"
    return [
        {"traceId": trace, "spanId": "b" * 16, "parentSpanId": "a" * 16, "name": "chat tiny", "startTimeUnixNano": "2",
         "attributes": usage | {"gen_ai.operation.name": "chat", "gen_ai.input.messages": [asked],
                                "gen_ai.output.messages": [called]}},
        {"traceId": trace, "spanId": "c" * 16, "parentSpanId": "a" * 16, "name": "chat tiny", "startTimeUnixNano": "3",
         "attributes": usage | {"gen_ai.operation.name": "chat", "gen_ai.output.messages": json.dumps([said]),
                                "gen_ai.input.messages": json.dumps([asked, called, told])}, "events": [rated]},
        {"traceId": trace, "spanId": "a" * 16, "name": "invoke_agent", "startTimeUnixNano": "1",
         "attributes": {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "counter"}},
    ]  # fmt: skip


def otlp() -> dict[str, Any]:
    """The same as the protocol's own JSON, with a type for each value."""
    spans = [span | {"attributes": _typed(span["attributes"])} for span in otel_spans()]
    for span in spans:
        span["events"] = [event | {"attributes": _typed(event["attributes"])} for event in span.get("events", [])]
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"scope": {"name": "toy"}, "spans": spans}]}]}


def _typed(attributes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _any_value(value)} for key, value in attributes.items()]


def _any_value(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"kvlistValue": {"values": _typed(value)}}
    if isinstance(value, list):
        return {"arrayValue": {"values": [_any_value(one) for one in value]}}
    if isinstance(value, int):
        return {"intValue": str(value)}
    return {"doubleValue": value} if isinstance(value, float) else {"stringValue": value}
