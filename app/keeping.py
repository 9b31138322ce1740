"""Adds an event to the log of a run that is not under way, in the session and on the screen. Knows no widget."""

from __future__ import annotations

import time

from app.language import tr
from app.models.shown_run import ShownRun
from engine.events import AnyEvent, Record
from storage.errors import SessionError
from storage.session import Session


def keep_event(session: Session, shown: ShownRun, run: int, event: AnyEvent) -> str:
    """Why it cannot be added, as a sentence; empty if it was."""
    on_screen = run == shown.run
    try:
        events = session.info(run).events
        if on_screen and events != shown.total:
            return tr("The end of this run cannot be read, so nothing can be added to it.")
        record = Record(run, events + 1, time.time(), event)
        session.append([record])
    except SessionError as error:
        return str(error)
    if on_screen:
        shown.append([record])
    return ""
