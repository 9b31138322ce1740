"""`espalier`: decides between the engine process, the command line and the window, before Qt is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from app.crash_report import CrashGuard, state_folder
from app.engine_process import become_child
from app.system import why_no_display


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status. `argv` is without the program's name."""
    argv = list(sys.argv[1:] if argv is None else argv)
    if become_child(argv):
        return 0
    if argv and not argv[0].endswith(".espalier"):
        from app import cli

        if argv[0] in cli.COMMANDS:
            return cli.main(argv)
    if why := why_no_display(os.environ):
        print(f"espalier: No window can be shown here: {why}. See: espalier --help", file=sys.stderr)
        return 2
    gc.disable()  # until the first paint: a search for garbage among what is imported takes a fifth of the start
    with CrashGuard(state_folder()) as guard:
        from app.bootstrap import main as open_window

        return open_window(argv, guard)


if __name__ == "__main__":
    sys.exit(main())
