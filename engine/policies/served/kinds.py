"""The servers that are known: what each calls its settings, and what it tells beside the text. Data; sends nothing.

Unknown fields are ignored by most servers and refused by some, so a server that is not recognised gets the plain ones.
Sources: documentation and source code of vLLM 0.32, SGLang 0.5, llama.cpp, Ollama and transformers 5.23.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.policies import Said

ALTERNATIVES = 5
"""Likeliest tokens asked for in each place."""
_SEEDS = 2**31
"""Servers take seeds of 31 bits at least."""
_UNCUT = {"top_k": -1, "min_p": 0.0}
"""So that samples are the model's own distribution, whatever its folder proposes."""
_LIVE_USAGE = {"stream_options": {"include_usage": True, "continuous_usage_stats": True}}


@dataclass(frozen=True, slots=True)
class Kind:
    """A server program."""

    title: str
    owners: tuple[str, ...] = ()
    """What it puts into `owned_by` of its models."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    """More fields of a request for raw text."""
    chat: Mapping[str, Any] = field(default_factory=dict)
    """More fields of a chat."""
    dialect: Literal["openai", "transformers", "ollama"] = "openai"
    """Where the settings of sampling stand."""
    switch: Literal["", "template", "effort"] = ""
    """How a chat is told whether to think: by the chat template's `enable_thinking`, or by the effort."""
    renders: Literal["", "apply-template", "tokenize"] = ""
    """How it renders a prompt for us."""
    keeps_tags: bool = False
    """It can be told to leave control tokens in the text: for tags that are some."""
    takes_ids: bool = False
    """A prompt may be token ids: what stands in it is then exactly what was meant."""
    names_limit: str = "max_tokens"
    """What a chat calls the limit of tokens."""


VLLM = Kind(
    "vLLM",
    ("vllm",),
    raw={"logprobs": ALTERNATIVES, **_UNCUT, **_LIVE_USAGE},
    chat=_UNCUT,
    switch="template",
    renders="tokenize",
    keeps_tags=True,
    takes_ids=True,
)
SGLANG = Kind(
    "SGLang",
    ("sglang",),
    raw={"logprobs": ALTERNATIVES, **_UNCUT, **_LIVE_USAGE},
    chat=_UNCUT,
    switch="template",
    keeps_tags=True,
    takes_ids=True,
)
LLAMA_CPP = Kind(
    "llama.cpp",
    ("llamacpp",),
    raw={"logprobs": ALTERNATIVES, "top_k": 0, "min_p": 0.0},
    chat={"top_k": 0, "min_p": 0.0},
    switch="template",
    renders="apply-template",
    takes_ids=True,
)
OLLAMA = Kind("Ollama", ("library",), dialect="ollama", switch="effort")
TRANSFORMERS = Kind("transformers serve", dialect="transformers", switch="template")
OPENAI = Kind("OpenAI", ("openai", "system", "openai-internal"), names_limit="max_completion_tokens")
OTHER = Kind("OpenAI-compatible")
KINDS = (VLLM, SGLANG, LLAMA_CPP, OLLAMA, TRANSFORMERS, OPENAI, OTHER)


Prompt = str | list[int]
"""Text, or token ids."""


@dataclass(frozen=True, slots=True)
class Draw:
    """How one text is to be drawn."""

    seed: int
    temperature: float
    most: int
    """Tokens."""
    top_p: float = 1.0


def raw_path(kind: Kind) -> str:
    """Where raw text is continued: below `/v1`, or from the root on, since Ollama's `/v1` wraps it in a template."""
    return "/api/generate" if kind.dialect == "ollama" else "completions"


def raw_body(kind: Kind, model: str, prompt: Prompt, draw: Draw, *, stream: bool = True) -> dict[str, Any]:
    """A request to go on after `prompt`."""
    named = {"model": model} if model else {}
    if kind.dialect == "ollama":
        options = {"seed": draw.seed % _SEEDS, "temperature": draw.temperature, "num_predict": draw.most}
        cuts = {"top_k": 0, "top_p": draw.top_p}
        return {
            **named,
            "prompt": prompt,
            "raw": True,
            "stream": stream,
            "options": options | cuts,
        }
    body = {**named, "prompt": prompt, "stream": stream, **_settings(kind, draw)}
    body.setdefault("max_tokens", draw.most)
    if stream and kind.dialect == "openai":
        body["stream_options"] = {"include_usage": True}
        body |= kind.raw
    return body


def chat_body(kind: Kind, model: str, said: Sequence[Said], thinking: bool, draw: Draw) -> dict[str, Any]:
    """A request for a whole answer to a conversation."""
    body: dict[str, Any] = {"model": model} if model else {}
    messages = [{"role": each.role, "content": each.text} for each in said]
    body |= {"messages": messages, "stream": True, **_settings(kind, draw)}
    body[kind.names_limit] = draw.most
    if kind.dialect != "transformers":
        body["stream_options"] = {"include_usage": True}
    if kind.switch == "template":
        body["chat_template_kwargs"] = {"enable_thinking": thinking}
    elif kind.switch == "effort":
        body["reasoning_effort"] = "medium" if thinking else "none"
    return {**body, **kind.chat}


def _settings(kind: Kind, draw: Draw) -> dict[str, Any]:
    if kind.dialect != "transformers":
        return {"seed": draw.seed % _SEEDS, "temperature": draw.temperature, "top_p": draw.top_p}
    settings: dict[str, Any] = {"max_new_tokens": draw.most, "do_sample": draw.temperature > 0}
    if draw.temperature > 0:  # it samples only if it is told here, and refuses what it does not know
        settings |= {"temperature": draw.temperature, "top_p": draw.top_p, "top_k": 0}
    return {"seed": draw.seed % _SEEDS, "generation_config": json.dumps(settings)}
