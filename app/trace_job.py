"""Reads traces from files and makes them runs that a session can take. Imported when first asked for; knows no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import IO

from app.language import tr
from app.plain_text import one_line
from engine.importing import Kept, Origin, kept
from engine.traces.files import FileError, read_file
from engine.traces.servers import Source
from storage.session import Session

LARGEST = 64_000_000
"""Bytes of a file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or what stands for one."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass
class TraceJob:
    """Items as far as they have been read, in whatever thread."""

    items: Sequence[Item]
    session: Session
    found: deque[Kept] = field(default_factory=deque)
    said: list[str] = field(default_factory=list)
    """What is odd, as sentences."""
    runs: list[int] = field(default_factory=list)
    unwanted: Event = field(default_factory=Event)

    @property
    def name(self) -> str:
        return self.items[0].name if len(self.items) == 1 else tr("{count} files").format(count=len(self.items))

    def go_through(self) -> None:
        for item in self.items:
            if not self.unwanted.is_set():
                self._read(item)

    def _read(self, item: Item) -> None:
        if item.size > LARGEST:
            words = tr("{file} is larger than {size} MB, more than can be kept in a session.")
            self.said.append(words.format(file=item.name, size=LARGEST // 1_000_000))
            return
        try:
            with item.open() as file:
                readings = read_file(item.name, file, Source())
        except FileError as error:
            self.said.append(one_line(str(error)))
            return
        except OSError as error:
            words = tr("{file} cannot be read: {error}.")
            self.said.append(words.format(file=item.name, error=error.strerror or error))
            return
        for one in readings:
            if self.unwanted.is_set():
                return
            self.said += [one_line(f"{one.name}: {one.error}")] if one.error else []
            self.said += [one_line(one.note)] if one.note else []
            if one.trace.text or one.trace.opaque:
                self.found.append(kept(one.trace, Origin(one.name, one.question, one.answer, one.model)))


def file_item(path: Path) -> Item:
    """A file as it is now; one that is not there has no size, which reading will say."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return Item(one_line(path.name), size, lambda: path.open("rb"))
