"""The manual page: the commands as `espalier COMMAND --help` explains them, and what they and the window share.

Knows the command line by running it in this process, and the few letters of roff that a page of plain text needs.
"""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Mapping

from app.command_line import cli

COLUMNS = 70
"""Of the help texts: with the indents of a manual page they fit into 80."""


NAME = "espalier \\- run, watch and compare searches over the reasoning of a language model"

SYNOPSIS = r"""
.B espalier
.RB [ \-\-new\-instance ]
.RI [ FILE.espalier ]
.br
.B espalier
.I COMMAND
.RI [ ARGUMENT ...]
.br
.B espalier help
.RI [ COMMAND ]
"""

DESCRIPTION = r"""
Espalier runs searches over the reasoning steps of a language model, such as Monte Carlo tree search or beam search, and
shows every step of them. The models it brings along work without a network and without a graphics card; others are
read from folders in the format of Hugging Face.
.PP
Without a command
.B espalier
opens its window, with the session
.I FILE.espalier
if one is named. If the program is running already its window opens the file; with
.B \-\-new\-instance
there is another window. A command does without a window, and needs no display, what the window does.
"""

FILES: Mapping[str, str] = {
    "*.espalier": "Session files: everything that happened in a run, in one SQLite database.",
    "~/.local/share/espalier/sessions/": "Sessions that have not been saved under a name yet.",
    "~/.config/Espalier/espalier.ini": "Settings.",
    "~/.config/Espalier/scorers.toml": "Recipes of your own: how reward models are read.",
    "~/.local/state/espalier/": "What is kept of a start that ended badly, until the next one has told of it.",
    "/usr/share/doc/espalier/": "The licence, and where those of the parts are.",
}

ENVIRONMENT: Mapping[str, str] = {
    "XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME": "Other folders in place of ~/.local/share, ~/.config and "
    "~/.local/state. Where one of them cannot be written the window keeps its files in a temporary one, and says so.",
    "QT_QPA_PLATFORM": "How the window reaches the display, e.g. wayland or xcb.",
    "OMP_NUM_THREADS": "Threads for the work of the models; otherwise one less than there are cores.",
    "ESPALIER_STATUS_FILE": "A file in which the window tells ten times a second what it shows, as JSON: for scripts "
    "that drive it.",
    "ESPALIER_API_KEY": "The key of a server that is the policy (--policy URL). It is written nowhere, and sent to "
    "this machine and to ESPALIER_API_HOSTS alone; api.openai.com is given OPENAI_API_KEY.",
    "ESPALIER_API_HOSTS": "Hosts that the key is for, separated by commas.",
    "ESPALIER_SCORERS": "A file of recipes in place of ~/.config/Espalier/scorers.toml.",
}

EXIT_STATUS: Mapping[str, str] = {
    "0": "All went well.",
    "1": "Something failed, or doctor found something to be mended.",
    "2": "The words make no sense, a file is not there or cannot be read, or no window can be shown here.",
    "130": "Stopped with Ctrl+C.",
}


def manual(version: str, date: int) -> str:
    """`espalier(1)` in roff; `date` in seconds since 1970."""
    day = time.strftime("%Y-%m-%d", time.gmtime(date))
    parts = [
        f'.TH ESPALIER 1 "{day}" "Espalier {version}" "User Commands"',
        f".SH NAME\n{NAME}",
        f".SH SYNOPSIS\n{SYNOPSIS.strip()}",
        f".SH DESCRIPTION\n{DESCRIPTION.strip()}",
        f".SH COMMANDS\n{_verbatim(help_of())}",
        *(f".SS {word}\n{_verbatim(help_of(word))}" for word in commands()),
        f".SH FILES\n{_listed(FILES, 'I')}",
        f".SH ENVIRONMENT\n{_listed(ENVIRONMENT, 'B')}",
        f".SH EXIT STATUS\n{_listed(EXIT_STATUS, 'B')}",
    ]
    return "\n".join(parts) + "\n"


def commands() -> list[str]:
    """The words that have a help text of their own."""
    return [word for word in cli.COMMANDS if not word.startswith("-") and word != "help"]


def help_of(*words: str) -> str:
    """What `espalier WORDS --help` prints, without colours, COLUMNS wide."""
    before = dict(os.environ)
    os.environ |= {"COLUMNS": str(COLUMNS), "NO_COLOR": "1"}  # where argparse looks
    try:
        with contextlib.redirect_stdout(io.StringIO()) as page:
            cli.main([*words, "--help"])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return page.getvalue().strip()


def _listed(entries: Mapping[str, str], face: str) -> str:
    """Each word with what it means; `face` is roff's letter for bold or italic."""
    return "\n".join(f".TP\n.{face} {_plain(word)}\n{_plain(meaning)}" for word, meaning in entries.items())


def _verbatim(text: str) -> str:
    """`text` line by line, as it is."""
    return "\n".join([".nf", *map(_plain, text.splitlines()), ".fi"])


def _plain(line: str) -> str:
    """The line that roff prints as `line`: it takes \\ for a command, ~ for an accent, and . and ' in front."""
    line = line.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti")
    return f"\\&{line}" if line[:1] in {".", "'"} else line
