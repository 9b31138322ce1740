"""What a server's answer has brought so far: its replies, by choice, and its first error. Knows no format."""

from __future__ import annotations

from typing import Any

from engine.traces.servers.parts import News, Reply

MOST_CHOICES = 1_000
"""Replies of one answer; a frame that claims a later one is counted to the last."""


class Intake:
    """Filled by the functions that know a format."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.error = ""
        """The first error, a sentence."""
        self.model = ""
        """The model's name, as the server tells it."""
        self.replies: dict[int, Reply] = {}

    def reply(self, choice: int) -> Reply:
        """The reply of a choice, made when it is first named."""
        choice = min(choice, MOST_CHOICES - 1)
        if choice not in self.replies:
            self.replies[choice] = Reply(choice, self.news)
        return self.replies[choice]

    def ended(self, reply: Reply, reason: Any) -> None:
        """A reply is over, if `reason` is a text."""
        if isinstance(reason, str) and reason:
            reply.reason = reason

    def thought(self, tokens: int | None) -> None:
        """So many tokens were spent on thoughts; of several replies nobody knows whose."""
        if tokens is not None and len(self.replies) <= 1:
            self.reply(0 if not self.replies else next(iter(self.replies))).tokens = tokens

    def fail(self, words: str) -> None:
        """An error; the first one counts."""
        sentence = words if words.startswith("The server") else f"The server reports an error: {words}"
        self.error = self.error or sentence
