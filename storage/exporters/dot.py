"""DOT, for Graphviz (graphviz.org/doc/info/lang.html). Knows no table."""

from __future__ import annotations

from typing import IO

from storage.exporters.exporter import Exporter, Wanted
from storage.exporters.graph_rows import label
from storage.exporters.run_document import ExportedNode, ExportedRun, run_document
from storage.exporters.xml_values import sayable

_BEST, _OUT = "#c45f00", "#98a2ae"
"""Of the trace that the run chose, and of what is out of the search: the colours of the program's light theme."""


def _write(wanted: Wanted, out: IO[bytes]) -> None:
    (info,) = wanted.infos
    document = run_document(wanted, info.id)
    best = _best(document)
    out.write(b'digraph espalier {\n  node [shape=box, style=rounded, fontname="Helvetica", fontsize=10];\n')
    for node in document.nodes:
        out.write(f"  {node.id} [{_look(node, best)}];\n".encode())
        if node.parent is not None:
            look = f' [color="{_BEST}", penwidth=2]' if node.id in best else ""
            out.write(f"  {node.parent} -> {node.id}{look};\n".encode())
    out.write(b"}\n")


def _best(document: ExportedRun) -> set[int]:
    """The nodes of the trace that the run chose; none where it chose none."""
    parents = {node.id: node.parent for node in document.nodes}
    at = document.finished.chosen if document.finished else None
    found: set[int] = set()
    while at is not None:
        found.add(at)
        at = parents[at]
    return found


def _look(node: ExportedNode, best: set[int]) -> str:
    value = "" if node.Q is None else f", Q {node.Q:.3g}"
    words = _escaped(label(node)) + f"\\nN {node.N}{value}, P {node.P:.2g}"
    colour = f', color="{_BEST}", penwidth=2' if node.id in best else ""
    out = f', style="rounded,dashed", color="{_OUT}", fontcolor="{_OUT}"' if node.pruned else ""
    return f'label="{words}"{out}{colour}'


def _escaped(text: str) -> str:
    """For a quoted string: a backslash would begin a code, such as \\N, the node's name. A drawing as SVG is XML."""
    return sayable(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


DOT = Exporter("dot", "DOT (Graphviz)", ".dot", "The tree as a drawing for Graphviz: dot -Tsvg run.dot.", _write)
