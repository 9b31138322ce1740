"""Which libraries came into the bundle only for files that were dropped from it. Knows no PyInstaller."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Entry = tuple[str, str, str]
"""Destination in the bundle, source on this machine, PyInstaller's word for its kind."""


def orphans(kept: Iterable[Entry], dropped: Iterable[Entry], needs: Callable[[str], set[str]]) -> set[str]:
    """Destinations of kept libraries that only dropped files asked for, directly or by others.

    `needs` tells the file names of the libraries that a binary is linked with. What nobody is linked with stays: it may
    be opened by name when the program runs.
    """
    by_name = {_name(destination): source for destination, source, _ in kept if "/" not in destination}
    roots = [source for destination, source, _ in kept if "/" in destination]

    def reached(sources: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(sources)
        while waiting:
            new = (needs(waiting.pop()) & by_name.keys()) - found
            found |= new
            waiting += (by_name[name] for name in new)
        return found

    wanted_once = reached(source for _, source, _ in dropped)
    others = [source for name, source in by_name.items() if name not in wanted_once]
    return wanted_once - reached([*roots, *others])


def _name(destination: str) -> str:
    return destination.rpartition("/")[2]
