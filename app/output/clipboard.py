"""A trace on the clipboard: as text, Markdown, JSON, or a picture of the tree. Knows no menu.

Text goes out as the model wrote it; what is done with it elsewhere is not ours to guess.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from app.command_line.report import number, step_data
from app.language import tr
from app.models.shown_run import ShownRun
from app.output.markdown import escaped
from engine.events import NodeId
from engine.tree import Node, Tree

MIME = "application/vnd.espalier.trace+json"
"""JSON as of `trace_data`; plain text always goes with it."""
FORMAT = "espalier-trace"


class Clipboard:
    """Copies the trace to the selected step; without a selection, the one that the search chose."""

    def __init__(self, shown: ShownRun, picture: Callable[[], QImage]) -> None:
        self._shown, self._picture = shown, picture

    def why_not(self) -> str:
        """Why no trace can be copied, as a sentence; empty if one can."""
        return "" if self._node() is not None else tr("Select a step first: the trace to it is copied.")

    def has_tree(self) -> bool:
        return bool(self._shown.tree.nodes)

    def text(self) -> None:
        """The problem and the steps; other programs that know our format get the numbers as well."""
        self._put(trace_text)

    def markdown(self) -> None:
        """A heading and a table, for reports."""
        self._put(trace_markdown)

    def json(self) -> None:
        """The steps with all their numbers and scores."""
        self._put(trace_json)

    def picture(self) -> None:
        """The tree as it is on screen."""
        QGuiApplication.clipboard().setImage(self._picture())

    def _put(self, words: Callable[[Tree, NodeId], str]) -> None:
        node, tree = self._node(), self._shown.tree
        if node is not None:
            data = QMimeData()
            data.setText(words(tree, node))
            data.setData(MIME, trace_json(tree, node).encode())
            QGuiApplication.clipboard().setMimeData(data)

    def _node(self) -> NodeId | None:
        finished = self._shown.tree.finished
        return self._shown.selected if self._shown.selected is not None else finished.chosen if finished else None


def trace_text(tree: Tree, node: NodeId) -> str:
    """The problem, then a step a line, as they were written."""
    steps = [step.step.strip("\n") for step in _steps(tree, node)]
    return "\n".join([*([tree.started.text] if tree.started else []), *steps]) + "\n"


def trace_markdown(tree: Tree, node: NodeId) -> str:
    """A heading with the problem, a line with the search, and a table of the steps with their numbers."""
    steps = _steps(tree, node)
    sources = list(dict.fromkeys(score.source for step in steps for score in step.scores))
    columns = ["Step", "N", "Q", "P", *map(str, sources)]
    rows = [[escaped(step.step), str(step.visits), *_numbers(step, sources)] for step in steps]
    table = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    head = [f"### {escaped(tree.started.text)}", "", _search_line(tree), ""] if tree.started else []
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in table)]) + "\n"


def trace_data(tree: Tree, node: NodeId) -> dict[str, Any]:
    """The trace as JSON values; the root is left out, its text is the problem."""
    started = tree.started
    return {
        "format": FORMAT,
        "version": 1,
        "problem": {"kind": started.problem, "text": started.text} if started else None,
        "search": started.search if started else None,
        "seed": started.seed if started else None,
        "gold": tree.gold,
        "steps": [step_data(step) for step in _steps(tree, node)],
    }


def trace_json(tree: Tree, node: NodeId) -> str:
    return json.dumps(trace_data(tree, node), indent=2, ensure_ascii=False) + "\n"


def _steps(tree: Tree, node: NodeId) -> list[Node]:
    return tree.path(node)[1:]


def _numbers(step: Node, sources: list[Any]) -> list[str]:
    scores = (step.score(source) for source in sources)
    return [number(step.value), number(step.prior), *(number(score.value if score else None) for score in scores)]


def _search_line(tree: Tree) -> str:
    assert tree.started is not None
    gold = [tr("a gold answer influenced this run")] if tree.gold else []
    return ", ".join([tree.started.search, f"seed {tree.started.seed}", *gold])
