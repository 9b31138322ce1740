"""A streamed continuation of raw text, as it is read: text, token rows, counts. Sends nothing.

Chunks need not be tokens, and what is told of tokens need not fit the text: only where both agree is there a row.
"""

from __future__ import annotations

import math
from typing import Any

from engine.policies import Ended
from engine.tokens import Alternative, Token
from engine.traces.servers.frames import Frame, FrameError, Frames
from engine.traces.servers.values import count, fault, table, tables, text, whole
from engine.traces.splitter import LENGTH_REASONS

_MISSING = -9990.0
"""A log-probability this low stands for one that is not told (vLLM)."""


class RawReply:
    """Fed with bytes; `feed` gives the text that they bring, and `finish` what is left."""

    def __init__(self) -> None:
        self.error = ""
        """What the server reports, in its words; the first counts."""
        self.ended: Ended | None = None
        """Set by the server's last word."""
        self.tokens: list[Token] = []
        """Those told of, in order."""
        self.prompt: int | None = None
        self.cached = 0
        self._frames = Frames()
        self._generated: int | None = None
        self._pieces = 0
        self._half = ""
        """Of a character that stands in two chunks."""

    @property
    def generated(self) -> int:
        """Tokens so far; where the server does not tell, the chunks of text, which are mostly one each."""
        return max(self._generated or 0, len(self.tokens)) or self._pieces

    @property
    def over(self) -> bool:
        return self.ended is not None or self._frames.done

    def feed(self, more: bytes) -> str:
        """The text that `more` brings."""
        news = self._half + "".join([self._take(frame) for frame in self._frames.feed(more)])
        self._half = news[-1:] if "\ud800" <= news[-1:] <= "\udbff" else ""
        return whole(news.removesuffix(self._half))

    def finish(self) -> str:
        """The text of what is left."""
        rest = self._half + "".join([self._take(frame) for frame in self._frames.finish()])
        return whole(rest)

    def _take(self, frame: Frame) -> str:
        if isinstance(frame, FrameError):
            self.error = self.error or str(frame)
            return ""
        if frame.get("error"):
            self.error = self.error or fault(frame["error"])
        self._count(frame)
        choice = next(iter(tables(frame.get("choices"))), {})
        reason = text(choice.get("finish_reason")) or text(frame.get("done_reason"))
        if reason or frame.get("done") is True:
            self.ended = "length" if reason in LENGTH_REASONS else "end"
        self.tokens += tokens_in(table(choice.get("logprobs")))
        piece = text(choice.get("text")) or text(frame.get("response"))
        self._pieces += bool(piece)
        return piece

    def _count(self, frame: dict[str, Any]) -> None:
        usage = table(frame.get("usage"))
        generated = count(usage.get("completion_tokens"))
        self._generated = generated if generated is not None else count(frame.get("eval_count")) or self._generated
        prompt = count(usage.get("prompt_tokens"))
        self.prompt = prompt if prompt is not None else count(frame.get("prompt_eval_count")) or self.prompt
        self.cached = count(table(usage.get("prompt_tokens_details")).get("cached_tokens")) or self.cached


def row_of(tokens: list[Token], written: str) -> tuple[Token, ...]:
    """The tokens of a text, the last one cut where the text is; none where they do not fit it."""
    row: list[Token] = []
    left = written
    for token in tokens:
        if not left and token.text:
            break
        if not (left.startswith(token.text) or token.text.startswith(left)):
            return ()
        kept = token.text[: len(left)]
        row.append(Token(kept, token.id, token.logprob, token.entropy, token.alternatives))
        left = left[len(kept) :]
    return () if left else tuple(row)


def tokens_in(told: dict[str, Any]) -> list[Token]:
    """The tokens that one chunk tells of, in the form of completions or in that of chats."""
    if "content" in told:
        return [_token(one.get("token"), one.get("logprob"), _listed(one)) for one in tables(told["content"])]
    names, logprobs, tops = (told.get(name) for name in ("tokens", "token_logprobs", "top_logprobs"))
    if not isinstance(names, list) or not isinstance(logprobs, list):
        return []
    listed = tops if isinstance(tops, list) and len(tops) == len(names) else [{}] * len(names)
    return [_token(*each) for each in zip(names, logprobs, map(table, listed), strict=False)]


def _listed(one: dict[str, Any]) -> dict[str, Any]:
    return {text(top.get("token")): top.get("logprob") for top in tables(one.get("top_logprobs"))}


def _token(name: Any, logprob: Any, top: dict[str, Any]) -> Token:
    """Entropy is a lower bound: all that is not among the likeliest counts as one."""
    name = whole(text(name))
    listed = {whole(each): _logprob(value) for each, value in top.items()}
    likely = {each: math.exp(value) for each, value in listed.items() if value is not None}
    known = _logprob(logprob)
    if known is not None:
        likely.setdefault(name, math.exp(known))
    rest = max(0.0, 1.0 - sum(likely.values()))
    entropy = -sum(each * math.log(each) for each in (*likely.values(), rest) if each > 0)
    best = sorted(likely.items(), key=lambda item: -item[1])
    alternatives = tuple(Alternative(each, probability) for each, probability in best)
    return Token(name, -1, math.nan if known is None else known, max(0.0, entropy), alternatives)


def _logprob(value: Any) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and _MISSING < value <= 1e-3
    return min(float(value), 0.0) if good else None
