"""What a command to a run under way does to it. Knows no pipe, no model, no other run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.commands import (
    Ask,
    CancelTask,
    Continue,
    InsertStep,
    Pause,
    Prune,
    Restore,
    SetBreakpoints,
    SetScore,
    StepIteration,
    StepPhase,
    Stop,
    UndoTask,
)
from engine.frames import Status, TaskStatus
from engine.run import Run
from engine.tasks import Task
from engine.verbs import make_verb

Steering: TypeAlias = Pause | Continue | StepPhase | StepIteration | Stop
Change: TypeAlias = Prune | Restore | InsertStep | SetScore | UndoTask | Ask | CancelTask | SetBreakpoints
"""These are obeyed between two moves."""


def steer(run: Run, command: Steering) -> None:
    """Let it stand still or go."""
    match command:
        case Pause():
            run.pace.pause()
        case Continue():
            run.pace.go_on()
        case StepPhase():
            run.pace.step("phase")
        case StepIteration():
            run.pace.step("iteration")
        case Stop():
            run.cancelled = True


def change(run: Run, command: Change | Steering, task_ended: Callable[[Task], None]) -> dict[str, Any]:
    """Change its tree as a person wishes, or take up what is asked for; what the reply will tell. Steering, too: it
    may have had to wait behind a change.

    `task_ended` hears when what was asked for is done. Raises EditError or SettingError.
    """
    match command:
        case Prune(_, nodes):
            run.prune(nodes)
        case Restore(_, nodes):
            run.restore(nodes)
        case InsertStep(_, parent, step):
            return {"node": run.insert(parent, step)}
        case SetScore(_, node, value):
            run.set_score(node, value)
        case UndoTask(_, task, again):
            run.undo_task(task, again)
        case Ask(_, verb, node, settings):
            return {"task": run.ask(make_verb(verb, settings), node, task_ended).number}
        case CancelTask(_, number):
            run.cancel_task(number)
        case SetBreakpoints(_, breakpoints):
            run.pace.breakpoints = breakpoints
        case _:
            steer(run, command)
    return {}


def tasks_of(run: Run) -> tuple[TaskStatus, ...]:
    """What it was asked for and has not ended yet."""
    return tuple(
        TaskStatus(task.number, task.node, task.words, task.done, task.total, task.begun) for task in run.tasks.waiting
    )


def status_of(run: Run, memory_mb: float, first_token_seconds: float | None) -> Status:
    """How it is going."""
    cost = run.tree.cost
    read = cost.prompt + cost.cached
    return Status(
        run=run.number,
        state=run.state,
        phase=run.phase or "",
        iteration=run.tree.iterations_done,
        tokens_per_second=cost.generated / cost.seconds if cost.seconds else 0.0,
        memory_mb=memory_mb,
        cache_hit=cost.cached / read if read else None,
        progress=run.progress,
        first_token_seconds=first_token_seconds,
        tasks=tasks_of(run),
        hit=run.pace.hit,
    )
