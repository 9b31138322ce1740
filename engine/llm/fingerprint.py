"""Tells the weights in a folder from others that stood there before. Reads parts of files; knows no torch."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import msgspec

from engine.scorers.recipes import Recipe

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]
"""Names, sizes and times of change of a folder's weight files: what can be looked at before every call."""
PIECES = 64
"""Parts of a file that are read, evenly spread: a training changes every tensor a little."""
PIECE = 4096
"""Bytes."""
_WORDS_ALONE = {"title": "", "notes": "", "citation": ""}


def stamp(folder: Path | None) -> Stamp:
    """Empty where there is no folder."""
    found = ((file.name, file.stat()) for file in _files(folder))
    return tuple((name, at.st_size, at.st_mtime_ns) for name, at in found)


def fingerprint(folder: Path | None, recipe: Recipe | None = None) -> str:
    """A short name of the weights in a folder and of what a recipe makes of them; the same in every copy of the folder.

    Empty where there are no weights.
    """
    digest = blake2b(digest_size=8)
    files = _files(folder)
    for file in files:
        _take(digest, file)
    if recipe is not None:
        digest.update(msgspec.json.encode(msgspec.structs.replace(recipe, **_WORDS_ALONE)))
    return digest.hexdigest() if files else ""


def _files(folder: Path | None) -> list[Path]:
    return [] if folder is None else sorted(folder.glob("*.safetensors"))


def _take(digest: blake2b, file: Path) -> None:
    size = file.stat().st_size
    digest.update(f"{file.name} {size}".encode())
    with file.open("rb") as stream:
        for number in range(PIECES):
            stream.seek(number * max(size - PIECE, 0) // (PIECES - 1))
            digest.update(stream.read(PIECE))
