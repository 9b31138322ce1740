"""A policy that runs elsewhere: any OpenAI-compatible server (vLLM, SGLang, llama.cpp, Ollama, transformers serve).

A tree is continued as raw text, which the server's prefix cache knows. A turn that nobody has begun can also come from
its chat, where the server takes the thought out by itself. Knows no search and no torch; asks no server that a user has
not named.
"""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.addresses import AddressError, parse_address
from engine.events import Cost, add_costs
from engine.policies import ModelError, OutOfReachError, Sample, Sampled, SampleRequest, Watch
from engine.policies.served.chat import ChatReply
from engine.policies.served.kept import Kept, Rest
from engine.policies.served.kinds import Draw, chat_body, raw_body, raw_path
from engine.policies.served.link import TICK, Link, RefusalError, give_up
from engine.policies.served.looking import NO_SUCH_WAY, Service, look
from engine.policies.served.raw import RawReply, row_of
from engine.policies.served.rendering import Rendering, literal
from engine.policies.stopping import begins_turn, ends_of, most_tokens, starts_hidden, step_end
from engine.policies.tags import Telling
from engine.thoughts import CLOSE
from engine.tokens import pack

IN_FLIGHT = 32
"""Requests under way at once: servers batch them."""
MOST_CHAT_TOKENS = 16_384
"""Of a whole answer with its thought, where no step can be asked for alone."""
_LONGEST_TOKEN = 400
"""Characters: a server that sends more than so many for each token that was asked for is not believed."""

Tell = Callable[[str], None]
Written = tuple[Sample, Cost]


class ServedPolicy:
    """Proposes steps with a model of the server at `address`. Raises ModelError, also from the constructor."""

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        try:
            self._address = parse_address(address)
        except AddressError as error:
            raise ModelError(str(error)) from error
        self._link = Link(self._address, environment)
        self._kept = Kept()
        self._service, self._rendering = self._link.run(self._find)
        self._stale = False
        self._chats = True

    @property
    def name(self) -> str:
        """The model, its server, and how it is used."""
        model = self._service.model or "the model"
        return f"{model} at {self._address.url} ({self._service.kind.title}, {self._way})"

    def about(self) -> dict[str, Any]:
        """What was found out about the server, for a person."""
        service = self._service
        return {
            "policy": self.name,
            "server": service.kind.title,
            "models": list(service.models),
            "model": service.model,
            "raw": not service.no_raw,
            "why_no_raw": service.no_raw,
            "template": self._rendering.how,
        }

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        """All continuations of all requests, side by side. One that fails fails the call; what came is dropped."""
        if not any(request.seeds for request in requests):
            return Sampled(((),) * len(requests), (Cost(),) * len(requests))
        try:
            if self._stale:
                self._service, self._rendering = self._link.run(self._find, watch.cancelled)
            self._stale = False
            written = iter(self._link.run(lambda: self._write_all(requests, watch), watch.cancelled))
        except ModelError:
            self._stale = True  # it may be started again with another model
            raise
        answers = [[next(written) for _ in request.seeds] for request in requests]
        return Sampled(
            tuple(tuple(sample for sample, _ in mine) for mine in answers),
            tuple(add_costs([cost for _, cost in mine]) for mine in answers),
        )

    async def _find(self) -> tuple[Service, Rendering]:
        service = await look(self._link)
        rendering = Rendering(self._link, service)
        await rendering.begin()
        return service, rendering

    @property
    def _way(self) -> str:
        if self._service.no_raw:
            return "chat alone"
        return f"raw text, {self._rendering.how or 'no template'}"

    async def _write_all(self, requests: Sequence[SampleRequest], watch: Watch) -> list[Written]:
        turns = asyncio.Semaphore(IN_FLIGHT)

        async def write(number: int, index: int) -> Written:
            async with turns:
                return await self._write(requests[number], index, lambda text: watch.writing(number, index, text))

        places = [(number, index) for number, request in enumerate(requests) for index in range(len(request.seeds))]
        tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(write(*place)) for place in places]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            await give_up(tasks)

    def _write(self, request: SampleRequest, index: int, tell: Tell) -> Awaitable[Written]:
        """One continuation, in the way that there is for it. Raises ModelError if there is none."""
        draw = Draw(request.seeds[index], request.temperature, most_tokens(request), request.top_p)
        fresh = not request.steps and not request.given
        if fresh and (request.whole or request.thinking) and self._begins_in_chat(request):
            return self._chat(request, draw, tell)
        if not fresh and (rest := self._kept.take(request)) is not None:
            return _at_once(self._next_of(request, rest), tell)
        if self._service.no_raw:
            raise ModelError(
                f"{self._address.url} cannot go on from a step: it has a chat, but no completion of raw text. "
                "Self-consistency, adaptive-consistency and best-of-n work with it, and chain of thought that thinks "
                f"first. It says: {self._service.no_raw}"
            )
        return self._continue(request, draw, tell)

    def _begins_in_chat(self, request: SampleRequest) -> bool:
        """Without a template the server alone knows how a turn looks; and it may take the closing tag for a control
        token, which it leaves out of raw text."""
        service, rendering = self._service, self._rendering
        unseen = request.thinking and rendering.tags.close != CLOSE and not service.kind.keeps_tags
        return bool(service.no_raw) or (self._chats and (not rendering.how or unseen))

    # -- raw text

    async def _continue(self, request: SampleRequest, draw: Draw, tell: Tell) -> Written:
        service, tags = self._service, self._rendering.tags
        prompt = await self._rendering.prompt(request)
        if (room := self._rendering.room(prompt)) is not None:
            if room < 1:
                return Sample("", None, 0, "length"), Cost()
            draw = replace(draw, most=min(draw.most, room))
        body = raw_body(service.kind, service.model, prompt, draw)
        if service.kind.keeps_tags and request.thinking:
            body["skip_special_tokens"] = False  # the tags may be some of those
        reply = RawReply()
        telling = Telling(tags, starts_hidden(request), opens=begins_turn(request))
        async with self._link.stream(raw_path(service.kind), body) as chunks:
            sample = await self._read(reply, telling, request, draw, chunks, tell)
        return sample, _cost(reply, sample.count)

    async def _read(
        self, reply: RawReply, telling: Telling, request: SampleRequest, draw: Draw, chunks: Any, tell: Tell
    ) -> Sample:
        """Read until the step ends by our own rule, or the server ends it."""
        async for chunk in chunks:
            if _ends_step(request, telling, reply.feed(chunk), tell):
                return _sampled(reply, telling.text, "step")
            self._check(reply.error, len(telling.text), draw)
            if not reply.over and reply.generated > draw.most:
                return _sampled(reply, telling.text, "length")
        if _ends_step(request, telling, reply.finish(), tell):
            return _sampled(reply, telling.text, "step")
        self._check(reply.error, len(telling.text), draw)
        if not reply.over:
            raise OutOfReachError(self._link.broken)
        return _sampled(reply, telling.text, reply.ended or "end")

    def _check(self, error: str, size: int, draw: Draw) -> None:
        """Raise ModelError for what the server reports in its stream, and for one that cannot stop."""
        if error:
            raise OutOfReachError(f"The server at {self._address.url} failed: {self._link.said(error)}")
        if size > _LONGEST_TOKEN * (draw.most + 10):
            raise ModelError(f"The server at {self._address.url} writes far more than the {draw.most} tokens it may.")

    # -- chat

    async def _chat(self, request: SampleRequest, draw: Draw, tell: Tell) -> Written:
        """A whole answer; of a request for a step the first one, while the rest is kept for those who ask on."""
        service = self._service
        turn, said = literal(request.user_turn, self._rendering.tags), self._rendering.conversation(request)
        most = draw.most if request.max_tokens else max(draw.most, MOST_CHAT_TOKENS)
        room = self._rendering.room("\n".join(each.text for each in said))
        whole = replace(draw, most=most if room is None else max(1, min(most, room)))
        body = chat_body(service.kind, service.model, said, request.thinking, whole)
        reply, clock, told = ChatReply(service.model, turn, request.thinking), asyncio.get_running_loop().time, 0.0
        try:
            async with self._link.stream("chat/completions", body) as chunks:
                async for chunk in chunks:
                    if reply.feed(chunk) and clock() - told >= TICK:  # it is put together anew each time
                        tell(reply.text)
                        told = clock()
                    self._check(reply.error, reply.size, whole)
        except RefusalError as refusal:
            if refusal.status not in NO_SUCH_WAY or self._service.no_raw:
                raise
            self._chats = False
            return await self._continue(request, draw, tell)
        text = reply.finish()
        self._check(reply.error, len(text), whole)
        if reply.ended is None:
            raise OutOfReachError(self._link.broken)
        return self._next_of(request, Rest(text, reply.generated, reply.ended)), _cost(reply, reply.generated)

    def _next_of(self, request: SampleRequest, rest: Rest) -> Sample:
        """What was asked for, of a text that is there already."""
        text = request.given + rest.text
        end = step_end(text, len(request.given), ends_of(request), starts_hidden(request))
        if end is None or not text[end:].strip():
            return Sample(rest.text, None, rest.count, rest.ended)
        cut = end - len(request.given)
        step = rest.text[:cut]
        self._kept.keep(request, step, Rest(rest.text[cut:], rest.count, rest.ended))
        return Sample(step, None, rest.count, "step")


def _ends_step(request: SampleRequest, telling: Telling, piece: str, tell: Tell) -> bool:
    """Take in a piece of text, and say whether it ends the step: what follows in it is dropped."""
    if not piece:
        return False
    telling.add(piece)
    tell(telling.text)
    text = request.given + telling.text
    end = step_end(text, len(text) - len(telling.pieces[-1]), ends_of(request), starts_hidden(request))
    if end is not None:
        telling.cut(end - len(request.given))
    return end is not None


async def _at_once(sample: Sample, tell: Tell) -> Written:
    """A sample that costs nothing: it was paid for with the text that it is a part of."""
    tell(sample.text)
    return sample, Cost()


def _cost(reply: RawReply | ChatReply, generated: int) -> Cost:
    """Of one call. No more of the prompt is cached than there is."""
    prompt = reply.prompt or 0
    cached = min(reply.cached, prompt)
    return Cost(calls=1, generated=generated, prompt=prompt - cached, cached=cached)


def _sampled(reply: RawReply, text: str, ended: Any) -> Sample:
    """With its token row, where what the server told of tokens fits the text."""
    row = row_of(reply.tokens, text)
    known = bool(row) and not any(math.isnan(token.logprob) for token in row)
    logprob = sum(token.logprob for token in row) if known else None
    return Sample(text, logprob, len(row) or reply.generated, ended, pack(row) if known else b"")
