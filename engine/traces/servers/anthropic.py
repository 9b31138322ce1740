"""Messages of Anthropic's interface and their streams: thinking, signature, redacted thinking. No transport.

Later models may send a summary in the place of the thought; the message does not say so.
"""

from __future__ import annotations

from typing import Any

from engine.traces.servers.blocks import take_block
from engine.traces.servers.intake import Intake
from engine.traces.servers.values import count, number, table, tables, text

EVENTS = frozenset(
    {
        "message",
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
        "ping",
    }
)


def take_anthropic(intake: Intake, frame: dict[str, Any]) -> None:
    """A message or an event of its stream."""
    reply = intake.reply(0)
    message = table(frame.get("message")) if frame.get("type") == "message_start" else frame
    for place, block in enumerate(tables(message.get("content"))):
        take_block(reply, block, (place,))
    key = (number(frame.get("index")),)
    if frame.get("type") == "content_block_start":
        take_block(reply, frame.get("content_block"), key)
    delta = table(frame.get("delta"))
    match delta.get("type"):
        case "text_delta":
            reply.add("exposed", text(delta.get("text")), key)
        case "thinking_delta":
            reply.add("hidden", text(delta.get("thinking")), key)
        case "signature_delta":
            reply.hide("signature", text(delta.get("signature")), (*key, 1))
        case "input_json_delta":
            reply.add("tool", text(delta.get("partial_json")), key)
    intake.ended(reply, message.get("stop_reason") or delta.get("stop_reason"))
    details = table(table(message.get("usage")).get("output_tokens_details"))
    intake.thought(count(details.get("thinking_tokens")))
