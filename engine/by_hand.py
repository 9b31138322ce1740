"""Events by which a person says or asks something. All events: engine.events. Imports msgspec and parts only.

Those about a trace name the node at its end; offsets count characters of its text, which is its steps, joined.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from engine.parts import Event, NodeId

Admission = Literal["admits", "silent", ""]


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


class BordersMoved(Event, frozen=True):
    """A person said where a trace turns from hidden to exposed text, or back. In place of what was said before.

    This and the next two, too, may come after RunFinished.
    """

    node: NodeId
    borders: tuple[int, ...]
    """Offsets, ascending: what lies before the first is hidden, after it exposed, and so in turn. Empty: as the
    splitter found it."""


class StepLabelled(Event, frozen=True):
    """A person said what the piece [start, end) of a trace does in it."""

    node: NodeId
    start: int
    end: int
    label: str
    """A function (engine.traces.functions), e.g. `plan`; empty: as the rules label it."""


class RolloutJudged(Event, frozen=True):
    """A person said of a rollout what a rule had guessed: whether its thought admits what moved it."""

    node: NodeId
    rollout: int
    """Its number at the node, from 0."""
    verdict: Admission
    """Empty: as the rules have it."""


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
