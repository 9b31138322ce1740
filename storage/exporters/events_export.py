"""The log itself as JSON lines: for each run a line that says what it is, then a line for each event.

What an event holds says the JSON Schema of the events (`engine.events`); `tokens` of a child is its token row, packed
(`engine.tokens`), in base64. `format` is "espalier-events"; `version` goes up only when a key changes its meaning.
Nothing is lost: whoever imports the file has the same records.
"""

from __future__ import annotations

from typing import IO

import msgspec

from engine import __version__
from engine.choices import for_encoder
from engine.commands import RunPlan
from storage.exporters.exporter import Exporter, Wanted
from storage.runs import RunInfo

FORMAT = "espalier-events"
VERSION = 1


class RunHeader(msgspec.Struct, frozen=True):
    """The line before the events of a run."""

    format: str
    version: int
    run: int
    """Its number; its events carry it, too."""
    plan: RunPlan
    created_at: float
    """Seconds since the epoch (UTC)."""
    events: int
    """How many lines follow it."""
    written_by: str = ""
    """This program, with its version."""


def _write(wanted: Wanted, out: IO[bytes], *, tokens: bool) -> None:
    encode = msgspec.json.Encoder(enc_hook=for_encoder).encode
    for info in wanted.infos:
        out.write(encode(_header(info)) + b"\n")
        for record in wanted.records(info.id, tokens=tokens):
            out.write(encode(record) + b"\n")


def _header(info: RunInfo) -> RunHeader:
    return RunHeader(FORMAT, VERSION, info.id, info.plan, info.created_at, info.events, f"Espalier {__version__}")


EVENTS = Exporter(
    "events",
    "Events (JSON lines)",
    ".jsonl",
    "The log, an event in each line: imported again it is the same run, event by event.",
    lambda wanted, out: _write(wanted, out, tokens=True),
    takes_many=True,
)
EVENTS_BARE = Exporter(
    "events-bare",
    "Events without tokens (JSON lines)",
    ".jsonl",
    "The log without the rows of tokens, which are most of it where a model was asked.",
    lambda wanted, out: _write(wanted, out, tokens=False),
    takes_many=True,
)
