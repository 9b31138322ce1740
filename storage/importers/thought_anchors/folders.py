"""The files of a problem's folder, read as values. Follows no link, and opens plain files alone. Knows no run."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.traces.spans import without_halves
from storage.importers.importer import LARGEST_RECORD, Odd
from storage.importers.json_values import values_of
from storage.importers.records import RecordError

BASE, CUT, CHUNKS = "base_solution.json", "chunks.json", "chunks_labeled.json"
"""A problem's folder has the last one, and one of the others: older ones say only in CUT what was thought."""
MOST_LEVELS = 3
"""Folders between the one that is opened and a problem's."""
MOST_ENTRIES = 50_000
"""Files and folders that are looked at."""
LARGEST_FILE = 4 * LARGEST_RECORD
"""Bytes: all of it is held in memory."""
MOST_ODD = 20
"""Sentences about the values of one file."""

_NUMBERS = re.compile(r"(\d+)")


class Problem:
    """One folder, and what is to be said of it."""

    def __init__(self, folder: Path, within: Path) -> None:
        self._folder = folder
        self.name = without_halves(within.resolve().name if folder == within else folder.relative_to(within).as_posix())
        self.odd: list[str] = []
        """What was guessed or left out."""

    def has(self, name: str) -> bool:
        """Whether there is such an entry, whatever it is."""
        return os.path.lexists(self._folder / name)

    def values(self, name: str) -> list[Any]:
        """The values of a file: one object, or those of a list. Empty where there is no such file, or none to read."""
        if not self.has(name):
            return []
        try:
            return list(self._read(name))
        except RecordError as error:
            self.odd.append(str(error))
            return []

    def record(self, name: str) -> dict[str, Any]:
        """The object of a file; empty where there is none."""
        found = self.values(name)
        return found[0] if found and isinstance(found[0], dict) else {}

    def _read(self, name: str) -> Iterator[Any]:
        path = self._folder / name
        odd = 0
        try:
            _refuse(path)
            with path.open("rb") as stream:
                for one in values_of(stream):
                    if not isinstance(one, Odd):
                        yield one[1]
                    elif (odd := odd + 1) <= MOST_ODD:
                        self.odd.append(f"{name}, {one}")
        except OSError as error:
            raise RecordError(f"{name} cannot be read: {error.strerror or error}") from error


def problem_folders(folder: Path) -> Iterator[Path]:
    """The folder itself, or those in it that are problems, in the order of their names: 2 before 10."""
    left = [MOST_ENTRIES]
    yield from _problems(folder, MOST_LEVELS, left)


def _problems(folder: Path, levels: int, left: list[int]) -> Iterator[Path]:
    below: list[str] = []
    names: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                left[0] -= 1
                if left[0] < 0:
                    break
                names.add(entry.name)
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.name)
    except OSError:  # no right to look into it
        return
    if CHUNKS in names and names & {BASE, CUT}:
        yield folder
    elif levels:
        for name in sorted(below, key=_natural):
            yield from _problems(folder / name, levels - 1, left)


def _natural(name: str) -> list[tuple[int, str]]:
    """Numbers by their value."""
    return [(int(part), "") if part.isdecimal() and len(part) < 19 else (0, part) for part in _NUMBERS.split(name)]


def _refuse(path: Path) -> None:
    """Raises RecordError for what is too large, or no plain file: a link may lead anywhere, a pipe may never end."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise RecordError(f"{path.name} is a link, and links are not followed")
    if not stat.S_ISREG(found.st_mode):
        raise RecordError(f"{path.name} is no file")
    if found.st_size > LARGEST_FILE:
        raise RecordError(f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB")
