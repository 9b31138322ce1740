"""A sentence for somebody whom no window of ours can tell it: on stderr, and by what the system has. Knows no Qt.

Who starts a program from a file manager sees no stderr. What is called here gets the sentence as one argument, never as
part of a script or of marked-up text.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping

from app.start.system import why_no_display

TITLE = "Espalier"
WIDTH = 72
"""Characters in a line where a box does not wrap them itself."""

_PLAIN = str.maketrans({"<": "‹", ">": "›", "&": "+"})
"""Some of these programs would read a path that holds such a character as markup."""
_MAC = ("on run words", f'display alert "{TITLE}" message (item 1 of words)', "end run")


def tell(sentence: str, environment: Mapping[str, str] = os.environ) -> None:
    """Say it on stderr; where that is no terminal, also in a box of the system. Does not wait for the box on Unix."""
    print(f"espalier: {sentence}", file=sys.stderr)
    if sys.platform == "win32":  # first: there the null device takes itself for a terminal
        if sys.__stderr__ is None:  # neither a console nor a pipe: nobody has read it
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, sentence, TITLE, 0x10)
        return
    if sys.stderr.isatty():
        return
    desktop = {**environment, "QT_QPA_PLATFORM": ""}  # what Qt was told to draw on is not for other programs
    if not why_no_display(desktop) and (command := message_command(sentence, sys.platform)):
        os.posix_spawnp(command[0], command, environment)


def message_command(
    sentence: str,
    system: str,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The command line that shows a box with the sentence; empty where there is none."""
    if system == "darwin":
        return ["osascript", *(word for line in _MAC for word in ("-e", line)), sentence]
    text = sentence.translate(_PLAIN)
    lines = textwrap.fill(f"{TITLE}: {text}", WIDTH, break_long_words=False, break_on_hyphens=False)
    commands = (
        ["zenity", "--error", "--no-markup", f"--title={TITLE}", f"--text={text}"],
        ["kdialog", "--title", TITLE, "--error", text],
        ["xmessage", "-center", "-title", TITLE, lines],
        ["notify-send", f"--app-name={TITLE}", TITLE, text],
    )
    return next((command for command in commands if which(command[0])), [])
