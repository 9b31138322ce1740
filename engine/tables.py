"""Tables of entries in TOML files, which users may write: what is wrong is told by file, entry and field. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import msgspec

MAX_FILE = 1_000_000
"""Bytes."""


class Named(Protocol):
    """What every entry has."""

    @property
    def name(self) -> str: ...


Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True, slots=True)
class Table(Generic[Entry]):
    """A kind of file."""

    key: str
    """Each entry begins with a line [[key]]."""
    kind: type[Entry]
    """A struct of msgspec."""
    check: Callable[[Entry], str]
    """What is wrong with an entry, in words without a full stop; empty if nothing is."""
    fault: type[Exception]
    """What is raised, with a sentence for the user."""

    def load(self, path: Path) -> tuple[Entry, ...]:
        """The entries in a file, in order. Raises `fault`."""
        content = self.content(path)
        given = content.pop(self.key, None)
        if not isinstance(given, list) or not given:
            raise self.fault(f"{path} has no entry: each begins with a line [[{self.key}]].")
        if content:
            beside = ", ".join(sorted(content))
            raise self.fault(f"{path} has something beside its [[{self.key}]] entries: {beside}.")
        entries = [self.entry(f"{path}, entry {number}", each) for number, each in enumerate(given, 1)]
        names = [entry.name for entry in entries]
        for number, name in enumerate(names, 1):
            if name in names[: number - 1]:
                raise self.fault(f"{path}, entry {number} (“{name}”): an entry of this name stands above it.")
        return tuple(entries)

    def content(self, path: Path) -> dict[str, Any]:
        """What a file says. Raises `fault`."""
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_FILE + 1)
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            raise self.fault(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
        if len(raw) > MAX_FILE:
            raise self.fault(f"{path} is larger than {MAX_FILE:,} bytes.")
        try:
            return tomllib.loads(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self.fault(f"{path} is not a text in UTF-8.") from error
        except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
            raise self.fault(f"{path} is not a TOML file: {error}.") from error

    def entry(self, where: str, given: Any) -> Entry:
        """One entry; `where` it stands is told with what is wrong. Raises `fault`."""
        name = given.get("name") if isinstance(given, dict) else None
        where = f"{where} (“{name}”)" if isinstance(name, str) and name else where
        try:
            entry = msgspec.convert(given, self.kind)
        except msgspec.ValidationError as error:
            raise self.fault(f"{where}: {in_words(str(error))}.") from error
        if wrong := self.check(entry):
            raise self.fault(f"{where}: {wrong}.")
        return entry


def in_words(fault: str) -> str:
    """msgspec's words with the place first: `hidden[0].open: Expected ...`."""
    what, _, place = fault.replace("`", "").partition(" - at $")
    key = place.lstrip(".").replace("[...]", "")
    return f"{key}: {what}" if key else what
