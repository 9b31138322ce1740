"""Every panel that shows the run shows it at the cursor: a seek makes it read the run again."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.models.shown_run import ShownRun
from app.panels import PANELS
from app.panels.panel import Panel, PanelWidget
from app.parts import Parts
from tests.helpers.rich_log import rich_log

TIMELESS = {"notes", "history", "runs", "log", "queue", "compare", "find"}
"""These show what holds at every time, or have a time of their own."""
RECORDS = rich_log(12)


@pytest.mark.parametrize("panel", [panel for panel in PANELS if panel.id not in TIMELESS], ids=lambda panel: panel.id)
def test_a_seek_is_followed(panel: Panel, parts: Parts, shown: ShownRun, qtbot: QtBot) -> None:
    widget = panel.factory(parts)
    assert isinstance(widget, PanelWidget)
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    shown.show(1, RECORDS)
    for cursor in (10, 30, 5):
        qtbot.waitUntil(lambda: not widget.stale)
        shown.seek(cursor)
        assert widget.stale
    qtbot.waitUntil(lambda: not widget.stale)
