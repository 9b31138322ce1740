"""Menu Search: start, pause, step and stop a run. Knows what is asked, not how it is done."""

from __future__ import annotations

from collections.abc import Iterable

from app.commands.action import Action
from app.commands.wishes import Dialogs, Do
from app.going_on import GoingOn
from app.language import tr
from app.run_controller import RunController
from app.session_controller import SessionController


def search_actions(
    runs: RunController, sessions: SessionController, going_on: GoingOn, run_again: Do, dialogs: Dialogs
) -> Iterable[Action]:
    def paused() -> bool:
        return runs.state == "paused"

    def running() -> bool:
        return runs.state in ("loading", "running")

    def stoppable() -> bool:
        return running() or paused()

    def run_label() -> str:
        return tr("Continue") if paused() else tr("Go on") if sessions.can_go_on() or waits() else tr("Run")

    def waits() -> bool:
        return not stoppable() and sessions.will_go_on()

    def can_run() -> bool:
        return sessions.writable and runs.state != "stopping" and not waits()

    def run() -> None:
        if paused():
            runs.go_on()
        elif sessions.can_go_on():
            sessions.go_on()
        else:
            run_again()

    def run_or_pause() -> None:
        if running():
            runs.pause()
        else:
            run()

    def can_step() -> bool:
        return stoppable() or sessions.can_go_on()

    def step(what: Do) -> None:
        if runs.active is None:
            sessions.go_on(paused=True)
        what()

    return (
        Action(
            "run.run", "Run", run, "Go on after a pause; or run the last problem again", "Search", "run", ("F5",),
            enabled=lambda: can_run() and not running(), label=run_label,
        ),
        Action(
            "run.run_or_pause", "Run or pause", run_or_pause, "Pause a run, or let it go on", "Search", "",
            (), ("Space",), enabled=can_run,
        ),
        Action(
            "run.pause", "Pause", runs.pause, "Stop before the next phase", "Search", "pause", ("F6",), enabled=running,
        ),
        Action(
            "run.step_phase", "Step phase", lambda: step(runs.step_phase),
            "Perform one phase, then pause: select, expand, roll out or back up", "Search", "step_phase", ("F10",),
            enabled=can_step, separator=True,
        ),
        Action(
            "run.step_iteration", "Step iteration", lambda: step(runs.step_iteration),
            "Perform the rest of this iteration, then pause", "Search", "step_iteration", ("F11",), enabled=can_step,
        ),
        Action(
            "run.stop", "Stop", runs.stop, "End the run; what was found is kept", "Search", "stop", ("Shift+F5",),
            enabled=stoppable, separator=True,
        ),
        Action(
            "run.more", "Go on with more…", dialogs.more,
            "Let a run that has ended do more, with the same stream of random numbers", "Search", "", ("Ctrl+F5",),
            why_not=going_on.why_not,
        ),
        Action(
            "run.suggest", "Suggest strategy and budget…", dialogs.advice,
            "What does best on problems as hard as the one on screen, with the reason and the table behind it",
            "Search", separator=True,
        ),
    )  # fmt: skip
