"""Puts a trace that was read from a file into a session, as a run like any other. Knows no format of such files."""

from __future__ import annotations

import time

from engine.importing import Kept
from storage.session import Session


def keep_trace(session: Session, kept: Kept) -> int:
    """Add the run, whole; its number. Raises SessionError, and then at most an empty run has been added."""
    run = session.new_run(kept.plan)
    session.append(kept.records(run, time.time()))
    return run
