"""Conversations and rows of datasets: what was asked and what should come out, beside what a model wrote.

Values of JSON, untrusted: what is of another form than expected says nothing. Knows no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from engine.traces.servers.values import text

ASSISTANTS = ("assistant", "model", "gpt")
USERS = ("user", "human")
_CONVERSATIONS = ("messages", "conversations", "conversation", "contents")
"""OpenAI and Anthropic; ShareGPT and its kin; Gemini."""
_QUESTIONS = ("question", "problem", "prompt")
_ANSWERS = ("answer", "gold", "expected_answer", "ground_truth", "target")
_TEXTS = ("response", "completion", "generation", "output")


class Turn(NamedTuple):
    """What an assistant said."""

    number: int
    """Which message of the conversation, from 1."""
    message: dict[str, Any]
    """With `role` and `content`, as servers have it."""
    question: str
    """The user's message before it."""


class Asked(NamedTuple):
    """What a file says around a reply."""

    question: str = ""
    answer: str = ""


def messages_of(body: Any) -> list[Any] | None:
    """The messages of a conversation, in the form of OpenAI, ShareGPT or Gemini, or of a prompt with its completion;
    None if it is none."""
    if isinstance(body, dict) and all(isinstance(body.get(name), list) for name in ("prompt", "completion")):
        body = [*body["prompt"], *body["completion"]]
    if isinstance(body, dict):
        body = next((found for name in _CONVERSATIONS if isinstance(found := body.get(name), list)), None)
    is_one = isinstance(body, list) and any(isinstance(one, dict) and ("role" in one or "from" in one) for one in body)
    return body if is_one else None


def turns(messages: list[Any]) -> Iterator[Turn]:
    """What assistants said, in order."""
    question = ""
    for number, message in enumerate(messages, 1):
        if not isinstance(message, dict):
            continue
        who = text(message.get("role") or message.get("from"))
        if who in USERS:
            question = text(message.get("content", message.get("value", message.get("parts"))))
        elif who in ASSISTANTS:
            yield Turn(number, _as_reply(message), question)


def _as_reply(message: dict[str, Any]) -> dict[str, Any]:
    """In the form in which a server would have sent it."""
    if "parts" in message:
        return {"candidates": [{"content": message}]}
    return message if "role" in message and "value" not in message else message | {
        "role": "assistant", "content": message.get("value")
    }  # fmt: skip


def asked(row: Mapping[str, Any]) -> Asked:
    """The question and the right answer that stand in a row beside the reply."""
    answer = next((row[name] for name in _ANSWERS if isinstance(row.get(name), str | int | float)), "")
    question = next((one for name in _QUESTIONS if (one := text(row.get(name)))), "")
    return Asked(question, "" if isinstance(answer, bool) else str(answer))


def reply_of(row: Mapping[str, Any]) -> str:
    """The model's text in a row of a dataset that has a question; empty if there is none."""
    if not asked(row).question:
        return ""
    return next((one for name in _TEXTS if (one := text(row.get(name)))), "")
