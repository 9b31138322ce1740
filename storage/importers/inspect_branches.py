"""Which events of an Inspect AI sample belong together: the main trajectory, and what branched off it. Pure.

A branch replays what its parent did up to an anchor: the event `branch` in its span says where the replay ends and what
is new begins. Events of scorers belong to none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from engine.traces.servers.values import text

_SCORING = ("scorer", "scorers")


class Trajectory(NamedTuple):
    """What happened in turn."""

    anchor: str | None
    """Where it branched off; None for the main one."""
    events: list[dict[str, Any]]


class Trajectories:
    """Of one sample."""

    def __init__(self, events: Sequence[dict[str, Any]]) -> None:
        self._events = events
        self._parents: dict[str, str] = {}
        scoring: set[str] = set()
        for event in events:
            if event.get("event") == "span_begin" and (span := text(event.get("id"))):
                self._parents[span] = text(event.get("parent_id"))
                if text(event.get("type")) in _SCORING or text(event.get("name")) in _SCORING:
                    scoring.add(span)
        self._branches = {
            text(event.get("span_id")): text(event.get("from_anchor")) or text(event.get("from_message"))
            for event in reversed(events)
            if event.get("event") == "branch" and event.get("span_id")
        }
        self._homes: dict[str, str | None] = {name: name for name in self._branches}
        self._homes |= dict.fromkeys(scoring, None) | {"": ""}

    @property
    def has_branches(self) -> bool:
        return bool(self._branches)

    def unscored(self) -> Iterator[dict[str, Any]]:
        """All events but those of scorers."""
        return (event for event in self._events if self._home(text(event.get("span_id"))) is not None)

    def all(self) -> Iterator[Trajectory]:
        """The main one first, then branches in the order of their beginnings."""
        found: dict[str, Trajectory] = {"": Trajectory(None, [])}
        for event in self._events:
            home = self._home(text(event.get("span_id")))
            if event.get("event") == "branch" and home:
                found.setdefault(home, Trajectory(self._branches[home], []))
            elif home in found:  # a branch that has not begun yet replays
                found[home].events.append(event)
        yield from found.values()

    def _home(self, span: str) -> str | None:
        """The branch that a span lies in, "" for the main trajectory, None for scorers."""
        passed: list[str] = []
        while span not in self._homes:
            self._homes[span] = ""  # until it is known: spans may lie in a circle
            passed.append(span)
            span = self._parents.get(span, "")
        home = self._homes[span]
        self._homes |= dict.fromkeys(passed, home)
        return home
