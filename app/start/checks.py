"""Whether a window can start on this machine, and if not why, in one sentence. Standard library only, and quick.

Without this Qt and numpy end the process with an abort or an illegal instruction, and nobody learns why.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from app.start.processor import processor_problem
from app.start.system import QT_LIBRARIES, install_command, missing_libraries, why_no_display, window_libraries

NEED_NO_QT: tuple[str, ...] = ("doctor", "help", "--version", "--help", "-h")
"""Words of the command line that must answer on every machine."""

NEW_INSTANCE = "--new-instance"
"""The one switch of the window: open another one beside those that are open."""


def why_no_word(argv: Sequence[str]) -> str:
    """Why one of the words, the first of which is no command, means nothing to the window, as a sentence; empty if all
    do. Of a session file that is not there the window speaks itself: it may come from a menu of recent files."""
    for word in argv:
        if word.startswith("-") and word != NEW_INSTANCE:
            return f"There is no option {word}. See: espalier --help"
        if not word.startswith("-") and not word.endswith(".espalier") and not Path(word).exists():
            return f"There is no command and no file called {word}. See: espalier --help"
    return ""


def why_no_command(word: str, processor: Callable[[], str] = processor_problem) -> str:
    """Why the command `word` cannot be performed here, as a sentence; empty if it can."""
    problem = "" if word in NEED_NO_QT else processor()
    return f"Nothing can be run here: {problem}." if problem else ""


def why_no_window(
    environment: Mapping[str, str],
    files: Sequence[str] = (),
    processor: Callable[[], str] = processor_problem,
    display: Callable[[Mapping[str, str]], str] = why_no_display,
    missing: Callable[[Iterable[str]], list[str]] = missing_libraries,
) -> str:
    """Why no window can be shown here, as a sentence with what to do about it; empty if one can.

    `files` were to be opened in it.
    """
    if problem := processor():
        return f"No window can be shown here: {problem}."
    if problem := display(environment):
        return f"No window can be shown here: {problem}. {_as_text(files)}"
    if sonames := missing(window_libraries(environment)):
        return f"No window can be shown here: {_missing(sonames)}"
    return ""


def why_no_picture(missing: Callable[[Iterable[str]], list[str]] = missing_libraries) -> str:
    """Why nothing can be painted here, which takes no display, as a sentence; empty if it can."""
    sonames = missing(QT_LIBRARIES)
    return f"No picture can be painted here: {_missing(sonames)}" if sonames else ""


def _as_text(files: Sequence[str]) -> str:
    if files:
        return f"To read it as text: espalier show {shlex.quote(files[0])}"
    return "The command line works without a display: espalier --help"


def _missing(sonames: Sequence[str]) -> str:
    command = install_command(sonames)
    way_out = f"To install them: {command}" if command else "Install the packages of your system that hold them."
    return f"these system libraries are missing: {', '.join(sonames)}. {way_out}"
