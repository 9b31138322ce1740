"""What the formats of exported runs are called in the window, and what each is for. Knows no widget and no file."""

from __future__ import annotations

from app.language import mark, tr

_WORDS: dict[str, tuple[str, str]] = {
    "json": (mark("JSON"), mark("The whole tree as it ended, with all its numbers, for programs of your own.")),
    "json-full": (
        mark("JSON with tokens and events"),
        mark("The same with every token and every event of the log; imported again without any loss."),
    ),
    "html": (
        mark("Report (HTML)"),
        mark("One page with recipe, outcome, best trace and tree, that opens in any browser and needs nothing else."),
    ),
    "markdown": (
        mark("Markdown"),
        mark("The best trace with its numbers and what the run was, for notes, issues and mail."),
    ),
    "events": (
        mark("Events (JSON lines)"),
        mark("The log, an event in each line: imported again it is the same run, event by event."),
    ),
    "events-bare": (
        mark("Events without tokens (JSON lines)"),
        mark("The log without the rows of tokens, which are most of it where a model was asked."),
    ),
    "csv": (
        mark("CSV"),
        mark("A row for each node, for pandas, R and spreadsheets; no cell is taken for a formula."),
    ),
    "csv-excel": (
        mark("CSV for Excel"),
        mark("The same with a byte order mark, by which Excel sees that it is UTF-8."),
    ),
    "node-link": (mark("Node-link JSON"), mark("The tree as nodes and edges, for networkx, d3 and other libraries.")),
    "graphml": (mark("GraphML"), mark("The tree as a graph, for Gephi, yEd, Cytoscape and networkx.")),
    "gexf": (mark("GEXF (Gephi)"), mark("The tree as a graph with all its numbers, for Gephi.")),
    "dot": (mark("DOT (Graphviz)"), mark("The tree as a drawing for Graphviz.")),
}


def export_title(name: str) -> str:
    """What the format is called; its name where there are no words for it."""
    return tr(_WORDS[name][0]) if name in _WORDS else name


def export_about(name: str) -> str:
    """What it is for, as a sentence."""
    return tr(_WORDS[name][1]) if name in _WORDS else ""
