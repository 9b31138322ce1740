"""Whether anything of a run leaves this machine: read off the names of its policy and verifiers. Knows no socket."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from engine.addresses import is_here

_SCHEMES = ("http://", "https://", "ws://", "wss://")


def hosts(names: Iterable[str]) -> tuple[str, ...]:
    """The other machines that these policies and verifiers run on, each once. Empty: everything stays here.

    A name that holds a URL is a server's; every other is a model or a rule of the engine on this machine.
    """
    found = dict.fromkeys(host for name in names for host in _hosts_in(name) if not is_here(host))
    return tuple(found)


def _hosts_in(name: str) -> Iterable[str]:
    for scheme in _SCHEMES:
        at = name.find(scheme)
        if at >= 0:
            try:
                yield urlsplit(name[at:].split()[0]).hostname or name[at:]
            except ValueError:  # a URL that nobody can read may still lead anywhere
                yield name[at:]
