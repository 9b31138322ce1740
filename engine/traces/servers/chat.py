"""Chat completions and their streams: vLLM, SGLang, llama.cpp, DeepSeek, Mistral, transformers, Ollama. No transport.

The thought comes as `reasoning`, `reasoning_content` or `thinking` (the first that is not empty wins: some servers send
two of them), as a list in `content`, or in tags inside `content`.
"""

from __future__ import annotations

from typing import Any

from engine.traces.servers.blocks import take_call, take_content
from engine.traces.servers.intake import Intake
from engine.traces.servers.parts import Reply
from engine.traces.servers.values import count, number, table, tables, text

REASONING_FIELDS = ("reasoning", "reasoning_content", "thinking")


def take_chat(intake: Intake, frame: dict[str, Any]) -> None:
    """A completion or a chunk of one."""
    choices = tables(frame.get("choices"))
    for place, choice in enumerate(choices):
        reply = intake.reply(number(choice.get("index"), place))
        take_message(reply, table(choice.get("delta")) or table(choice.get("message")))
        if isinstance(choice.get("text"), str):
            take_content(reply, choice["text"])
        intake.ended(reply, choice.get("finish_reason"))
    details = table(table(frame.get("usage")).get("completion_tokens_details"))
    intake.thought(count(details.get("reasoning_tokens")))


def take_ollama(intake: Intake, frame: dict[str, Any]) -> None:
    """A line of Ollama's own interface: `/api/chat` has a message, `/api/generate` a response."""
    reply = intake.reply(0)
    take_message(reply, table(frame.get("message")))
    if "message" not in frame:
        take_message(reply, {"thinking": frame.get("thinking"), "content": frame.get("response")})
    intake.ended(reply, frame.get("done_reason"))


def take_message(reply: Reply, message: dict[str, Any]) -> None:
    """A message or a delta of one."""
    for name in REASONING_FIELDS:
        if thought := text(message.get(name)):
            reply.source = f"field {name}"
            reply.add("hidden", thought)
            break
    take_content(reply, message.get("content"))
    reply.add("exposed", text(message.get("refusal")))
    for place, call in enumerate(tables(message.get("tool_calls"))):
        function = table(call.get("function"))
        key = ("tool", number(call.get("index"), place))
        take_call(reply, function.get("name"), function.get("arguments"), key)
