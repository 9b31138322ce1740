"""The parser of the command line: what it does not understand is one sentence, as every other refusal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import NoReturn

from app.command_line.run import UsageError


class Parser(ArgumentParser):
    """Raises UsageError in place of leaving the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")
