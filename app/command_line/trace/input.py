"""The files of `espalier trace`: opens them, and stdin, for engine.traces.files. Knows no report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

from app.command_line.run import UsageError
from app.plain_text import one_line
from engine.traces.files import MOST_TRACES as MOST_TRACES
from engine.traces.files import FileError, read_file, read_text
from engine.traces.reading import As
from engine.traces.reading import Reading as Reading
from engine.traces.servers import Source

STDIN = Path("-")
T = TypeVar("T")


def readings(path: Path, source: Source, kind: As = "auto") -> list[Reading]:
    """The traces in a file, in its order; `-` is stdin. Raises UsageError."""
    if path == STDIN:
        return _explained("stdin", lambda: read_file("stdin", sys.stdin.buffer, source, kind))
    name = one_line(str(path))
    return _opened(path, lambda file: read_file(name, file, source, kind))


def text_of(path: Path) -> str:
    """A text file whole. Raises UsageError."""
    return _opened(path, lambda file: read_text(one_line(str(path)), file))


def _opened(path: Path, read: Callable[[IO[bytes]], T]) -> T:
    def opened() -> T:
        with path.open("rb") as file:
            return read(file)

    return _explained(one_line(str(path)), opened)


def _explained(name: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except FileError as error:
        raise UsageError(one_line(str(error))) from error
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {name}.") from error
    except IsADirectoryError as error:
        raise UsageError(f"{name} is a folder.") from error
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise UsageError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
