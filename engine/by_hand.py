"""Events by which a person says or asks something. All events: engine.events. Imports msgspec and parts only."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from engine.parts import Event, NodeId


class Noted(Event, frozen=True):
    """A person wrote about a node. The text takes the place of the one before; an empty one takes the note away.

    This and Bookmarked say something about a run and change nothing in it: they may also come after RunFinished.
    """

    node: NodeId
    text: str


class Bookmarked(Event, frozen=True):
    """A person put a bookmark at a node, or took it away."""

    node: NodeId
    on: bool


class Asked(Event, frozen=True):
    """The engine took up what a person asked for at a node. All events up to AskEnded come of it, or of edits."""

    task: int
    """Number of the task in this run, from 1."""
    verb: str
    """A name in engine.verbs.VERBS."""
    node: NodeId
    words: str
    """The wish, complete: `8 more simulations below node 5`."""
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
    """Every field of the verb (JSON values)."""
    by: Literal["person"] = "person"


class AskEnded(Event, frozen=True):
    """What was asked for is done, or will not be."""

    task: int
    why: str = ""
    """Why it ended before all of it was done, as a sentence; empty if it is done."""
