"""A run as one JSON object for other programs, see `run_document`; with token rows and the log, if wanted."""

from __future__ import annotations

from typing import IO

import msgspec

from engine.choices import for_encoder
from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.run_document import run_document


def _write(wanted: Wanted, out: IO[bytes], *, full: bool) -> None:
    (info,) = wanted.infos
    document = run_document(wanted, info.id, tokens=full, events=full)
    body = msgspec.json.encode(document, enc_hook=for_encoder)
    out.write(msgspec.json.format(body, indent=2) + b"\n")


JSON = Exporter(
    "json",
    "JSON",
    ".json",
    "The whole tree as it ended, with all its numbers, for programs of your own.",
    lambda wanted, out: _write(wanted, out, full=False),
)
JSON_FULL = Exporter(
    "json-full",
    "JSON with tokens and events",
    ".json",
    "The same with every token and every event of the log; it can be imported again without any loss.",
    lambda wanted, out: _write(wanted, out, full=True),
)
