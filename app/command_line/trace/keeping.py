"""`espalier trace FILE --keep SESSION`: the traces as runs of a session file. Knows no report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from app.command_line.run import UsageError
from app.plain_text import one_line
from engine.importing import Origin, kept
from engine.traces.reading import Reading
from storage.kept_traces import keep_trace
from storage.session import SUFFIX, Session


def keep(path: Path, found: Sequence[Reading], gold: str | None) -> None:
    """Add them, and say on stderr which runs they are. Raises UsageError, or SessionError."""
    if path.suffix != SUFFIX:
        raise UsageError(f"--keep takes a session file, whose name ends with {SUFFIX}.")
    with Session.open(path) if path.exists() else Session.create(path) as session:
        session.need_writable()
        for one in found:
            run = keep_trace(session, kept(one.trace, _origin(one, gold)))
            print(f"Run {run} of {one_line(path.name)} is {one.name}.", file=sys.stderr)


def _origin(one: Reading, gold: str | None) -> Origin:
    """Under the name of its file, not of its folders."""
    return Origin(one_line(Path(one.name).name), one.question, gold or one.answer, one.model)
