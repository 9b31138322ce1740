"""Our own trees out of GraphML and GEXF, also where Gephi or another program has saved them again.

A parent is what the node says, else what its edge says; attributes are found by their names. Knows no table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from engine.importing import Kept
from engine.importing_tree import MOST_NODES, DraftError
from storage.exporters.graph_rows import WHOLE_RUN
from storage.exporters.run_document import ExportedRun
from storage.exporters.xml_values import EXACT
from storage.importers.document_rows import LARGEST_ROWS, Row, document_of_rows
from storage.importers.espalier_run import kept_or_odd
from storage.importers.importer import Head, Odd, Working
from storage.importers.xml_elements import Element, XmlError, elements

_SIGN = WHOLE_RUN.encode()
_BEFORE_ROOT = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>)?(?>(?:(?>\s*<!(?:--.*?--|DOCTYPE[^\[>]*(?:\[.*?\]\s*)?)>))*)\s*"
"""A declaration, comments, and a document type, which reading refuses in words; each matched in one way alone."""


class _Graph:
    """What was found in a file."""

    def __init__(self) -> None:
        self.nodes: dict[str, Row] = {}
        self.parents: dict[str, str] = {}

    def rows(self) -> list[Row]:
        """One for each node; a parent that it does not name is the source of its edge."""
        return [self._row(name, row) for name, row in self.nodes.items()]

    def _row(self, name: str, row: Row) -> Row:
        exact = msgspec.json.decode(row.pop(EXACT), type=dict[str, str]) if EXACT in row else {}
        told = {} if "parent" in row or name not in self.parents else {"parent": self.parents[name]}
        return {**told, **row, **exact, "id": name}


@dataclass(frozen=True, slots=True)
class _GraphFile:
    name: str
    title: str
    root: re.Pattern[bytes]
    """How such a document begins."""
    take: Callable[[_Graph, Element, dict[str, Any]], None]
    """Adds an element to the graph; the dictionary keeps what it must know of those before."""

    def recognises(self, head: Head) -> float:
        return float(self.root.match(head.start) is not None and _SIGN in head.start)

    def records(self, stream: IO[bytes], source: str) -> Iterator[Kept | Odd | Working]:
        yield (yield from kept_or_odd(self._read(stream), self.title, source))

    def _read(self, stream: IO[bytes]) -> Generator[Working, None, ExportedRun]:
        graph, state = _Graph(), dict[str, Any]()
        try:
            for element in elements(stream, LARGEST_ROWS):
                self.take(graph, element, state)
                if len(graph.nodes) > MOST_NODES:
                    raise DraftError(f"it has more than {MOST_NODES:,} nodes, and no more can be read")
        except XmlError as error:
            raise DraftError(str(error)) from error
        return (yield from document_of_rows(graph.rows()))


def _take_graphml(graph: _Graph, element: Element, state: dict[str, Any]) -> None:
    tag, told, text = element
    names: dict[str, str] = state.setdefault("names", {})
    if text is None:
        if tag == "key" and "id" in told:
            names[told["id"]] = told.get("attr.name", told["id"])
        elif tag == "node":
            state["at"] = graph.nodes.setdefault(told.get("id", ""), {})
        elif tag == "edge":
            _take_edge(graph, told)
    elif tag == "node":
        state.pop("at", None)
    elif tag == "data" and "at" in state:
        state["at"][names.get(told.get("key", ""), "")] = text


def _take_gexf(graph: _Graph, element: Element, state: dict[str, Any]) -> None:
    tag, told, text = element
    names: dict[str, str] = state.setdefault("names", {})
    if text is not None:
        if tag == "node":
            state.pop("at", None)
        return
    if tag == "attributes":
        state["of"] = told.get("class")
    elif tag == "attribute" and state.get("of") == "node":
        names[told.get("id", "")] = told.get("title", "")
    elif tag == "node":
        state["at"] = graph.nodes.setdefault(told.get("id", ""), {})
    elif tag == "attvalue" and "at" in state:
        state["at"][names.get(told.get("for", ""), "")] = told.get("value", "")
    elif tag == "edge":
        _take_edge(graph, told)


def _take_edge(graph: _Graph, told: Mapping[str, str]) -> None:
    graph.parents.setdefault(told.get("target", ""), told.get("source", ""))


def _root(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(_BEFORE_ROOT + b"<" + tag + rb"[\s>]", re.DOTALL)


ESPALIER_GRAPHML = _GraphFile("espalier-graphml", "Espalier's GraphML", _root(b"graphml"), _take_graphml)
ESPALIER_GEXF = _GraphFile("espalier-gexf", "Espalier's GEXF", _root(b"gexf"), _take_gexf)
