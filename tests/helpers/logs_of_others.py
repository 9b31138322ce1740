"""Logs of others through their importers, without a file."""

from __future__ import annotations

import io
from typing import Any

from engine.importing import Kept
from engine.run_traces import trace_of
from engine.traces.spans import Trace
from engine.tree import Tree, fold
from storage.importers import importer_of
from storage.importers.importer import Odd


def read(raw: bytes, name: str = "a.eval") -> tuple[list[Tree], list[str]]:
    """The runs of a file with these bytes, and what was odd."""
    stream = io.BytesIO(raw)
    importer = importer_of(stream, name)
    assert importer is not None
    found = list(importer.records(stream, name))
    trees = [fold(one.records(1, 0.0)) for one in found if isinstance(one, Kept)]
    return trees, [str(one) for one in found if isinstance(one, Odd)]


def known_as(raw: bytes, name: str = "a") -> str:
    """The name of who reads such a file; empty if nobody."""
    importer = importer_of(io.BytesIO(raw), name)
    return "" if importer is None else importer.name


def trace(tree: Tree, node: int | None = None) -> Trace:
    """The trace that the run came to, or the one that ends at `node`."""
    assert tree.finished is not None
    return trace_of(tree, node or tree.finished.chosen or 0)


def told(tree: Tree) -> dict[str, Any]:
    assert tree.started is not None
    return tree.started.told


def outcome(tree: Tree) -> tuple[str | None, bool | None, str]:
    """Answer, whether it is right, and who says so."""
    assert tree.finished is not None
    return tree.finished.answer, tree.finished.correct, tree.finished.verdict
