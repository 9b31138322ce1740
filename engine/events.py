"""Everything that can happen in a Run: small facts, past tense, immutable. Imports msgspec and their parts only.

A run is its event log; the tree is a fold of the log (see `engine.tree`). Events travel as msgpack and rest as JSON.
Fields may be added with a default; nothing is renamed or removed without a storage migration.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

# What a person says and what events are made of is had from here, too.
from engine.by_hand import Admission as Admission
from engine.by_hand import Asked as Asked
from engine.by_hand import AskEnded as AskEnded
from engine.by_hand import Bookmarked as Bookmarked
from engine.by_hand import BordersMoved as BordersMoved
from engine.by_hand import Credited as Credited
from engine.by_hand import Noted as Noted
from engine.by_hand import PrivacySet as PrivacySet
from engine.by_hand import Rescored as Rescored
from engine.by_hand import Restored as Restored
from engine.by_hand import RolloutJudged as RolloutJudged
from engine.by_hand import RolloutScores as RolloutScores
from engine.by_hand import RunNamed as RunNamed
from engine.by_hand import ScoreSet as ScoreSet
from engine.by_hand import StepLabelled as StepLabelled
from engine.by_hand import StepRated as StepRated
from engine.by_hand import TaskUndone as TaskUndone
from engine.by_hand import TraceRead as TraceRead
from engine.by_hand import Unscored as Unscored
from engine.choices import for_encoder
from engine.parts import PHASES as PHASES
from engine.parts import ROOT as ROOT
from engine.parts import Budget as Budget
from engine.parts import Choice as Choice
from engine.parts import Cost as Cost
from engine.parts import Event as Event
from engine.parts import NewNode as NewNode
from engine.parts import NodeId as NodeId
from engine.parts import Phase as Phase
from engine.parts import Reason as Reason
from engine.parts import Scale as Scale
from engine.parts import Score as Score
from engine.parts import Source as Source
from engine.parts import Tally as Tally
from engine.parts import add_costs as add_costs


class RunStarted(Event, frozen=True):
    """A run began; happens once, first."""

    problem: str
    """Kind of the problem, e.g. `game24`."""
    text: str
    """The problem as the user typed it."""
    prompt: str
    """The user turn given to the policy."""
    search: str
    settings: dict[str, Any]
    """Every field of the search's configuration (JSON values)."""
    seed: int
    budget: Budget
    policy: str
    """Name of the policy, e.g. the model folder's name."""
    verifiers: tuple[str, ...]
    engine: str = ""
    """Version of the engine that ran it."""
    scale: Scale = Scale()
    told: dict[str, str] = msgspec.field(default_factory=dict)
    """What a file of others says of the whole run, by its own names."""
    weights: dict[str, str] = msgspec.field(default_factory=dict)
    """Fingerprints of the models that ran, by the names above (see `engine.llm.fingerprint`); none of one on a server,
    and none in old files."""


class RunResumed(Event, frozen=True):
    """A run that ended, or was cut off, goes on from its log."""

    why: str = ""
    settings: dict[str, Any] | None = None
    """Every field of the search from now on, and its limits, where it is to do more than it was asked for at first."""
    budget: Budget | None = None


class Selected(Event, frozen=True):
    """Selection: the walk from the root to a leaf, with the arithmetic of every level."""

    iteration: int
    """Counted from 1."""
    leaf: NodeId
    path: tuple[NodeId, ...]
    """From the root to the leaf, both included."""
    formula: str
    """The variant in words, e.g. `PUCT, c_init 1.25, c_base 19652, unvisited: PRM score`."""
    choices: tuple[Choice, ...]  # read from a file: engine.choices.LateChoices, which is read like a tuple


class Expanded(Event, frozen=True):
    """Expansion: `parent` got children. An empty tuple: the policy proposed nothing usable."""

    iteration: int
    parent: NodeId
    children: tuple[NewNode, ...]
    cost: Cost = Cost()
    generator: Literal["sample", "propose", "person", "given"] = "sample"
    """How they came about: sampled one by one, listed in one call, written by a person, or given as the text of a
    trace that was there before (a probe goes on from it)."""


class Scored(Event, frozen=True):
    """Verifiers scored steps of the tree."""

    iteration: int
    scores: tuple[Score, ...]
    cost: Cost = Cost()


class RolledOut(Event, frozen=True):
    """Simulation: the policy played on from `node` to an answer. The text is kept; no nodes are added."""

    iteration: int
    node: NodeId
    steps: tuple[str, ...]
    answer: str | None
    value: float | None
    """Reward in [0, 1]; None if no verifier could say."""
    source: Source | None
    verifier: str = ""
    step_scores: tuple[float | None, ...] = ()
    cost: Cost = Cost()
    turn: str = ""
    """The user turn that it was given, where it was not the run's own (a probe with a hint)."""


class Backpropagated(Event, frozen=True):
    """Backpropagation: `value` was credited to every node from `leaf` up to the root (N += 1, W += value)."""

    iteration: int
    leaf: NodeId
    value: float
    source: Source
    revisit: bool = False
    """Whether a finished leaf was selected again and its known value counted once more."""


class PriorsNoised(Event, frozen=True):
    """Noise was mixed into the priors of a node's children, once, before they were first chosen among."""

    iteration: int
    parent: NodeId
    children: tuple[NodeId, ...]
    noise: tuple[float, ...]
    """A draw from a Dirichlet distribution, one number per child, sum 1."""
    priors: tuple[float, ...]
    """(1 - fraction) * P + fraction * noise, which is P from now on."""
    alpha: float
    fraction: float


class VirtualLossChanged(Event, frozen=True):
    """A leaf went into flight (+1) or came back (-1): every node from it to the root counts a visit of value 0 more."""

    iteration: int
    leaf: NodeId
    change: int


class Pruned(Event, frozen=True):
    """These nodes, with all below them, are out of the search."""

    iteration: int
    nodes: tuple[NodeId, ...]
    reasons: tuple[str, ...]
    """Why, in words, one for each: `rank 6 of 12, lost by 0.013`."""
    by: Literal["search", "person"] = "search"


class Voted(Event, frozen=True):
    """The answers so far were counted."""

    iteration: int
    rule: str
    """How, complete: `majority`, or `PRM-weighted (min)`; with the rule of stopping where there is one."""
    tallies: tuple[Tally, ...]
    """Best first. Samples without an answer have no vote."""
    samples: int
    """How many traces had ended, those without an answer included."""
    tied: bool
    """Whether the first two weigh the same; the one seen first then stands first."""
    confidence: float | None = None
    """What the stopping rule compares with its threshold, in [0, 1]; None where nothing is stopped by a vote."""
    threshold: float | None = None


class IterationFinished(Event, frozen=True):
    """The strategy has done one iteration."""

    iteration: int


class RunFinished(Event, frozen=True):
    """A run ended; happens once, last (a run that was killed has none) but for what a person says about it later."""

    reason: Reason
    why: str
    """The reason as a sentence."""
    chosen: NodeId | None
    """The node whose trace is the run's single answer."""
    answer: str | None
    correct: bool | None
    """Exact check of that answer, made after the run ended; None where nothing is known."""
    verdict: str
    """What the check says, in words."""
    rollout: int | None = None
    """Where the answer was only played: number of the rollout of `chosen` (from 0) whose steps complete the trace."""


AnyEvent: TypeAlias = (
    RunStarted
    | RunResumed
    | Selected
    | Expanded
    | Scored
    | ScoreSet
    | Rescored
    | RolledOut
    | TraceRead
    | Backpropagated
    | Credited
    | PriorsNoised
    | VirtualLossChanged
    | Pruned
    | Restored
    | RunNamed
    | PrivacySet
    | Noted
    | Bookmarked
    | BordersMoved
    | StepLabelled
    | StepRated
    | RolloutJudged
    | Asked
    | AskEnded
    | TaskUndone
    | Voted
    | IterationFinished
    | RunFinished
)


class Record(msgspec.Struct, frozen=True, gc=False):
    """An event with its place: the unit of the wire, the log and time travel."""

    run: int
    seq: int
    """1, 2, 3 ... within the run, without gaps."""
    at: float
    """Seconds since the epoch (UTC)."""
    event: AnyEvent


_PHASE_OF: dict[type[Event], Phase] = {
    Selected: "selection",
    Pruned: "selection",
    PriorsNoised: "selection",
    Expanded: "expansion",
    Scored: "simulation",
    RolledOut: "simulation",
    Backpropagated: "backpropagation",
    Credited: "backpropagation",
    Voted: "backpropagation",
}


def phase_of(event: Event) -> Phase | None:
    """The phase that an event belongs to; None for events about the run as a whole and for what a person did."""
    if isinstance(event, VirtualLossChanged):
        return "selection" if event.change > 0 else "backpropagation"
    if (isinstance(event, Expanded) and event.generator == "person") or (
        isinstance(event, Pruned) and event.by == "person"
    ):
        return None
    return _PHASE_OF.get(type(event))


_event_to_json = msgspec.json.Encoder(enc_hook=for_encoder)
_event_from_json: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def encode_event(event: Event) -> bytes:
    """One event as a JSON object (UTF-8)."""
    return _event_to_json.encode(event)


def decode_event(body: bytes | str) -> AnyEvent:
    """The event in a JSON object. Raises msgspec.ValidationError or msgspec.DecodeError on anything else."""
    return _event_from_json.decode(body)
