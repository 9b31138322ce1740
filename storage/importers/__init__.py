"""Formats of others that become runs, one file per format. Adding one is one new file and one line in IMPORTERS.

What a file is, its content says, never its name.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from storage.errors import explain
from storage.importers.importer import SNIFFED, ForeignFileError, Head, Importer, Odd
from storage.importers.json_values import values_of
from storage.importers.math_shepherd import MATH_SHEPHERD
from storage.importers.prm800k import PRM800K
from storage.importers.process_bench import PROCESS_BENCH
from storage.importers.trl_stepwise import TRL_STEPWISE

IMPORTERS: tuple[Importer, ...] = (PRM800K, PROCESS_BENCH, MATH_SHEPHERD, TRL_STEPWISE)

_TRIED = 20
"""Lines that are looked at for a first good record: the first ones may be damaged."""
_LOOKED_AT = 4_000_000
"""Bytes after which nobody looks for another one."""
_POINTER = b"version https://git-lfs.github.com/spec/v1"
_JSON_LINES = "Write it as JSON lines, e.g. with datasets.Dataset.to_json, and open that."
_REFUSED: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((_POINTER,), "is a pointer of Git LFS, not the data: `git lfs pull` in its repository fetches the data."),
    ((b"PAR1",), f"is a Parquet file, which Espalier does not read. {_JSON_LINES}"),
    ((b"ARROW1", b"\xff\xff\xff\xff"), f"is an Arrow file, which Espalier does not read. {_JSON_LINES}"),
    (
        tuple(bytes((0x80, protocol)) for protocol in range(2, 6)),
        f"is a Python pickle. Opening one can run any program that is in it, so Espalier never does. {_JSON_LINES}",
    ),
    (
        (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ"),
        "is compressed: unpack it first, and open what comes out.",
    ),
)
_HINTS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\xff\xfe", b"\xfe\xff"), "It is UTF-16 text: write it as UTF-8."),
    ((b"PK\x03\x04",), "It is a ZIP archive: unpack it first."),
    ((b"<!DOCTYPE", b"<!doctype", b"<html"), "It is a web page, not the data: download the file itself."),
    ((b"SQLite format 3\0",), "It is a database; if it is a session, the other commands take it as it is."),
)
"""What can be said of files that others may be able to read."""


def importer_of(stream: IO[bytes], name: str) -> Importer | None:
    """Who can read a file, by its beginning; None if none of ours. `stream` can seek; it ends at its beginning.

    Raises ForeignFileError for what is known and not read, and OSError.
    """
    start = stream.read(SNIFFED)
    for signs, why in _REFUSED:
        if start.startswith(signs):
            raise ForeignFileError(f"{name} {why}")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    stream.seek(0)
    found = None
    for count, one in enumerate(values_of(stream), 1):
        found = None if isinstance(one, Odd) else _surest(Head(start, one[1]))
        if found is not None or count >= _TRIED or stream.tell() > _LOOKED_AT:
            break
    stream.seek(0)
    return found


def _surest(head: Head) -> Importer | None:
    surest = max(IMPORTERS, key=lambda entry: entry.recognises(head))
    return surest if surest.recognises(head) > 0 else None


def importer_of_file(path: Path) -> Importer | None:
    """The same for a file. Raises ForeignFileError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return importer_of(stream, path.name)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise explain_unread(path, error) from error


def unrecognised(path: Path) -> ForeignFileError:
    """That a file is in none of our formats, and what it is where that can be seen. Raises OSError."""
    with path.open("rb") as stream:
        start = stream.read(SNIFFED)
    hint = next((hint for signs, hint in _HINTS if start.startswith(signs)), "")
    known = ", ".join(entry.title for entry in IMPORTERS)
    why = f"is in no format that is imported: {known}. {hint}" if start.strip() else "is empty."
    return ForeignFileError(f"{path.name} {why}".rstrip())


def explain_unread(path: Path, error: Exception) -> ForeignFileError:
    """Why a file cannot be read, as a sentence."""
    if isinstance(error, FileNotFoundError):
        return ForeignFileError(f"There is no file {path}.")
    return ForeignFileError(str(explain("read", path, error)))


__all__ = ["IMPORTERS", "ForeignFileError", "Importer", "Odd", "importer_of", "importer_of_file", "unrecognised"]
