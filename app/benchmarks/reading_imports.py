"""Imports a file of others as the program does: into a fresh session, whose runs are read again. Shows nothing."""

from __future__ import annotations

from pathlib import Path

from engine.run_traces import trace_of
from engine.tree import fold
from storage.importers.importing import Report, import_file
from storage.session import SUFFIX, Session


def import_all(path: Path) -> None:
    """Import it and fold every run. Raises ForeignFileError or SessionError for what is refused; nothing for no path
    at all."""
    if path == Path():
        return
    target = path.with_name(f"imported{SUFFIX}")
    report = Report(path.name)
    try:
        with Session.create(target) as session:
            import_file(session, path, report)
            for info in session.runs():
                tree = fold(session.records(info.id))
                for end in tree.read:
                    trace_of(tree, end)
    finally:
        target.unlink(missing_ok=True)
    if report.odd_count and not (report.odd and all(odd.what for odd in report.odd)):
        raise AssertionError("something was odd, and nobody says what")
