"""`espalier export`: a run as a document, or the labelled steps of a session. Knows no format."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import get_args

from app.command_line.datasets.progress import ProgressLine
from app.command_line.run import UsageError
from app.command_line.sessions import opened
from app.plain_text import one_line
from storage.errors import SessionError
from storage.exporters import EXPORTERS, export_runs, exporter, shareable_runs, write_runs
from storage.exporters.labelled import Labels, Written, export_labelled, traces, why_nothing, write_labelled
from storage.session import Session


def export(arguments: Namespace) -> int:
    """Write it to a file, or to stdout."""
    if arguments.labelled and arguments.to:
        raise UsageError("Either --to, for a run as a document, or --as, for labelled steps.")
    if arguments.labels and not arguments.labelled:
        raise UsageError("--labels goes with --as.")
    if arguments.all and (arguments.run or arguments.labelled):
        raise UsageError("--all exports all runs as documents: leave out --run and --as.")
    exporter(_format(arguments))  # a word that is wrong is said first
    with opened(arguments.file) as session:
        if arguments.labelled:
            _labelled(session, arguments)
        else:
            _run(session, arguments)
    return 0


def _run(session: Session, arguments: Namespace) -> None:
    every = [info.id for info in session.runs()]
    runs = shareable_runs(session) if arguments.all else [arguments.run or max(every, default=0)]
    if arguments.all:
        _tell_private(len(every) - len(runs))
    if arguments.out is None:
        sys.stdout.flush()
        write_runs(session, runs, _format(arguments), sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with ProgressLine("events") as progress:
        export_runs(session, runs, _format(arguments), arguments.out, progress)


def _tell_private(count: int) -> None:
    if count:
        words = "1 private run is" if count == 1 else f"{count:,} private runs are"
        print(f"{words} left out; --run exports such a run.", file=sys.stderr)


def _format(arguments: Namespace) -> str:
    return arguments.to or EXPORTERS[0].name


def _labelled(session: Session, arguments: Namespace) -> None:
    runs = None if arguments.run is None else [arguments.run]
    name, labels = arguments.labelled, arguments.labels or get_args(Labels)[0]
    if arguments.out is None:
        sys.stdout.flush()
        written = write_labelled(session, name, sys.stdout.buffer, labels, runs)
        sys.stdout.buffer.flush()
        if not written.records:
            raise SessionError(why_nothing(written))
        _tell(written, "")
        return
    with ProgressLine("runs") as progress:
        written = export_labelled(session, name, arguments.out, labels, runs, progress)
    _tell(written, f" in {one_line(str(arguments.out))}, described in {one_line(arguments.out.name)}.README.md")


def _tell(written: Written, where: str) -> None:
    """On stderr, so that records can go to stdout."""
    records = "1 record" if written.records == 1 else f"{written.records:,} records"
    print(f"{records} of {written.exporter.title}{where}.", file=sys.stderr)
    _tell_private(written.private)
    for why, count in written.left_out.most_common():
        print(f"Left out: {traces(count)}, because {why}.", file=sys.stderr)
