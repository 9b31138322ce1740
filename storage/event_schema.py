"""The events as a JSON Schema (draft 2020-12), made of the classes themselves. Knows no table and no file.

It describes a line of `espalier export --to events`, and the events in the blocks of a session file, where the children
of an Expanded are the numbers of their rows in table `nodes`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from engine import __version__
from engine.events import Expanded, Record

_IN_A_FILE = "numbers of nodes, whose rows stand in table `nodes`"


def event_schema() -> dict[str, Any]:
    """One record: run, seq, at, event. Every kind of event is in `$defs`, with what its class says of itself."""
    (root,), parts = msgspec.json.schema_components([Record], ref_template="#/$defs/{name}")
    children = parts[Expanded.__name__]["properties"]["children"]
    parts[Expanded.__name__]["properties"]["children"] = {
        "anyOf": [children, {"type": "array", "items": {"type": "integer"}, "description": _IN_A_FILE}]
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of an Espalier run",
        "description": f"Made from the code of Espalier {__version__}. Readers ignore keys that they do not know.",
        **root,
        "$defs": parts,
    }
