"""Formats a run can be written in, one file per format. Adding one is one new file and one line in EXPORTERS."""

from __future__ import annotations

from pathlib import Path

from storage.copying import replacing
from storage.errors import SessionError, explain
from storage.exporters.exporter import Exporter
from storage.exporters.json_export import JSON, JSON_FULL
from storage.session import Session

EXPORTERS: tuple[Exporter, ...] = (JSON, JSON_FULL)


def exporter(name: str) -> Exporter:
    """The exporter called `name`. Raises SessionError with a sentence."""
    for entry in EXPORTERS:
        if entry.name == name:
            return entry
    raise SessionError(f"There is no format called {name!r}; there are: {', '.join(e.name for e in EXPORTERS)}.")


def export_run(session: Session, run: int, name: str, path: Path) -> None:
    """Write a run to `path` in the format called `name`, whole or not at all. Raises SessionError."""
    body = exporter(name).render(session, run)
    try:
        with replacing(path.absolute()) as temporary:
            temporary.write_bytes(body)
    except OSError as error:
        raise explain("written", path, error) from error


__all__ = ["EXPORTERS", "Exporter", "export_run", "exporter"]
