"""What a server wrote beyond the step that was asked for: a chain that cannot be continued goes on from here.

Each rest is given once: who asks a second time for another continuation is not given the same. Sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.policies import Ended, Said, SampleRequest

MOST = 8_192
"""Chains; the oldest is forgotten."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The end of a text."""

    text: str
    count: int
    """Tokens of the whole text."""
    ended: Ended


_Key: TypeAlias = tuple[tuple[Said | str, ...], bool, str]


class Kept:
    """Rests by the turn and by the trace before them."""

    def __init__(self) -> None:
        self._rests: dict[_Key, list[Rest]] = {}

    def keep(self, request: SampleRequest, step: str, rest: Rest) -> None:
        """After the request's trace and `step` comes `rest`."""
        while len(self._rests) >= MOST:
            del self._rests[next(iter(self._rests))]
        self._rests.setdefault(_key(request, step), []).append(rest)

    def take(self, request: SampleRequest) -> Rest | None:
        """What comes after the request's trace, if it is known and was not given before."""
        rests = self._rests.get(_key(request, ""))
        if not rests or len(request.seeds) != 1:
            return None
        rest = rests.pop(0)
        if not rests:
            del self._rests[_key(request, "")]
        return rest


def _key(request: SampleRequest, step: str) -> _Key:
    return (*request.before, request.user_turn), request.thinking, "".join(request.steps) + request.given + step
