"""GraphML (graphml.graphdrawing.org, schema 1.0), as Gephi, yEd, Cytoscape and networkx read it.

Written line by line: a library's graph of 100,000 nodes would take the memory of a model.
"""

from __future__ import annotations

from typing import IO

from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.graph_rows import attributes
from storage.exporters.node_columns import COLUMNS
from storage.exporters.run_document import ExportedRun, run_document
from storage.exporters.xml_values import TYPES, inner, with_exact

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
    '         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    (info,) = wanted.infos
    _write_graph(run_document(wanted, info.id), out)


def _write_graph(document: ExportedRun, out: IO[bytes]) -> None:
    keys = "".join(
        f'  <key id="{name}" for="node" attr.name="{name}" attr.type="{TYPES[kind]}"/>\n'
        for name, kind in COLUMNS.items()
    )
    out.write(f'{_HEAD}{keys}  <graph id="run{document.run}" edgedefault="directed">\n'.encode())
    for node, values in attributes(document):
        data = "".join(
            f'      <data key="{name}">{inner(value)}</data>\n' for name, value in with_exact(values).items()
        )
        out.write(f'    <node id="{node.id}">\n{data}    </node>\n'.encode())
    for node in document.nodes:
        if node.parent is not None:
            out.write(f'    <edge id="e{node.id}" source="{node.parent}" target="{node.id}"/>\n'.encode())
    out.write(b"  </graph>\n</graphml>\n")


GRAPHML = Exporter(
    "graphml",
    "GraphML",
    ".graphml",
    "The tree as a graph, for Gephi, yEd, Cytoscape and networkx.",
    _write,
)
