"""What a server is, which model of it is meant, and which ways it can be used: asked once. Writes no step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.addresses import is_here
from engine.policies import ModelError, Said
from engine.policies.served.kinds import (
    KINDS,
    LLAMA_CPP,
    OPENAI,
    OTHER,
    SGLANG,
    TRANSFORMERS,
    VLLM,
    Draw,
    Kind,
    chat_body,
    raw_body,
    raw_path,
)
from engine.policies.served.link import OPENAI_HOST, Link, RefusalError, one_line
from engine.traces.servers.values import count, fault, table, tables, text

T = TypeVar("T")
MOST_MODELS = 1_000
LISTED = 8
"""Models that a sentence names at most."""
NO_SUCH_WAY = (400, 404, 405, 422, 501)
"""What servers answer where they know no such endpoint, or not for this model."""
NO_PAGE = (404, 405, 501)
"""What they answer where they know no such endpoint at all."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server as it was found."""

    kind: Kind
    models: tuple[str, ...]
    model: str
    """What requests name; empty where the server needs no name."""
    longest: int | None
    """Tokens that the model reads, where the server says it."""
    no_raw: str
    """Why it cannot continue raw text, in words; empty if it can."""
    folder: Path | None
    """A local folder with the model's tokenizer."""


async def look(link: Link) -> Service:
    """Ask the server about itself. Raises ModelError, a sentence."""
    entries = await _models(link)
    kind = await _kind(link, entries)
    names = tuple(name for entry in entries if (name := text(entry.get("id"))))
    asked = _chosen(link, kind, names)
    no_raw, told = await _try_raw(link, kind, asked, names)
    model = asked or told
    if no_raw and not entries and kind is OTHER:
        await _try_chat(link, asked, no_raw)
    entry = next((entry for entry in entries if entry.get("id") == model), {})
    return Service(
        kind=kind,
        models=names,
        model=model,
        longest=count(entry.get("max_model_len")) or count(table(entry.get("meta")).get("n_ctx_train")),
        no_raw=no_raw,
        folder=_folder(link, model, text(entry.get("root"))),
    )


async def _models(link: Link) -> list[dict[str, Any]]:
    """The models it lists; none where it lists none: some servers fail here and work all the same."""
    try:
        listed = tables(table(await link.ask("models")).get("data"))[:MOST_MODELS]
    except RefusalError as refusal:
        if refusal.status in (401, 403):
            raise
        return []
    for entry in listed:
        entry["id"] = one_line(text(entry.get("id")))
    return listed


async def _kind(link: Link, entries: list[dict[str, Any]]) -> Kind:
    """By what it says of its models; else by a page that only one kind of server has."""
    if link.address.host == OPENAI_HOST:
        return OPENAI
    owners = {text(entry.get("owned_by")) for entry in entries}
    known = next((kind for kind in KINDS if owners & {*kind.owners}), None)
    if known is not None:
        return known
    marks: tuple[tuple[Kind, str, Callable[[Any], bool]], ...] = (
        (TRANSFORMERS, "/openapi.json", lambda page: "/load_model" in table(table(page).get("paths"))),
        (VLLM, "/version", lambda page: bool(table(page).get("version"))),
        (SGLANG, "/get_model_info", lambda page: "model_path" in table(page)),
        (LLAMA_CPP, "/props", lambda page: "default_generation_settings" in table(page)),
    )
    for kind, path, fits in marks:
        try:
            if fits(await link.ask(path)):
                return kind
        except ModelError:
            continue
    return OTHER


def _chosen(link: Link, kind: Kind, names: tuple[str, ...]) -> str:
    """The model that requests name. A list may be incomplete: what is wrong with a name, the server says."""
    if link.address.model or kind is TRANSFORMERS:  # which lists what it could load, not what it serves
        return link.address.model
    return names[0] if names else ""


async def _try_raw(link: Link, kind: Kind, model: str, names: tuple[str, ...]) -> tuple[str, str]:
    """Why it cannot continue raw text, found out with one token; and the model that it says wrote it."""
    body = raw_body(kind, model, "1", Draw(0, 0.0, 1), stream=False)
    try:
        reply = table(await link.ask(raw_path(kind), body))
    except RefusalError as refusal:
        if _is_about_the_model(refusal, model):
            there = ", ".join(names[:LISTED]) or "none that it lists"
            raise ModelError(f"The server at {link.address.url} has no model “{model}”; it has: {there}.") from refusal
        if refusal.status in NO_SUCH_WAY:
            return str(refusal), ""
        raise
    if reply.get("error"):
        return link.said(fault(reply["error"])), ""
    known = "response" in reply or any("text" in choice for choice in tables(reply.get("choices")))
    why = "" if known else f"The server at {link.address.url} answers it with something else."
    return why, one_line(text(reply.get("model")).removesuffix("@main"))  # transformers serve names a revision, too


async def _try_chat(link: Link, model: str, no_raw: str) -> None:
    """Raise ModelError where a server of which nothing is known has no chat either: it may be no such server."""
    body = chat_body(OTHER, model, [Said("user", "1")], False, Draw(0, 0.0, 1)) | {"stream": False}
    del body["stream_options"]
    try:
        await link.ask("chat/completions", body)
    except RefusalError as refusal:
        if refusal.status in NO_PAGE:
            raise ModelError(
                f"{link.address.url} has neither a chat nor completions, nor a list of models: is the address right? "
                f"It says: {no_raw}"
            ) from refusal


def _is_about_the_model(refusal: RefusalError, model: str) -> bool:
    words = str(refusal).lower()
    said = "not exist" in words or "not found" in words or "pinned" in words
    return bool(model) and refusal.status in (400, 404) and said and model.lower() in words


def _folder(link: Link, *told: str) -> Path | None:
    """The first that is a folder of this machine with a tokenizer; a relative one could be any.

    What the server tells counts only if it runs here, and if it names no share of another machine: a mere look at one
    logs in there. Raises ModelError if the folder that the address names is none.
    """
    address = link.address
    if address.tokenizer and not _has_tokenizer(address.tokenizer):
        raise ModelError(f"There is no tokenizer in {address.tokenizer}: name a folder with a tokenizer_config.json.")
    near = [name for name in told if is_here(address.host) and not name.startswith(("\\\\", "//"))]
    return next(
        (Path(name).expanduser() for name in (address.tokenizer, address.model, *near) if _has_tokenizer(name)), None
    )


def _has_tokenizer(name: str) -> bool:
    try:
        folder = Path(name).expanduser()
        return folder.is_absolute() and (folder / "tokenizer_config.json").is_file()
    except (OSError, RuntimeError, ValueError):  # no name for a file, or of no user's home
        return False
