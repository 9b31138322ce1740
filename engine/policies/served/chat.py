"""A streamed chat as one text: thought, closing tag, answer, whatever fields a server sends them in. Sends nothing."""

from __future__ import annotations

from engine.policies import Ended
from engine.policies.tags import Telling, tags_in
from engine.thoughts import CLOSE
from engine.traces.servers import Source, Stream
from engine.traces.servers.frames import Frames
from engine.traces.servers.parts import News
from engine.traces.servers.values import count, table, whole
from engine.traces.splitter import LENGTH_REASONS
from engine.traces.tags import FALLBACK, bundled, named

_ENDS = tuple({end for recipe in bundled() for end in recipe.ends})
_HOUSE = tags_in(named(FALLBACK))
_REFUSED = ("content_filter", "refusal", "safety")


class ChatReply:
    """Fed with bytes; `text` is what stands there so far, and `finish` reads it all again with what came last.

    Where no thought was asked for, one that comes is not kept: no step would be marked as hidden.
    """

    def __init__(self, model: str, turn: str, thinking: bool) -> None:
        self.error = ""
        """A sentence, or what the server reports."""
        self.ended: Ended | None = None
        self.generated = 0
        self.prompt: int | None = None
        self.cached = 0
        self.size = 0
        """Characters so far."""
        self._turn = turn
        self._thinking = thinking
        self._stream = Stream(Source(model=model))
        self._frames = Frames()
        self._hidden: list[str] = []
        self._shown: list[str] = []
        self._echo = 0

    @property
    def text(self) -> str:
        """A thought that stands in tags within the answer is told as it comes."""
        return self._whole("".join(self._hidden), "".join(self._shown), open_end=not self._shown)

    def feed(self, more: bytes) -> bool:
        """Whether `more` brought text."""
        self._count(more)
        news = self._stream.feed(more)
        self.error = self._stream.error
        for piece in news:
            self.size += len(piece.text)
            if piece.choice == 0:
                self._sort(piece)
        self.generated += bool(news)
        return bool(news)

    def finish(self) -> str:
        """The whole text; `ended` stays None where the stream broke."""
        answer = self._stream.finish()[0]
        self.error = answer.error
        if answer.reason in _REFUSED:
            self.error = self.error or f"The server ended the answer: {answer.reason}."
        is_cut = answer.reason in LENGTH_REASONS
        if answer.reason or self._stream.done:
            self.ended = "length" if is_cut else "end"
        trace = answer.trace
        hidden = trace.of("hidden") or trace.of("summary")
        return self._whole(hidden, trace.of("exposed")[self._echo :], open_end=trace.cut_off == "hidden")

    def _sort(self, piece: News) -> None:
        """Hidden or shown. What stands before the thought and holds the user's turn is the prompt, which transformers
        serve sends back where it does not know the template."""
        if piece.kind not in ("hidden", "summary"):
            self._shown.append(piece.text)
            return
        if not self._hidden and self._turn in (echo := "".join(self._shown)):
            self._echo = len(echo)
            self._shown.clear()
        self._hidden.append(piece.text)

    def _whole(self, hidden: str, shown: str, open_end: bool) -> str:
        hidden, shown = whole(hidden), _without_end(whole(shown))
        if not self._thinking:
            return _literal(shown)
        hidden = _literal(hidden.lstrip("\n"))
        if open_end:
            return hidden
        line = "\n" if hidden and not hidden.endswith("\n") else ""
        return f"{hidden}{line}{CLOSE}\n{_literal(shown.lstrip(chr(10)))}"

    def _count(self, more: bytes) -> None:
        for frame in self._frames.feed(more):
            usage = table(frame.get("usage")) if isinstance(frame, dict) else {}
            self.generated = count(usage.get("completion_tokens")) or self.generated
            self.prompt = count(usage.get("prompt_tokens")) or self.prompt
            details = table(usage.get("prompt_tokens_details"))
            self.cached = count(details.get("cached_tokens")) or self.cached


def _without_end(text: str) -> str:
    """Without the control token that ends a turn, which some servers send as text."""
    return next((text.rstrip().removesuffix(end) for end in _ENDS if text.rstrip().endswith(end)), text)


def _literal(text: str) -> str:
    """Text in which no tag is meant: the server has taken them out."""
    if "think>" not in text:
        return text
    telling = Telling(_HOUSE, by_token=True)
    telling.add(text)
    return telling.text
