"""What a table or a graph has of every node, by name, and of which type: the fields of ExportedNode. Knows no file."""

from __future__ import annotations

from storage.exporters.graph_rows import LABEL, WHOLE_RUN
from storage.exporters.xml_values import EXACT

COLUMNS: dict[str, type] = {
    LABEL: str,
    "parent": int,
    "step": str,
    "N": int,
    "W": float,
    "Q": float,
    "P": float,
    "logprob": float,
    "samples": int,
    "terminal": bool,
    "hidden": bool,
    "broken": str,
    "scores": str,
    "twin": int,
    "pruned": str,
    "note": str,
    "bookmarked": bool,
    "edit": str,
    "score": float,
    "by": str,
    WHOLE_RUN: str,
    EXACT: str,
}
"""`scores` is a list of Score as JSON."""
