"""`espalier export`: a run as a document, or the labelled steps of a session. Knows no format."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from app.command_line.datasets.progress import ProgressLine
from app.command_line.run import UsageError
from app.plain_text import one_line
from storage.exporters import export_run, exporter
from storage.exporters.labelled import Written, export_labelled, traces, write_labelled
from storage.session import Session


def export(arguments: Namespace) -> int:
    """Write it to a file, or to stdout."""
    exporter(arguments.to)  # a word that is wrong is said first
    path: Path = arguments.file
    if not path.exists():
        raise UsageError(f"There is no file {path}.")
    with Session.open(path) as session:
        if arguments.labelled:
            _labelled(session, arguments)
        else:
            _run(session, arguments)
    return 0


def _run(session: Session, arguments: Namespace) -> None:
    number = arguments.run or max((info.id for info in session.runs()), default=0)
    if arguments.out is None:
        sys.stdout.write(exporter(arguments.to).render(session, number).decode())
    else:
        export_run(session, number, arguments.to, arguments.out)


def _labelled(session: Session, arguments: Namespace) -> None:
    runs = None if arguments.run is None else [arguments.run]
    name, labels = arguments.labelled, arguments.labels
    if arguments.out is None:
        sys.stdout.flush()
        _tell(write_labelled(session, name, sys.stdout.buffer, labels, runs), "")
        sys.stdout.buffer.flush()
        return
    with ProgressLine("runs") as progress:
        written = export_labelled(session, name, arguments.out, labels, runs, progress)
    _tell(written, f" in {one_line(str(arguments.out))}, described in {one_line(arguments.out.name)}.README.md")


def _tell(written: Written, where: str) -> None:
    """On stderr, so that records can go to stdout."""
    records = "1 record" if written.records == 1 else f"{written.records:,} records"
    print(f"{records} of {written.exporter.title}{where}.", file=sys.stderr)
    for why, count in written.left_out.most_common():
        print(f"Left out: {traces(count)}, because {why}.", file=sys.stderr)
