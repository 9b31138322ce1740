"""What the app may ask of the engine: wishes, imperative. Imports msgspec and events only."""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

from engine.events import Budget, NodeId, Record


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
    """Model folder of the policy; empty for the bundled one."""
    verifiers: tuple[str, ...] = ("prm",)
    """Names in engine.verifiers; rules are asked first. `prm` (the bundled one), `rule`, or `prm:FOLDER`."""


class Ping(Command, frozen=True):
    """Is anybody there? The final reply says what the engine is."""


class LoadModels(Command, frozen=True):
    """Load what the plan needs, so that the run starts at once."""

    policy: str = ""
    verifiers: tuple[str, ...] = ("prm",)


class StartRun(Command, frozen=True):
    """Begin a run. The final reply comes when the run has ended; a refused plan is an error reply."""

    run: int
    plan: RunPlan
    paused: bool = False
    """Begin in pause, to be stepped."""


class ResumeRun(Command, frozen=True):
    """Go on with a run from its log (after a crash, or tomorrow)."""

    run: int
    plan: RunPlan
    records: tuple[Record, ...]
    """The whole log so far."""
    paused: bool = False


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


AnyCommand: TypeAlias = (
    Ping
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
)


class Request(msgspec.Struct, frozen=True):
    """A command with the number that its replies will carry."""

    id: int
    command: AnyCommand
