"""Asking for a file: the system's own dialogs, which do not block. Knows the suffix of a session, no session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.language import mark, tr

FILTER = mark("Espalier sessions (*.espalier)")
BOTH = mark(
    "Sessions, logs and datasets (*.espalier *.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv *.txt *.log)"
)
LOGS = mark("Logs, trees and datasets of others (*.eval *.jsonl *.json *.ndjson *.graphml *.gexf *.csv)")
TRACES = mark("Traces and replies of servers (*.txt *.log *.md *.json *.jsonl *.ndjson *.sse)")
ANY = mark("All files (*)")
PICTURES = (mark("Picture (*.png)"), mark("Vector graphics (*.svg)"), mark("Document (*.pdf)"))
Chosen = Callable[[Path], None]


def folder_for(session: Path | None, working: Path) -> Path:
    """Where a file is looked for or suggested: beside the session; at home for one in `working`, the folder of those
    without a name, which is nobody's to look into."""
    return Path.home() if session is None or session.parent == working else session.parent


def ask_open(parent: QWidget, folder: Path, chosen: Chosen) -> None:
    """Call `chosen` with an existing file, if the user picks one: a session, or a file of others."""
    dialog = QFileDialog(parent, tr("Open a session or a file of others"), str(folder))
    dialog.setNameFilters([tr(BOTH), tr(FILTER), tr(LOGS), tr(TRACES), tr(ANY)])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(dialog, chosen)


def ask_folder(parent: QWidget, folder: Path, chosen: Chosen) -> None:
    """Call `chosen` with an existing folder, if the user picks one."""
    dialog = QFileDialog(parent, tr("Open a folder of others"), str(folder))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _show(dialog, chosen)


def ask_traces(parent: QWidget, folder: Path, chosen: Callable[[list[Path]], None]) -> None:
    """Call `chosen` with existing files, if the user picks some; of any kind, since what a file holds is looked at."""
    dialog = QFileDialog(parent, tr("Open a trace"), str(folder))
    dialog.setNameFilters([tr(TRACES), tr(ANY)])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


def ask_save(parent: QWidget, suggestion: Path, chosen: Chosen) -> None:
    """Call `chosen` with a name to save under; the system asks before it names a file that exists."""
    dialog = QFileDialog(parent, tr("Save the session as"), str(suggestion), tr(FILTER))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("espalier")
    _show(dialog, chosen)


def ask_share(parent: QWidget, suggestion: Path, chosen: Chosen) -> None:
    """Call `chosen` with a name for a copy that others get."""
    dialog = QFileDialog(parent, tr("Share a copy as"), str(suggestion), tr(FILTER))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("espalier")
    _show(dialog, chosen)


def ask_picture(parent: QWidget, suggestion: Path, chosen: Chosen) -> None:
    """Call `chosen` with a name for a picture; its suffix says the format."""
    filters = [tr(words) for words in PICTURES]
    dialog = QFileDialog(parent, tr("Export the picture as"), str(suggestion))
    dialog.setNameFilters(filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("png")
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(("png", "svg", "pdf")[filters.index(name)]))
    _show(dialog, chosen)


def ask_export(
    parent: QWidget,
    suggestion: Path,
    formats: Sequence[tuple[str, str]],
    chosen: Callable[[Path, int], None],
    title: str = "",
) -> None:
    """Call `chosen` with a name and the place of one of `formats`, which are titles with suffixes."""
    filters = [f"{name} (*{suffix})" for name, suffix in formats]
    dialog = QFileDialog(parent, title or tr("Export the run as"), str(suggestion))
    dialog.setNameFilters(filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(formats[0][1].removeprefix("."))
    _show(dialog, lambda path: chosen(path, filters.index(dialog.selectedNameFilter())))


def ask_report(parent: QWidget, suggestion: Path, chosen: Chosen) -> None:
    """Call `chosen` with a name for a report in Markdown."""
    dialog = QFileDialog(parent, tr("Save the report as"), str(suggestion), tr("Markdown (*.md)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("md")
    _show(dialog, chosen)


def _show(dialog: QFileDialog, chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
