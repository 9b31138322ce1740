"""What the app may ask of the engine: wishes, imperative. Imports msgspec and events only."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from engine.breakpoints import Breakpoint
from engine.events import Budget, NodeId, Record
from engine.saying import AnyRemark as AnyRemark
from engine.saying import AnySaying as AnySaying
from engine.saying import Bookmark as Bookmark
from engine.saying import Command as Command
from engine.saying import JudgeRollout as JudgeRollout
from engine.saying import KeepScores as KeepScores
from engine.saying import LabelStep as LabelStep
from engine.saying import MoveBorders as MoveBorders
from engine.saying import NameRun as NameRun
from engine.saying import Note as Note
from engine.saying import RateStep as RateStep
from engine.saying import Remark as Remark
from engine.saying import Saying as Saying
from engine.saying import SetPrivacy as SetPrivacy


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
    """The log so far, at least one event; engine.parcels cuts one that is too long for a frame."""
    paused: bool = False
    breakpoints: tuple[Breakpoint, ...] = ()
    """As in StartRun."""
    more: bool = False
    """Whether the log goes on in ReadOn. What is asked of the run meanwhile waits; Stop gives it up, and nothing has
    happened."""


class ReadOn(Command, frozen=True):
    """Take in the next parcel of the log of a run that is to be gone on with. A log that does not fit together is said
    in reply to its ResumeRun."""

    run: int
    records: tuple[Record, ...]
    more: bool
    """Whether another parcel comes."""


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


class SetScore(Command, frozen=True):
    """Say what a step is worth, in place of what was said by hand before; None: nothing any more. Obeyed as Prune is:
    the search reads it."""

    run: int
    node: NodeId
    value: float | None
    """On the run's scale."""


class UndoTask(Command, frozen=True):
    """Take back what a task did, so that the search goes on as if it had not been; or do it again. Obeyed as Prune is,
    and while no other task is under way."""

    run: int
    task: int
    again: bool = False


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
    settings: dict[str, Any] = msgspec.field(default_factory=dict)
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


AnyCommand: TypeAlias = (
    Ping
    | Ack
    | LoadModels
    | StartRun
    | ResumeRun
    | ReadOn
    | Pause
    | Continue
    | StepPhase
    | StepIteration
    | Stop
    | Prune
    | Restore
    | InsertStep
    | AnySaying
    | SetScore
    | UndoTask
    | Ask
    | CancelTask
    | SetBreakpoints
    | ScoreTraces
    | CancelScoring
)


class Request(msgspec.Struct, frozen=True):
    """A command with the number that its replies will carry."""

    id: int
    command: AnyCommand
