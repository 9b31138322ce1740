"""`espalier import FILE`: whatever others wrote as runs of a session file. Ctrl+C keeps what was read.

Knows no format.
"""

from __future__ import annotations

import json
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.command_line.datasets.progress import ProgressLine
from app.command_line.headless import ctrl_c
from app.command_line.run import INTERRUPTED, UsageError
from app.plain_text import one_line
from storage.importers import ForeignFileError, importer_of_file, unrecognised
from storage.importers.importing import Report, import_file
from storage.schema import read_version
from storage.session import SUFFIX, Session

STDIN = Path("-")
MOST_SAID = 10
"""Odd records that are listed; --json has more."""


def import_data_set(arguments: Namespace) -> int:
    """Read the file; 130 if it was broken off, and what was read is kept."""
    target = _target(arguments.file, arguments.session)
    with _whole(arguments.file) as path:
        return _into(target, path, arguments)


def _target(file: Path, session: Path | None) -> Path:
    """The session that a file is read into. Raises UsageError."""
    if session is None and _is_piped(file):
        raise UsageError("What comes through a pipe has no name: say with --session which session it is kept in.")
    if file.suffix == SUFFIX and not _is_piped(file):
        read_version(file.absolute())
        raise UsageError(f"{file.name} is a session already: the other commands take it as it is.")
    target = session or (file.resolve() if file.is_dir() else file).with_suffix(SUFFIX)
    if target.suffix != SUFFIX:
        raise UsageError(f"--session takes a session file, whose name ends with {SUFFIX}.")
    if session is None and target.exists():
        raise UsageError(f"{target.name} exists already: --session {target} adds to it, another name begins a new one.")
    return target


def _is_piped(file: Path) -> bool:
    return file == STDIN or file.is_fifo()


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """The file; what comes through a pipe stands in a temporary one first, for its beginning is read twice."""
    if not _is_piped(file):
        yield file
        return
    with TemporaryDirectory(prefix="espalier-import-") as folder:
        copy = Path(folder) / "stdin"
        with nullcontext(sys.stdin.buffer) if file == STDIN else file.open("rb") as stream, copy.open("wb") as out:
            shutil.copyfileobj(stream, out)
        yield copy


def _into(target: Path, path: Path, arguments: Namespace) -> int:
    if not path.is_dir() and importer_of_file(path) is None:
        raise ForeignFileError(one_line(str(unrecognised(path))))
    report, is_new = Report(one_line(path.name)), not target.exists()
    opened = Session.create(target) if is_new else Session.open(target)  # who did not make it may not take it away
    try:
        with opened as session:
            session.need_writable()
            with ctrl_c() as stopping, ProgressLine("records") as progress:
                import_file(session, path, report, lambda done, total: progress(done, total, report.share), stopping)
    finally:
        if is_new and not report.runs:
            target.unlink(missing_ok=True)  # a session without a run is of no use to anybody
    if report.complete and not report.runs:
        odd = f"; the first odd record: {report.odd[0]}" if report.odd else ""
        raise ForeignFileError(one_line(f"{path.name} holds nothing that could be read{odd}."))
    print(json.dumps(_data(report, target)) if arguments.json else _words(report, target))
    return 0 if report.complete else INTERRUPTED


def _data(report: Report, target: Path) -> dict[str, Any]:
    return {
        "file": report.file,
        "format": report.format,
        "session": str(target),
        "records": report.records,
        "runs": report.runs,
        "first_run": report.first,
        "odd": report.odd_count,
        "odd_lines": [
            {"line": odd.line, "unit": odd.unit, "what": odd.what, "begins": odd.begins} for odd in report.odd
        ],
        "complete": report.complete,
    }


def _words(report: Report, target: Path) -> str:
    first = report.first or 0
    several = f": runs {first:,} to {first + report.runs - 1:,}" if report.runs else ""
    runs = several if report.runs != 1 else f": run {first:,}"
    lines = [f"{report.runs:,} of {report.records:,} records of {report.title} are in {one_line(str(target))}{runs}."]
    lines += [
        one_line(f"Odd: {odd}.{f' It begins: {odd.begins}' * bool(odd.begins)}") for odd in report.odd[:MOST_SAID]
    ]
    if left := report.odd_count - len(lines) + 1:
        lines.append(f"And {left:,} more: a note of the first run lists them, and so does --json.")
    if not report.complete:
        lines.append("It was stopped before its end.")
    return "\n".join(lines)
