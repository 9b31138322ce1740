"""One block of a message's content: text, thought, redacted thought, tool. Knows how servers and logs name them.

Anthropic `thinking` and `redacted_thinking`; Mistral `thinking` with a list of texts; Inspect and OpenTelemetry
`reasoning`.
"""

from __future__ import annotations

from typing import Any

from engine.traces.servers.parts import Reply
from engine.traces.servers.values import arguments, table, text

ANTHROPIC = "Anthropic thinking block"
MISTRAL = "Mistral thinking list"
REASONING = "reasoning block"
Key = tuple[int, ...] | None


def take_content(reply: Reply, content: Any) -> None:
    """A message's content: a text, nothing, or a list of blocks; in a stream, more of it."""
    if isinstance(content, str):
        reply.has_tags = True
        reply.add("exposed", content)
    elif isinstance(content, list | dict):
        for block in content if isinstance(content, list) else [content]:
            take_block(reply, block)


def take_block(reply: Reply, block: Any, key: Key = None) -> None:
    """One block; `key` is its place, where pieces of it may follow."""
    if isinstance(block, str):
        reply.add("exposed", block, key)
        return
    block = table(block)
    kind = block.get("type")
    if kind == "thinking":
        reply.source = MISTRAL if isinstance(block.get("thinking"), list) else ANTHROPIC
        reply.add("hidden", text(block.get("thinking")), key)
        reply.hide("signature", text(block.get("signature")), _beside(key))
    elif kind == "redacted_thinking":
        reply.source = reply.source or ANTHROPIC
        reply.hide("redacted", text(block.get("data")), key)
    elif kind == "reasoning":
        _take_reasoning(reply, block, key)
    elif kind in ("tool_use", "tool_call", "server_tool_use", "function_call"):
        take_call(reply, block.get("name"), block.get("input") or block.get("arguments"), key)
    else:
        reply.add("exposed", text(block.get("text")) or text(block.get("content")) or text(block.get("refusal")), key)


def take_call(reply: Reply, name: Any, given: Any, key: Any) -> None:
    """A call of a tool: its name, then its arguments, which may come in pieces."""
    if isinstance(name, str) and name:
        reply.add("tool", f"{name} ", key)
    reply.add("tool", arguments(given), key)


def _take_reasoning(reply: Reply, block: dict[str, Any], key: Key) -> None:
    reply.source = REASONING
    reply.add("summary", text(block.get("summary")))
    data = text(block.get("reasoning")) or text(block.get("content")) or text(block.get("text"))
    if block.get("redacted") is True:
        reply.hide("redacted", data, key)
    else:
        reply.add("hidden", data, key)
    reply.hide("signature", text(block.get("signature")), _beside(key))


def _beside(key: Key) -> Key:
    return None if key is None else (*key, 1)
