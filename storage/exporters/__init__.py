"""Formats a run can be written in, one file per format. Adding one is one new file and one line in EXPORTERS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from storage.copying import exporting
from storage.errors import SessionError, explain
from storage.exporters.csv_export import CSV, CSV_EXCEL
from storage.exporters.dot import DOT
from storage.exporters.events_export import EVENTS, EVENTS_BARE
from storage.exporters.exporter import Exporter, Progress, Wanted
from storage.exporters.gexf import GEXF
from storage.exporters.graphml import GRAPHML
from storage.exporters.html_report import HTML
from storage.exporters.json_export import JSON, JSON_FULL
from storage.exporters.markdown_export import MARKDOWN
from storage.exporters.node_link import NODE_LINK
from storage.session import Session

EXPORTERS: tuple[Exporter, ...] = (
    JSON, JSON_FULL, HTML, MARKDOWN, EVENTS, EVENTS_BARE, CSV, CSV_EXCEL, NODE_LINK, GRAPHML, GEXF, DOT,
)  # fmt: skip


def exporter(name: str) -> Exporter:
    """The exporter called `name`. Raises SessionError with a sentence."""
    for entry in EXPORTERS:
        if entry.name == name:
            return entry
    raise SessionError(f"There is no format called {name!r}; there are: {', '.join(e.name for e in EXPORTERS)}.")


def shareable_runs(session: Session) -> list[int]:
    """All runs but those that a person keeps private: whoever exports everything may not have these in mind."""
    return [info.id for info in session.runs() if not info.private]


def export_run(session: Session, run: int, name: str, path: Path) -> None:
    """Write a run to `path` in the format called `name`, whole or not at all. Raises SessionError."""
    export_runs(session, [run], name, path)


def export_runs(
    session: Session,
    runs: Sequence[int],
    name: str,
    path: Path,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write these runs to one file, whole or not at all. What `progress` raises ends it.

    Raises SessionError, also for several runs in a format that holds one.
    """
    if path.absolute() == session.path:
        raise SessionError(f"{path.name} is the session itself: export it under another name.")
    try:
        with exporting(path.absolute()) as temporary, temporary.open("wb") as out:
            write_runs(session, runs, name, out, progress)
    except OSError as error:
        raise explain("written", path, error) from error


def write_runs(
    session: Session,
    runs: Sequence[int],
    name: str,
    out: IO[bytes],
    progress: Progress = lambda _done, _total: None,
) -> None:
    """The same into an open file, which may be a pipe. Raises SessionError and OSError."""
    entry, wanted = exporter(name), Wanted(session, runs, progress)
    if not wanted.infos:
        raise SessionError(f"{session.path.name} holds no runs to be exported.")
    if len(wanted.infos) > 1 and not entry.takes_many:
        several = ", ".join(e.name for e in EXPORTERS if e.takes_many)
        raise SessionError(f"A file of {entry.title} holds one run; several can stand in one of: {several}.")
    entry.write(wanted, out)


__all__ = [
    "EXPORTERS",
    "Exporter",
    "Progress",
    "Wanted",
    "export_run",
    "export_runs",
    "exporter",
    "shareable_runs",
    "write_runs",
]
