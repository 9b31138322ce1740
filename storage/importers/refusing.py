"""Files that are known and not read, each with its reason and what would help. Knows no format that is read."""

from __future__ import annotations

import re
from pathlib import PurePath

from storage.importers.archives import EMPTY, PICKLES, SIGN
from storage.importers.importer import ForeignFileError

_JSON_LINES = "Write it as JSON lines, e.g. with datasets.Dataset.to_json, and open that."
_PICKLE = (
    "is a Python pickle, or holds one. Opening one can run any program that is in it, so Espalier never does. "
    "Weights of a model can be converted to safetensors, data be written as JSON lines."
)
_REFUSED: tuple[tuple[tuple[bytes, ...], str], ...] = (
    (
        (b"version https://git-lfs.github.com/spec/v1",),
        "is a pointer of Git LFS, not the data: `git lfs pull` in its repository fetches the data.",
    ),
    ((b"PAR1",), f"is a Parquet file, which Espalier does not read. {_JSON_LINES}"),
    ((b"ARROW1", b"\xff\xff\xff\xff"), f"is an Arrow file, which Espalier does not read. {_JSON_LINES}"),
    (tuple(bytes((0x80, protocol)) for protocol in range(2, 6)), _PICKLE),
    (
        (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ"),
        "is compressed: unpack it first, and open what comes out.",
    ),
)
_TEXT_PICKLE = re.compile(rb"\(?[dl]p\d+\r?\n|\(?c[A-Za-z_][\w.]*\r?\n\w+\r?\n")
"""How pickles of protocol 0 begin, which look like text."""
_PICKLED = (*PICKLES, ".pt", ".pth", ".bin", ".ckpt", ".joblib")
"""Names of files that are pickles as a rule, or may hold some."""
_HINTS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\xff\xfe", b"\xfe\xff"), "It is UTF-16 text: write it as UTF-8."),
    ((SIGN, EMPTY), "It is a ZIP archive: unpack it first."),
    ((b"<!DOCTYPE", b"<!doctype", b"<html"), "It is a web page, not the data: download the file itself."),
    ((b"SQLite format 3\0",), "It is a database; if it is a session, the other commands take it as it is."),
)
"""What can be said of files that others may be able to read."""


def refuse(start: bytes, name: str) -> None:
    """Raise ForeignFileError for what is known and not read, by its first bytes."""
    for signs, why in _REFUSED:
        if start.startswith(signs):
            raise ForeignFileError(f"{name} {why}")
    is_pickle = _TEXT_PICKLE.match(start) is not None
    is_packed = start.startswith(SIGN) and re.search(rb"\.(?:pkl|pickle)(?:PK|[\x00-\x1f\x80-\xff])", start) is not None
    if is_pickle or is_packed or (b"\0" in start and PurePath(name).suffix.lower() in _PICKLED):
        raise ForeignFileError(f"{name} {_PICKLE}")


def hint(start: bytes) -> str:
    """What a file is that nobody reads, as a sentence; empty where that cannot be seen."""
    return next((words for signs, words in _HINTS if start.startswith(signs)), "")
