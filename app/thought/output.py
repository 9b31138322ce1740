"""What of the dock goes to the clipboard and to files: a claim with its steps, the comparison, the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.banner import Notice
from app.dialogs import files
from app.language import tr
from app.models.thought_claims import Place
from app.output.trace_markdown import claim_markdown, trace_markdown
from app.plain_text import one_line
from app.trace_text.shown import Shown

KEY = "trace-report"
"""Of the notice that says whether the report was written."""


def copy_claim(found: Shown, place: Place) -> None:
    """A claim with the steps that it is linked with; of a hidden step, its text."""
    text = (
        claim_markdown(found.trace, found.analysis, place.claim)
        if place.claim is not None
        else found.trace.text[place.start : place.end]
    )
    _put(text)


def copy_report(name: str, found: Shown, tokens: int | None) -> None:
    """The whole comparison, as Markdown."""
    _put(trace_markdown(name, found.trace, found.analysis, tokens))


def save_report(window: QWidget, suggestion: Path, report: str, say: Callable[[Notice], None]) -> None:
    """Ask for a file, and write the report to it; say how it went."""

    def write(path: Path) -> None:
        try:
            path.write_text(report, encoding="utf-8", errors="backslashreplace", newline="\n")
        except OSError as error:
            words = tr("The report could not be written to {path}: {reason}.")
            say(Notice(words.format(path=one_line(str(path)), reason=error.strerror or error), key=KEY))
        else:
            say(Notice(tr("The report is in {path}.").format(path=one_line(str(path))), "hint", key=KEY))

    files.ask_report(window, suggestion, write)


def _put(text: str) -> None:
    """A clipboard takes no half characters."""
    QGuiApplication.clipboard().setText(text.encode("utf-8", "replace").decode("utf-8"))
