"""The events as a JSON Schema (draft 2020-12), made of the classes themselves. Knows no table and no file.

It describes the lines of `espalier export --to events` (records, and before those of each run what run it is), and the
events in the blocks of a session file, where the children of an Expanded are numbers of rows in table `nodes`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from engine import __version__
from engine.events import Expanded, Record
from storage.exporters.events_export import RunHeader

_IN_A_FILE = "numbers of nodes, whose rows stand in table `nodes`"


def event_schema() -> dict[str, Any]:
    """One record: run, seq, at, event; or the header of a run. Every kind of event is in `$defs`, described."""
    lines, parts = msgspec.json.schema_components([Record, RunHeader], ref_template="#/$defs/{name}")
    children = parts[Expanded.__name__]["properties"]["children"]
    parts[Expanded.__name__]["properties"]["children"] = {
        "anyOf": [children, {"type": "array", "items": {"type": "integer"}, "description": _IN_A_FILE}]
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of an Espalier run, or the line before its records",
        "description": f"Made from the code of Espalier {__version__}. Readers ignore keys that they do not know.",
        "anyOf": list(lines),
        "$defs": parts,
    }
