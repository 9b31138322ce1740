"""Answers of the Gemini interface and their streams: parts marked as thoughts, signatures. No transport.

What Gemini sends as a thought is a summary of it (its documentation calls them thought summaries).
"""

from __future__ import annotations

from typing import Any

from engine.traces.servers.blocks import take_call
from engine.traces.servers.intake import Intake
from engine.traces.servers.parts import Reply
from engine.traces.servers.values import count, number, table, tables, text

SOURCE = "Gemini thought part, which is a summary"


def take_gemini(intake: Intake, frame: dict[str, Any]) -> None:
    """An answer or a chunk of one; names are written in either of two ways."""
    for place, candidate in enumerate(tables(frame.get("candidates"))):
        reply = intake.reply(number(candidate.get("index"), place))
        for part in tables(table(candidate.get("content")).get("parts")):
            _take_part(reply, part)
        intake.ended(reply, candidate.get("finishReason") or candidate.get("finish_reason"))
    usage = table(frame.get("usageMetadata") or frame.get("usage_metadata"))
    tokens = usage.get("thoughtsTokenCount", usage.get("thoughts_token_count"))
    intake.thought(count(tokens))
    feedback = table(frame.get("promptFeedback") or frame.get("prompt_feedback"))
    if blocked := text(feedback.get("blockReason") or feedback.get("block_reason")):
        intake.fail(f"the prompt was blocked ({blocked})")


def _take_part(reply: Reply, part: dict[str, Any]) -> None:
    if part.get("thought") is True:
        reply.source = SOURCE
        reply.add("summary", text(part.get("text")))
    else:
        reply.add("exposed", text(part.get("text")))
    call = table(part.get("functionCall") or part.get("function_call"))
    if call:
        take_call(reply, call.get("name"), call.get("args"), None)
    reply.hide("signature", text(part.get("thoughtSignature") or part.get("thought_signature")))
