"""How long a run will still take, from its own pace of late. Knows no run, no clock and no Qt."""

from __future__ import annotations

from collections import deque

WINDOW = 20.0
"""Seconds of the latest work from which the pace is taken: an early pace says little of a late one."""
LEAST = 1.0
"""Seconds that must have been watched before anything is said."""


class Pace:
    """Fed with the share that is done; a pause starts it anew, since waiting says nothing about working."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()

    def feed(self, at: float, share: float) -> None:
        """At `at` seconds `share` in [0, 1] of the run was done."""
        if self._seen and share < self._seen[-1][1]:
            self.restart()
        self._seen.append((at, share))
        while at - self._seen[0][0] > WINDOW and len(self._seen) > 2:
            self._seen.popleft()

    def restart(self) -> None:
        self._seen.clear()

    def left(self) -> float | None:
        """Seconds that are left at this pace; None while nobody can know, and when all is done."""
        if len(self._seen) < 2:
            return None
        (begun, first), (now, share) = self._seen[0], self._seen[-1]
        if now - begun < LEAST or share <= first or share >= 1.0:
            return None
        return (1.0 - share) * (now - begun) / (share - first)


def clock_words(seconds: float) -> str:
    """`0:41`, `12:05` or `1:02:05`; rounded up, so that it never says nothing is left while something is."""
    whole = -int(-seconds // 1)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
