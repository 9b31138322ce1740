"""Imports what the window may still want while nobody waits for it, so that it also works when its folder is replaced.

One module per turn, each a few milliseconds. Knows the names of modules, nothing of what is in them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 100
"""Between two modules: keys and clicks come first."""

LATER = (
    "PySide6.QtPrintSupport",
    "app.desktop.pictures",
    "app.desktop.integration",
    "app.guide.tour",
    "app.dialogs.form_parts",
    "app.dialogs.settings_form",
    "app.dialogs.verifier_boxes",
    "app.dialogs.scorer",
    "app.dialogs.new_run",
    "app.dialogs.preferences",
    "app.dialogs.shortcuts",
    "app.dialogs.go_to",
    "app.dialogs.note",
    "app.dialogs.insert_step",
    "app.dialogs.ask",
    "app.dialogs.more",
    "app.dialogs.score",
    "app.dialogs.breakpoint",
    "app.dialogs.strategies",
    "app.dialogs.advice",
    "app.dialogs.crash",
    "app.dialogs.probe",
    "app.trace_text.view",
    "app.thought.bench",
    "app.desk.bench",
    "app.trace_job",
    "app.dataset_job",
    "app.dialogs.odd",
    "app.dialogs.export",
    "app.dialogs.share",
    "app.words.sharing",
    "storage.rewriting",
    "storage.sharing",
    "storage.converting",
    "storage.finding.files",
    "storage.finding.query",
    "storage.kept_traces",
    "storage.importers",
    "app.licences",
    "app.dialogs.licences",
    "app.distributions",
    "app.dialogs.about",
)
"""What is imported when it is first asked for. pyqtgraph, a fifth of a second in one piece, is not: panels that are in
sight have it from the first paint on."""


class ImportAhead(QObject):
    """Goes through `names` once, unless `busy` says that something else is more important now."""

    done = Signal()

    def __init__(
        self,
        names: Sequence[str],
        busy: Callable[[], bool],
        parent: QObject | None = None,
        load: Callable[[str], object] = importlib.import_module,
    ) -> None:
        super().__init__(parent)
        self._names, self._busy, self._load = list(names), busy, load
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self.step)

    def begin(self) -> None:
        self._timer.start()

    def step(self) -> None:
        """One module. One that cannot be imported is passed over: whoever asks for it says so."""
        if self._busy():
            return
        if not self._names:
            self._timer.stop()
            self.done.emit()
            return
        with suppress(ImportError):
            self._load(self._names.pop(0))
