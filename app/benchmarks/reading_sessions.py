"""Reads a session file as the program does when somebody opens it, works on it and passes it on. Shows nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.tokens import TokenRowError, unpack
from engine.tree import Tree, TreeError, fold
from storage.converting import convert
from storage.errors import SessionError
from storage.session import Session


def read_all(path: Path) -> None:
    """Open it, fold what can be read of every run, and convert it. Raises SessionError for what is refused; nothing for
    no path at all."""
    if path == Path():
        return
    before = path.read_bytes()
    with Session.open(path) as session:
        is_foreign = session.is_foreign
        for info in session.runs():
            records, _damage = session.readable_records(info.id)
            with suppress(TreeError):
                _look_at(fold(records))
    if is_foreign:
        if path.read_bytes() != before:
            raise AssertionError("a file from elsewhere was written to")
        with TemporaryDirectory(prefix="espalier-trial-") as folder:
            _convert(path, Path(folder) / "mine.espalier")


def _look_at(tree: Tree) -> None:
    """What a click on each node would show."""
    for node in tree.nodes.values():
        with suppress(TokenRowError):
            unpack(node.tokens)
        tree.path(node.id)


def _convert(path: Path, target: Path) -> None:
    convert(path, target, lambda _done, _total: None, lambda: False)
    with closing(sqlite3.connect(target)) as connection:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise AssertionError("what a file from elsewhere was converted into is damaged")
    with Session.open(target) as session:
        for info in session.runs():
            try:
                fold(session.records(info.id))
            except (TreeError, SessionError) as error:
                raise AssertionError(f"a converted run cannot be read: {error}") from error
