"""`espalier`: decides between the engine process, the command line and the window, before Qt is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from app.engine_process import become_child
from app.start.checks import why_no_command, why_no_window, why_no_word
from app.start.crash_report import CrashGuard, state_folder
from app.start.plain_message import tell
from app.start.surroundings import hold_streams, leave_bundle, name_home, replace_home, speak_utf8


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status. `argv` is without the program's name."""
    argv = list(sys.argv[1:] if argv is None else argv)
    leave_bundle(os.environ)
    hold_streams()
    name_home(os.environ)
    if become_child(argv):
        return 0
    speak_utf8(os.environ)
    if argv and not argv[0].endswith(".espalier"):
        if why := why_no_command(argv[0]):
            return _refuse(why)
        try:
            from app.command_line import cli
        except KeyboardInterrupt:  # Ctrl+C before there is anything to be stopped
            return 130

        if argv[0] in cli.COMMANDS:
            return cli.main(argv)
    if why := why_no_word(argv):
        return _refuse(why)
    if why := why_no_window(os.environ, [word for word in argv if not word.startswith("-")]):
        return _refuse(why)
    temporary = replace_home(os.environ)
    gc.disable()  # until the first paint: a search for garbage among what is imported takes a fifth of the start
    with CrashGuard(state_folder()) as guard:
        from app.bootstrap import main as open_window

        return open_window(argv, guard, temporary)


def _refuse(why: str) -> int:
    tell(why)
    return 2


if __name__ == "__main__":
    sys.exit(main())
