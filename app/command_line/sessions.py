"""Session files as commands take them: what is not there is said in a sentence. Knows no command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.command_line.run import UsageError
from engine.tree import Tree, TreeError, fold
from storage.errors import SessionError
from storage.runs import RunInfo
from storage.session import Session

MOST_LISTED = 12
"""Numbers of runs."""


def opened(path: Path) -> Session:
    """A session that is there. Raises UsageError and SessionError."""
    if not path.exists():
        raise UsageError(f"There is no file {path}.")
    return Session.open(path)


def tree_of(session: Session, run: int) -> Tree:
    """The tree of a run whose whole log can be read. Raises SessionError."""
    records, damage = session.readable_records(run)
    if damage is not None:
        raise damage
    try:
        return fold(records)
    except TreeError as error:
        raise SessionError(f"Run {run} in {session.path} makes no sense: {error}.") from error


def run_numbers(runs: Iterable[RunInfo]) -> str:
    """For a sentence: all of them where they are few."""
    numbers = [info.id for info in runs]
    listed = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > MOST_LISTED else ", ".join(map(str, numbers))
    return listed or "none"
