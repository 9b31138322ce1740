"""`espalier doctor --server URL`: what a server is and how it can be used. The engine asks it; nothing here does."""

from __future__ import annotations

from app.command_line.doctor import Finding
from app.command_line.headless import EngineDied, Faulted, Refused, try_models
from app.command_line.run import UsageError
from engine.addresses import AddressError, parse_address
from engine.commands import LoadModels

SECONDS = 180.0
"""A server may load its model before it answers."""
LISTED = 20
"""Models that are named at most."""


def examine_server(url: str) -> list[Finding]:
    """Look at a server, which writes one token. Raises UsageError if `url` is none."""
    try:
        address = parse_address(url)
    except AddressError as error:
        raise UsageError(str(error)) from error
    try:
        told = try_models(SECONDS, LoadModels(url.strip(), ())).data
    except (EngineDied, Faulted, Refused) as error:
        return [Finding("Server", False, str(error))]
    models = [str(name) for name in told["models"]]
    more = f" and {len(models) - LISTED} more" if len(models) > LISTED else ""
    chat = "only its chat is of use (chains: think first, self-consistency, best-of-n)"
    raw = "it continues it: every strategy works" if told["raw"] else f"{chat}: {told['why_no_raw']}"
    return [
        Finding("Server", True, f"{told['server']} at {address.url}"),
        Finding("Models", True, (", ".join(models[:LISTED]) or "none that it lists") + more),
        Finding("Policy", True, str(told["policy"])),
        Finding("Raw text", bool(told["raw"]), raw),
        Finding(
            "Prompts", True, str(told["template"]) or "plain text: no chat template is at hand", _fix(told["template"])
        ),
    ]


def _fix(template: object) -> str:
    return "" if template else "name a folder with the model's tokenizer: URL#MODEL&tokenizer=FOLDER"
