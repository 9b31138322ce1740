"""The prompt as a server's model reads it: in its chat template, wherever that can be had. Asks, but writes no step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.policies import ModelError, Said, SampleRequest
from engine.policies.served.kinds import Prompt
from engine.policies.served.link import Link
from engine.policies.served.looking import Service
from engine.policies.tags import MARK, Tags, tags_in
from engine.traces.detecting import detect
from engine.traces.servers.values import table, text, whole
from engine.traces.tags import FALLBACK, named

if TYPE_CHECKING:
    from engine.llm.text import Vocabulary


_KEPT = 1_000
"""Prompts that are remembered."""


class Rendering:
    """Prompts of one model. `how` says in words where the template comes from; empty: there is none."""

    def __init__(self, link: Link, service: Service) -> None:
        self._link = link
        self._service = service
        self._vocabulary = _vocabulary(service.folder) if service.folder else None
        self._prompts: dict[tuple[tuple[Said, ...], bool], str] = {}
        self.tags = self._vocabulary.tags if self._vocabulary else tags_in(named(FALLBACK))
        self.how = "its tokenizer's template" if self._vocabulary else ""

    async def begin(self) -> None:
        """Find out whether the server renders, and how its model writes a thought."""
        if self._vocabulary is None:
            prompt = await self._by_server([Said("user", "1")], True)
            self.how = "the server's template" if prompt else ""
            self.tags = tags_in(detect(prompt or None, "", self._service.model).recipe, template=prompt)

    def conversation(self, request: SampleRequest) -> list[Said]:
        """All that was said, in which no tag of a thought is one."""
        said = (*request.before, Said("user", request.user_turn))
        return [Said(each.role, literal(each.text, self.tags)) for each in said]

    async def prompt(self, request: SampleRequest) -> Prompt:
        """All that stands before a continuation: the user turn, up to where the model speaks, and the trace so far."""
        if self._vocabulary is not None and self._service.kind.takes_ids:
            parts = [*request.steps, *([request.given] if request.given else [])]
            encode = self._vocabulary.encode_step
            start = self._vocabulary.encode_prompt(request.user_turn, request.thinking, request.before)
            return [*start, *(number for part in parts for number in encode(part))]
        key = (*request.before, Said("user", request.user_turn)), request.thinking
        if key not in self._prompts:
            while len(self._prompts) >= _KEPT:
                del self._prompts[next(iter(self._prompts))]
            self._prompts[key] = await self._rendered(request)
        return self._prompts[key] + self.tags.own("".join(request.steps) + request.given)

    def room(self, prompt: Prompt) -> int | None:
        """Tokens that the model has left after a prompt, where the server says how many it reads.

        Without a tokenizer a guess that is too small: two characters a token.
        """
        if self._service.longest is None:
            return None
        if isinstance(prompt, list):
            taken = len(prompt)
        else:
            taken = self._vocabulary.length(prompt) + 1 if self._vocabulary else len(prompt) // 2 + 16
        return self._service.longest - taken

    async def _rendered(self, request: SampleRequest) -> str:
        if self._vocabulary is not None:
            return self._vocabulary.prompt_text(request.user_turn, request.thinking, request.before)
        said = self.conversation(request)
        rendered = await self._by_server(said, request.thinking) if self.how else ""
        return self.tags.opened(rendered or "".join(f"{each.text}\n" for each in said), request.thinking)

    async def _by_server(self, said: Sequence[Said], thinking: bool) -> str:
        """The prompt that the server makes of a conversation; empty where it makes none."""
        kind, model = self._service.kind, {"model": self._service.model} if self._service.model else {}
        messages = [{"role": each.role, "content": each.text} for each in said]
        body = {"messages": messages, "chat_template_kwargs": {"enable_thinking": thinking}}
        try:
            if kind.renders == "apply-template":
                return whole(text(table(await self._link.ask("/apply-template", body)).get("prompt")))
            if kind.renders == "tokenize":
                found = table(await self._link.ask("/tokenize", {**model, **body, "add_generation_prompt": True}))
                back = await self._link.ask("/detokenize", {**model, "tokens": found.get("tokens")})
                return whole(text(table(back).get("prompt")))
        except ModelError:
            pass  # an older server without it: the plain format is left
        return ""


def literal(turn: str, tags: Tags) -> str:
    """A user's text in which no tag of a thought is one."""
    for name in tags.names:
        turn = turn.replace(name, name[:-1] + MARK + name[-1])
    return turn


def _vocabulary(folder: Path) -> Vocabulary:
    from engine.llm.load import load_tokenizer  # torch takes a second that most servers do not need
    from engine.llm.text import Vocabulary

    tokenizer = load_tokenizer(folder)
    return Vocabulary(tokenizer, len(tokenizer), folder.name)
