"""What the app may ask of the engine: wishes, imperative. Imports msgspec and events only."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from engine.breakpoints import Breakpoint
from engine.events import Admission, Budget, NodeId, Record, Rescored


class Command(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """A wish. Each one sent gets any number of partial replies and exactly one final `Reply` (engine.frames)."""


class RunPlan(msgspec.Struct, frozen=True):
    """Everything that decides a run; the same plan gives the same log."""

    problem: str
    """Kind of the problem, a name in engine.problems.PROBLEMS."""
    text: str
    """What the user typed; `PROBLEMS[problem].parse` reads it."""
    search: str
    """A name in engine.search.SEARCHES."""
    settings: dict[str, Any]
    """Fields of the search's configuration; missing ones take their defaults."""
    seed: int = 0
    budget: Budget = Budget()
    policy: str = ""
    """Model folder of the policy, or the address of a server (engine.addresses). Empty for the bundled one: for a
    search that thinks the thinker, else the policy."""
    verifiers: tuple[str, ...] = ("prm",)
    """Names in engine.verifiers; rules are asked first. `prm` (the bundled one), `rule`, or `prm:FOLDER`."""


class Ping(Command, frozen=True):
    """Is anybody there? The final reply says what the engine is."""


class Ack(Command, frozen=True):
    """The app has worked off so many events more. The one command without a reply.

    Once an engine has heard of it (0 will do), it is never more than `engine.outbox.WINDOW` events ahead: a search
    waits for a window that cannot keep up, and what is seen is never long past.
    """

    events: int


class LoadModels(Command, frozen=True):
    """Load what the plan needs, so that the run starts at once. The final reply's data says what the policy is."""

    policy: str = ""
    verifiers: tuple[str, ...] = ("prm",)


class StartRun(Command, frozen=True):
    """Begin a run. The final reply comes when the run has ended; a refused plan is an error reply."""

    run: int
    plan: RunPlan
    paused: bool = False
    """Begin in pause, to be stepped."""
    breakpoints: tuple[Breakpoint, ...] = ()
    """As if SetBreakpoints came before the first move."""


class ResumeRun(Command, frozen=True):
    """Go on with a run from its log (after a crash, or tomorrow)."""

    run: int
    plan: RunPlan
    records: tuple[Record, ...]
    """The whole log so far, at least one event."""
    paused: bool = False
    breakpoints: tuple[Breakpoint, ...] = ()
    """As in StartRun."""


class Pause(Command, frozen=True):
    """Stop before the next phase."""

    run: int


class Continue(Command, frozen=True):
    """Run on after a pause."""

    run: int


class StepPhase(Command, frozen=True):
    """From a pause: perform one phase, then pause again."""

    run: int


class StepIteration(Command, frozen=True):
    """From a pause: perform the rest of this iteration, then pause again."""

    run: int


class Stop(Command, frozen=True):
    """End the run now, also in the middle of a decode; acknowledged within 250 ms."""

    run: int


class Prune(Command, frozen=True):
    """Take nodes, with all below them, out of the search. Undone by Restore.

    This and the next two are obeyed between two moves. An iteration that has begun is finished as it was begun; one
    that has not is thought over again. A run that has ended is gone on with first (ResumeRun).
    """

    run: int
    nodes: tuple[NodeId, ...]


class Restore(Command, frozen=True):
    """Bring pruned nodes back into the search, whoever pruned them."""

    run: int
    nodes: tuple[NodeId, ...]


class InsertStep(Command, frozen=True):
    """Add a step that a person wrote below `parent`; the final reply's data names its `node`. Undone by Prune."""

    run: int
    parent: NodeId
    step: str
    """One line; its line end may be missing."""


class Remark(Command, frozen=True):
    """Something that a person says about a node. It changes nothing in the search, so it is obeyed at once, also in
    the middle of a model call."""

    run: int
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


class Ask(Command, frozen=True):
    """Perform a verb at a node, between two iterations, after what was asked for before; in a pause, too.

    A partial reply names its `task` at once; the final one comes when it has ended, with what came of it: `done` of
    `total` iterations, `why` it ended early and whether it was `given_up`, the nodes `born` below old ones, and those
    that it `pruned`.
    """

    run: int
    verb: str
    """A name in engine.verbs.VERBS."""
    node: NodeId
    settings: dict[str, Any] = {}
    """Fields of the verb; missing ones take their defaults."""


class CancelTask(Command, frozen=True):
    """Give up a task that waits or is under way; what it did stays."""

    run: int
    task: int


class SetBreakpoints(Command, frozen=True):
    """Pause the run whenever one of these is hit, in place of those before."""

    run: int
    breakpoints: tuple[Breakpoint, ...]


class TraceToScore(msgspec.Struct, frozen=True, array_like=True):
    """A trace with its problem, as a scorer is to read it."""

    problem: str
    """Kind of the problem, a name in engine.problems.PROBLEMS."""
    text: str
    """What `PROBLEMS[problem].parse` reads."""
    steps: tuple[str, ...]
    ended: bool
    """Whether it is complete: its last step is the answer and the turn is over."""
    thinking: bool = False
    """Whether the turn opens with a thought."""


class ScoreTraces(Command, frozen=True):
    """Score every step of these traces, beside whatever runs; without traces: load the scorer and say what it is.

    Each reply's data is a `engine.frames.ScoresFound`: partial ones have the next traces' scores, in the order in
    which they were given; the final one comes when all are scored, or after CancelScoring. Traces that begin alike
    stand together, so that what they share is read once. Whoever has many sends them in parcels, one after the other.
    """

    verifier: str
    """A name as in RunPlan.verifiers."""
    policy: str
    """As in RunPlan: whom a verifier asks that asks the policy."""
    traces: tuple[TraceToScore, ...]


class CancelScoring(Command, frozen=True):
    """Give up what a ScoreTraces asked for, also in the middle of a model call; scores that were told stay told."""

    request: int
    """Its number."""


class KeepScores(Command, frozen=True):
    """Let scores that were asked for after the fact become an event of a run under way (see Rescored), at once."""

    run: int
    scores: Rescored


AnyCommand: TypeAlias = (
    Ping
    | Ack
    | LoadModels
    | StartRun
    | ResumeRun
    | Pause
    | Continue
    | StepPhase
    | StepIteration
    | Stop
    | Prune
    | Restore
    | InsertStep
    | AnyRemark
    | Ask
    | CancelTask
    | SetBreakpoints
    | ScoreTraces
    | CancelScoring
    | KeepScores
)


class Request(msgspec.Struct, frozen=True):
    """A command with the number that its replies will carry."""

    id: int
    command: AnyCommand
