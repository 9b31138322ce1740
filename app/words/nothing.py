"""Why there is no tree on the screen, in words. Knows the run that is shown, no widget."""

from __future__ import annotations

from app.language import mark, tr
from app.models.shown_run import ShownRun

NO_RUN = mark("No run yet. Press Ctrl+N to start one, or Ctrl+O to open a session.")


def why_no_tree(shown: ShownRun) -> str:
    """A sentence; it means something only where there is none."""
    if shown.is_awaited:
        return tr("The run is being read…")
    if shown.run is None:
        return tr(NO_RUN)
    if not shown.total:
        return tr("The run has not begun yet.")
    return tr("Before the first event there is no tree. Move the timeline forward.")
