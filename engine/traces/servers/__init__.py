"""Answers of servers as traces: whole ones and streams, of every format that shows a thought. Knows no transport.

Adding a format is one new file and one line in `_DIALECTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from engine.traces.detecting import detect
from engine.traces.servers.anthropic import EVENTS, take_anthropic
from engine.traces.servers.chat import take_chat, take_message, take_ollama
from engine.traces.servers.frames import Frame, FrameError, Frames
from engine.traces.servers.gemini import take_gemini
from engine.traces.servers.intake import Intake
from engine.traces.servers.parts import BROKEN, News, Reply
from engine.traces.servers.responses import ITEMS, take_responses
from engine.traces.servers.values import fault, text
from engine.traces.spans import Trace
from engine.traces.splitter import split
from engine.traces.tags import Recipe

Take = Callable[[Intake, dict[str, Any]], None]


class Answer(msgspec.Struct, frozen=True):
    """One reply of a server."""

    trace: Trace
    reason: str
    """Why it ended, in the server's word; empty if it did not say."""
    error: str = ""
    """A sentence, where the server reported an error or the stream could not be read."""
    thinking_tokens: int | None = None
    """How many tokens the thought took, where the server says so."""
    model: str = ""
    """What the server calls the model; empty if it does not say."""


class Source(msgspec.Struct, frozen=True):
    """What is known of a text in whose `content` a thought may stand in tags."""

    prompt: str | None = None
    """The rendered prompt or its tail; unknown behind a chat interface."""
    model: str = ""
    recipe: Recipe | None = None
    """Found by itself if it is not given."""
    recipes: tuple[Recipe, ...] = ()
    """Those it is looked for among; none: those that come along."""

    def split(self, content: str, model: str) -> Trace:
        """The trace of a `content`; `model` is what the server calls itself."""
        recipe = self.recipe or detect(self.prompt, content, self.model or model, self.recipes or None).recipe
        return split(content, recipe, self.prompt)


class Stream:
    """Fed with the bytes of a streamed answer, it makes one trace per choice."""

    def __init__(self, source: Source | None = None) -> None:
        self._source = source or Source()
        self._frames = Frames()
        self._intake = Intake()

    @property
    def done(self) -> bool:
        """The server said that the stream is over."""
        return self._frames.done

    @property
    def error(self) -> str:
        """The first error so far, a sentence; or nothing."""
        return self._intake.error

    def feed(self, more: bytes) -> tuple[News, ...]:
        """The pieces of text that `more` brings."""
        return self._take(self._frames.feed(more))

    def finish(self) -> tuple[Answer, ...]:
        """The replies, by choice. A reply that ended without a reason is broken off."""
        self._take(self._frames.finish())
        if not self._intake.replies and not self._intake.error and self._frames.any_bytes:
            self._intake.fail("The server sent nothing that can be read as a stream.")
        for reply in self._intake.replies.values():
            reply.reason = reply.reason or ("" if self.done else BROKEN)
        return _answers(self._intake, self._source)

    def _take(self, frames: list[Frame]) -> tuple[News, ...]:
        for frame in frames:
            if isinstance(frame, FrameError):
                self._intake.fail(frame)
            else:
                _take(self._intake, frame)
        news = tuple(self._intake.news)
        self._intake.news.clear()
        return news


def read(body: Any, source: Source | None = None) -> tuple[Answer, ...]:
    """The replies in a whole answer, or in a message or list of blocks that was kept of one."""
    intake = Intake()
    if isinstance(body, list):
        whole = all(isinstance(one, Mapping) and one.get("type") in (*ITEMS, "message") for one in body)
        body = {"output": body} if whole and body else {"role": "assistant", "content": body}
    if isinstance(body, dict):
        _take(intake, body)
    if not intake.replies and not intake.error:
        intake.fail("The server sent nothing that can be read as a reply.")
    return _answers(intake, source or Source())


def _answers(intake: Intake, source: Source) -> tuple[Answer, ...]:
    replies: list[Reply] = [intake.replies[choice] for choice in sorted(intake.replies)] or [intake.reply(0)]
    return tuple(
        Answer(
            reply.trace(lambda content: source.split(content, intake.model)),
            "" if reply.reason == BROKEN else reply.reason,
            intake.error,
            reply.tokens,
            intake.model,
        )
        for reply in replies
    )


def _bare_message(intake: Intake, frame: dict[str, Any]) -> None:
    take_message(intake.reply(0), frame)


def _type(frame: dict[str, Any]) -> str:
    return text(frame.get("type"))


_DIALECTS: tuple[tuple[Callable[[dict[str, Any]], bool], Take], ...] = (
    (lambda frame: "choices" in frame, take_chat),
    (lambda frame: "candidates" in frame or "usageMetadata" in frame or "promptFeedback" in frame, take_gemini),
    (lambda frame: _type(frame).startswith("response.") or _type(frame) in ITEMS, take_responses),
    (lambda frame: frame.get("object") == "response" or "output" in frame, take_responses),
    (lambda frame: _type(frame) in EVENTS, take_anthropic),
    (lambda frame: "done" in frame, take_ollama),
    (lambda frame: "role" in frame or "content" in frame, _bare_message),
)
"""How to know a format, and what reads it; the first that fits."""


def _take(intake: Intake, frame: dict[str, Any]) -> None:
    if error := frame.get("error"):
        intake.fail(fault(error))
    if frame.get("type") == "error" and not intake.error:
        intake.fail(fault(frame))
    intake.model = text(frame.get("model")) or intake.model
    for fits, take in _DIALECTS:
        if fits(frame):
            take(intake, frame)
            return
