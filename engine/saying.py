"""Commands by which something is said of a run that no search reads. All commands: engine.commands. Imports msgspec
and events only.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from engine.events import Admission, NodeId, Rescored


class Command(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """A wish. Each one sent gets any number of partial replies and exactly one final `Reply` (engine.frames)."""


class Saying(Command, frozen=True):
    """Something that is said of a run. It changes nothing in the search, so it is obeyed at once, also in the middle of
    a model call; of a run that is not under way whoever holds its log writes it down."""

    run: int


class Remark(Saying, frozen=True):
    """What a person says about a node."""

    node: NodeId


class Note(Remark, frozen=True):
    """Write about a node, in place of what was written before; an empty text takes the note away."""

    text: str


class Bookmark(Remark, frozen=True):
    """Put a bookmark at a node, or take it away."""

    on: bool


class MoveBorders(Remark, frozen=True):
    """Say where the trace that ends at the node turns from hidden to exposed (see BordersMoved); none: as found."""

    borders: tuple[int, ...]


class LabelStep(Remark, frozen=True):
    """Say what the piece [start, end) of the trace that ends at the node does; an empty label: as the rules say."""

    start: int
    end: int
    label: str


class RateStep(Remark, frozen=True):
    """Rate a step: 1 good, 0 neutral, -1 bad; None takes the rating away (see StepRated)."""

    rating: int | None


class JudgeRollout(Remark, frozen=True):
    """Say whether the thought of a rollout admits what moved it; an empty verdict: as the rules say."""

    rollout: int
    """Its number at the node, from 0."""
    verdict: Admission


AnyRemark: TypeAlias = Note | Bookmark | MoveBorders | LabelStep | RateStep | JudgeRollout


class NameRun(Saying, frozen=True):
    """Give the run a name; an empty one takes it away."""

    name: str


class SetPrivacy(Saying, frozen=True):
    """Keep the run private, so that a copy made to be shared can leave it out; or no longer."""

    private: bool


class KeepScores(Saying, frozen=True):
    """Let scores that were asked for after the fact become an event of a run under way (see Rescored), at once."""

    scores: Rescored


AnySaying: TypeAlias = AnyRemark | NameRun | SetPrivacy | KeepScores
