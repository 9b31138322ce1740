"""Node-link JSON, as `networkx.node_link_graph(data, edges="edges")` and d3 read it. Knows no table."""

from __future__ import annotations

from typing import IO, Any

import msgspec

from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.graph_rows import LABEL, facts, label
from storage.exporters.run_document import ExportedNode, run_document


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    (info,) = wanted.infos
    document = run_document(wanted, info.id)
    graph = {
        "directed": True,
        "multigraph": False,
        "graph": facts(document),
        "nodes": [_node(node) for node in document.nodes],
        "edges": [{"source": node.parent, "target": node.id} for node in document.nodes if node.parent is not None],
    }
    out.write(msgspec.json.format(msgspec.json.encode(graph), indent=1) + b"\n")


def _node(node: ExportedNode) -> dict[str, Any]:
    fields = msgspec.to_builtins(node)
    del fields["tokens"]
    return {**fields, LABEL: label(node)}


NODE_LINK = Exporter(
    "node-link",
    "Node-link JSON",
    ".json",
    "The tree as nodes and edges, for networkx, d3 and what else draws graphs.",
    _write,
)
