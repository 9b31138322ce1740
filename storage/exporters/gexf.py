"""GEXF 1.3 (gexf.net), Gephi's own format. Written line by line; knows no table."""

from __future__ import annotations

from typing import IO

from engine import __version__
from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.graph_rows import LABEL, attributes
from storage.exporters.node_columns import COLUMNS
from storage.exporters.run_document import ExportedRun, run_document
from storage.exporters.xml_values import TYPES, inner, quoted, with_exact
from storage.plain_text import one_line

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
    '      xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
)
_NUMBERS = {name: str(place) for place, name in enumerate(name for name in COLUMNS if name != LABEL)}
"""A node's label is an attribute of its own."""


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    (info,) = wanted.infos
    _write_graph(run_document(wanted, info.id), out)


def _write_graph(document: ExportedRun, out: IO[bytes]) -> None:
    out.write(f"{_HEAD}{_meta(document)}{_columns()}    <nodes>\n".encode())
    for node, values in attributes(document):
        name = quoted(values.get(LABEL, ""))
        cells = "".join(
            f'          <attvalue for="{_NUMBERS[column]}" value={quoted(value)}/>\n'
            for column, value in with_exact(values).items()
            if column != LABEL
        )
        out.write(
            f'      <node id="{node.id}" label={name}>\n        <attvalues>\n{cells}'
            f"        </attvalues>\n      </node>\n".encode()
        )
    out.write(b"    </nodes>\n    <edges>\n")
    for node in document.nodes:
        if node.parent is not None:
            out.write(f'      <edge id="{node.id}" source="{node.parent}" target="{node.id}"/>\n'.encode())
    out.write(b"    </edges>\n  </graph>\n</gexf>\n")


def _meta(document: ExportedRun) -> str:
    about = inner(one_line(f"{document.plan.search} on {document.plan.text}"))
    return (
        f"  <meta>\n    <creator>Espalier {__version__}</creator>\n    <description>{about}</description>\n  </meta>\n"
    )


def _columns() -> str:
    rows = "".join(
        f'      <attribute id="{number}" title="{name}" type="{TYPES[COLUMNS[name]]}"/>\n'
        for name, number in _NUMBERS.items()
    )
    graph = '  <graph defaultedgetype="directed" mode="static">\n'
    return f'{graph}    <attributes class="node" mode="static">\n{rows}    </attributes>\n'


GEXF = Exporter(
    "gexf",
    "GEXF (Gephi)",
    ".gexf",
    "The tree as a graph with all its numbers, for Gephi.",
    _write,
)
