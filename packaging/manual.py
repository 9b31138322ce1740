"""The manual page, made from what `espalier COMMAND --help` says: it promises nothing that the program does not know.

Knows the command line by running it in this process, and the few letters of roff that a page of plain text needs.
"""

from __future__ import annotations

import contextlib
import io
import os
import time

from app.command_line import cli

COLUMNS = 70
"""Of the help texts: with the indents of a manual page they fit into 80."""


def manual(version: str, date: int) -> str:
    """`espalier(1)` in roff; `date` in seconds since 1970."""
    day = time.strftime("%Y-%m-%d", time.gmtime(date))
    parts = [
        f'.TH ESPALIER 1 "{day}" "Espalier {version}" "User Commands"',
        ".SH NAME\nespalier \\- run, watch and compare searches over the reasoning of a language model",
        f".SH SYNOPSIS\n{_verbatim(help_of())}",
        *(f".SH {word.upper()}\n{_verbatim(help_of(word))}" for word in commands()),
        ".SH FILES\n.TP\n.I *.espalier\nsession files: everything that happened in a run, in one SQLite database.\n"
        ".TP\n.I /usr/share/doc/espalier\nthe licence, and where those of the parts are.",
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


def _verbatim(text: str) -> str:
    """`text` line by line, as it is: roff takes \\ for a command, as it does . and ' where a line begins."""
    lines = (line.replace("\\", "\\e").replace("-", "\\-") for line in text.splitlines())
    return "\n".join([".nf", *(f"\\&{line}" if line[:1] in {".", "'"} else line for line in lines), ".fi"])
