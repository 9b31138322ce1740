"""A run as a graph for programs that draw graphs: what stands at a node, and what at the root for the whole run.

Such programs keep the attributes of nodes, and mostly lose those of the graph: so what is said of the whole run stands
as JSON at the root. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from storage.errors import SessionError
from storage.exporters.run_document import ExportedNode, ExportedRun
from storage.plain_text import one_line

WHOLE_RUN = "espalier"
"""Attribute of the root: everything of ExportedRun but its nodes, as JSON."""
LABEL = "label"
LONGEST_LABEL = 200
"""Characters of a node's text that a drawing shows."""
_ELSEWHERE = ("nodes", "events")
_LEFT_OUT = ("id", "tokens")
_NOTHING = (None, "")


def facts(document: ExportedRun) -> dict[str, Any]:
    """What is said of the whole run, as JSON values. Raises SessionError for what only a forged file has."""
    bare = msgspec.structs.replace(document, nodes=(), events=None)
    try:
        found = msgspec.to_builtins(bare)
        _json(found)
    except RecursionError:
        raise SessionError(f"What run {document.run} says of itself is nested too deeply to be written.") from None
    return {name: value for name, value in found.items() if name not in _ELSEWHERE}


def label(node: ExportedNode) -> str:
    """The beginning of a step, on one line; the root is called what it is."""
    return one_line(node.step, LONGEST_LABEL) + ("…" if len(node.step) > LONGEST_LABEL else "")


def attributes(document: ExportedRun) -> Iterator[tuple[ExportedNode, dict[str, str | int | float | bool]]]:
    """Each node with its attributes: plain values alone. What is missing or empty is not there; scores are JSON."""
    for node in document.nodes:
        found: dict[str, Any] = {LABEL: label(node), **msgspec.to_builtins(node)}
        found["scores"] = _json(found["scores"]) if node.scores else None
        if node.parent is None:
            found[WHOLE_RUN] = _json(facts(document))
        yield node, {name: value for name, value in found.items() if value not in _NOTHING and name not in _LEFT_OUT}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
