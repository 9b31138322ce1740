"""Items of the Responses interface and their streams: summary, reasoning text, encrypted content. No transport."""

from __future__ import annotations

from typing import Any

from engine.traces.servers.blocks import take_call
from engine.traces.servers.intake import Intake
from engine.traces.servers.parts import Reply
from engine.traces.servers.values import arguments, count, fault, number, table, tables, text
from engine.traces.spans import Kind

SOURCE = "Responses reasoning item"
ITEMS = frozenset({"reasoning", "function_call"})
_SUMMARY, _CONTENT, _ENCRYPTED = 0, 1, 2
"""The places of an item's parts."""

_DELTAS: dict[str, tuple[Kind, int, str]] = {
    "response.reasoning_summary_text": ("summary", _SUMMARY, "summary_index"),
    "response.reasoning_text": ("hidden", _CONTENT, "content_index"),
    "response.reasoning": ("hidden", _CONTENT, "content_index"),
    "response.output_text": ("exposed", _CONTENT, "content_index"),
    "response.refusal": ("exposed", _CONTENT, "content_index"),
    "response.function_call_arguments": ("tool", _CONTENT, "content_index"),
}
"""Events that bring text, without `.delta`: kind of the text, place in the item, field with the part's number."""


def take_responses(intake: Intake, frame: dict[str, Any]) -> None:
    """A response, one of its items, or an event of its stream."""
    reply = intake.reply(0)
    event = text(frame.get("type"))
    name, _, stage = event.rpartition(".")
    if stage == "delta" and name in _DELTAS:
        kind, place, counter = _DELTAS[name]
        if kind in ("hidden", "summary"):
            reply.source = SOURCE
        reply.add(
            kind, text(frame.get("delta")), (number(frame.get("output_index")), place, number(frame.get(counter)))
        )
    elif event == "response.output_item.added":
        item = table(frame.get("item"))
        if item.get("type") == "function_call":
            take_call(reply, item.get("name"), None, (number(frame.get("output_index")), _CONTENT, 0))
    elif event == "response.output_item.done":
        _take_item(reply, table(frame.get("item")), number(frame.get("output_index")))
    elif event in ITEMS:
        _take_item(reply, frame, 0)
    else:
        _take_response(intake, reply, table(frame.get("response")) or frame)


def _take_response(intake: Intake, reply: Reply, response: dict[str, Any]) -> None:
    for place, item in enumerate(tables(response.get("output"))):
        _take_item(reply, item, place)
    status = response.get("status")
    if status == "incomplete":
        intake.ended(reply, table(response.get("incomplete_details")).get("reason") or status)
    elif status in ("completed", "failed", "cancelled"):
        intake.ended(reply, status)
    details = table(table(response.get("usage")).get("output_tokens_details"))
    intake.thought(count(details.get("reasoning_tokens")))
    if error := response.get("error"):
        intake.fail(fault(error))


def _take_item(reply: Reply, item: dict[str, Any], place: int) -> None:
    """A whole item: what its pieces brought already is left."""
    match item.get("type"):
        case "reasoning":
            reply.source = SOURCE
            for number_, part in enumerate(tables(item.get("summary"))):
                reply.fill("summary", text(part.get("text")), (place, _SUMMARY, number_))
            for number_, part in enumerate(tables(item.get("content"))):
                reply.fill("hidden", text(part.get("text")), (place, _CONTENT, number_))
            if encrypted := text(item.get("encrypted_content")):
                reply.hide("encrypted", encrypted, (place, _ENCRYPTED, 0), once=True)
        case "function_call" | "custom_tool_call":
            given = arguments(item.get("arguments") or item.get("input"))
            reply.fill("tool", f"{text(item.get('name'))} {given}", (place, _CONTENT, 0))
        case _:
            for number_, part in enumerate(tables(item.get("content"))):
                said = text(part.get("text")) or text(part.get("refusal"))
                reply.fill("exposed", said, (place, _CONTENT, number_))
