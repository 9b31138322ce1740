"""What an exporter is. Knows no format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storage.session import Session


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format for one run."""

    name: str
    """On the command line, e.g. `json`."""
    title: str
    """In the window, e.g. `JSON`."""
    suffix: str
    """Of its files, e.g. `.json`."""
    render: Callable[[Session, int], bytes]
    """The file's contents for a run. Raises SessionError."""
