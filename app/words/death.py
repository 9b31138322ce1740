"""What is kept and what is lost when the engine dies, in words. Knows no widget."""

from __future__ import annotations

from app.language import tr


def kept(events: int) -> str:
    """What is to be said of the events that were recorded before."""
    if not events:
        return tr("Nothing was recorded yet.")
    return tr("Everything up to event {events:,} is kept.").format(events=events)


def lost(tasks: int) -> str:
    """What is to be said of tasks that went with the engine."""
    if not tasks:
        return ""
    if tasks == 1:
        return tr("What it was just asked for is gone.")
    return tr("The {tasks} tasks it was asked for are gone.").format(tasks=tasks)
