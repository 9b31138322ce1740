"""A probe in the real window, by the real engine with the bundled thinker: from the form to its chart and table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from app.bootstrap import open_window
from app.dialogs.probe import ProbeForm
from app.main_window import MainWindow
from app.panels import ProbesPanel
from engine.llm.bundled import THINKER
from tests.helpers.probed_session import with_thought

pytestmark = [
    pytest.mark.skipif(not THINKER.is_dir(), reason="the bundled thinker is not there"),
    pytest.mark.timeout(900),
]

WAIT = 300_000


def test_from_the_form_to_what_was_found_and_a_cancel(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    with_thought(tmp_path / "a.espalier")
    open_window(window, tmp_path / "a.espalier")
    parts, panel = window.parts, window.panels["probes"]
    assert isinstance(panel, ProbesPanel)
    qtbot.waitUntil(lambda: parts.shown.run == 1, timeout=WAIT)
    window.docks.show("probes")

    ask(window, samples=2, most_places=2)
    qtbot.waitUntil(lambda: len(parts.sessions.runs) == 2 and parts.runs.active is None, timeout=WAIT)
    info = parts.sessions.runs[1]
    assert (info.reason, parts.shown.run) == ("finished", 1)
    reading = parts.probing.reading(2)
    assert reading is not None
    assert reading.result is not None
    assert reading.result.counters.samples == 6
    assert reading.result.counters.prompt > 0
    qtbot.waitUntil(lambda: len(panel.result.model.rows) == 2 and panel.result.plot is not None, timeout=WAIT)
    assert panel.result.verdict.text() == reading.result.verdict

    ask(window, samples=500, most_places=0)
    qtbot.waitUntil(lambda: parts.probing.active == 3 and parts.runs.state == "running", timeout=WAIT)
    parts.probing.cancel(3)
    qtbot.waitUntil(lambda: parts.runs.active is None, timeout=WAIT)
    assert parts.sessions.runs[2].reason == "stopped"
    assert parts.runs.engine_lives
    stopped = parts.probing.reading(3)
    assert stopped is not None
    assert len(stopped.steps) == 4  # the thought itself was laid, and is kept


def ask(window: MainWindow, **settings: int) -> None:
    """Start early answering as a user does."""
    window.dialogs.probe(("early-answering",))
    form = next(form for form in window.findChildren(ProbeForm) if form.isVisible())
    assert form.form is not None
    for name, value in settings.items():
        box = form.form.field(name)
        assert isinstance(box, QSpinBox)
        box.setValue(value)
    form.begin.click()
