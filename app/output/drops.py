"""What may be dropped onto the window: a session is opened, a file of others read, a text made a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.file_imports import is_file_of_others
from app.language import tr
from app.plain_text import one_line
from storage.session import SUFFIX

LONGEST_TEXT = 4_000
"""Characters of a dropped text; no kind of problem takes a longer one."""


class Drops(QObject):
    """Watches a window. Parts of it that take drops of their own, such as text fields, are asked before it."""

    notice = Signal(object)
    """Notice: what was not opened."""

    def __init__(
        self,
        window: QWidget,
        open_file: Callable[[Path], None],
        add_traces: Callable[[Sequence[Path]], None],
        new_run: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._open, self._add, self._new_run = open_file, add_traces, new_run
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _is_known(event.mimeData()):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self.take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def take(self, data: QMimeData) -> None:
        """Open the first session and say what was left, or add the traces, or fill the form of a new run."""
        sessions, traces = _sessions(data), _traces(data)
        if sessions:
            self._open(sessions[0])
            if others := [*sessions[1:], *traces]:
                names = ", ".join(one_line(path.name) for path in others)
                text = tr("One session is shown at a time: {first} was opened, and not {others}.")
                self.notice.emit(Notice(text.format(first=one_line(sessions[0].name), others=names), "hint"))
        elif traces:
            self._add(traces)
        elif text := _text(data):
            self._new_run(text)


def _is_known(data: QMimeData) -> bool:
    return bool(_sessions(data) or _traces(data) or _text(data))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _sessions(data: QMimeData) -> list[Path]:
    return [path for path in _paths(data) if path.suffix == SUFFIX]


def _traces(data: QMimeData) -> list[Path]:
    return [path for path in _paths(data) if is_file_of_others(path)]


def _text(data: QMimeData) -> str:
    """A problem in words; nothing for files, whose names come as text too."""
    text = data.text().strip() if data.hasText() and not data.hasUrls() else ""
    return text if len(text) <= LONGEST_TEXT else ""
