"""Steps: what is killed, and what the program makes of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from smoke.command_line import copy_of_killed, events_in
from smoke.program import Home, Window
from smoke.screen import Screen
from smoke.steps import Scene, Step, check, until

DIED = "The engine stopped unexpectedly"
CRASHED = "ended unexpectedly last time"
DUMP = "Fatal Python error: Segmentation fault"


def engine_killed(scene: Scene) -> str:
    """The engine dies in the middle of a search: the window says so, starts another one, and the run goes on."""
    home = Home(scene)
    with Screen() as screen, screen.sit_down(home) as person:
        window = person.window
        window.until(lambda told: told["iterations"] >= 1, "the first search was under way")
        first = window.engine()
        os.kill(first, signal.SIGKILL)
        told = window.until(lambda told: told if told["says"] else {}, "the window had said that the engine is gone")
        check(DIED in told["says"][-1], f"of the engine's death the window says: {told['says']}")
        check(not told["ended"], "the first search was over before its engine could be killed")
        screen.photograph(scene.folder / "engine-killed.png")
        person.press_until("F5", lambda told: told["state"] != "idle", "the run went on")
        total = window.searched()["total"]
        check(window.status()["engine"] not in (0, first), "there is no other engine")
        check(not window.status()["says"], f"the window still says: {window.status()['says']}")
        person.press("ctrl+q")
        window.check_end()
    return f"{told['total']} events before, {total} in the end; it said: {told['says'][-1]}"


def window_killed(scene: Scene) -> str:
    """The window dies: its engine goes with it, and the next start has the session back and tells of the crash."""
    home = Home(scene)
    with home.start() as window:
        # four commits a second: what is in the file now must be there after the kill
        on_disk = window.until(lambda told: events_in(Path(told["session"])), "some of the first search was on disk")
        window.kill(signal.SIGKILL)
        seconds = window.check_nobody_left()
    kept = events_in(copy_of_killed(Path(window.status()["session"]), scene.scratch))
    check(kept >= on_disk, f"{kept} events were kept of {on_disk} that had been on disk")
    _starts_again(home, window, kept)
    return f"{kept} events kept, the engine ended after {seconds:.1f} s"


def segmentation_fault(scene: Scene) -> str:
    """The window crashes: what Python's faulthandler wrote is there for the next start to show."""
    home = Home(scene)
    with home.start() as window:
        window.searched()
        window.kill(signal.SIGSEGV)
        window.check_nobody_left()
    kept = events_in(copy_of_killed(Path(window.status()["session"]), scene.scratch))
    dumps = list(home.folder.rglob("faults.txt"))
    check(len(dumps) == 1, f"{len(dumps)} files hold faulthandler's dump")
    check(DUMP in dumps[0].read_text(), f"faulthandler's dump says: {dumps[0].read_text()[:200]!r}")
    _starts_again(home, window, kept)
    return "the dump was kept"


def _starts_again(home: Home, before: Window, kept: int) -> None:
    """Raises StepError unless the next start shows what `before` had, and says that it crashed."""
    session = before.status()["session"]
    with home.start() as again:
        told = again.until(lambda told: told if told["total"] else {}, "the next start showed a run")
        check(told["session"] == session, f"the next start opened {told['session']} and not {session}")
        check(told["total"] >= kept, f"the next start shows {told['total']} of {kept} events")
        says = again.until(lambda told: told["says"], "the next start had told of the crash")
        check(any(CRASHED in text for text in says), f"of the crash the next start says: {says}")
        again.close()
    until(lambda: not list(home.folder.rglob("faults.txt")), "what was kept of the crash had gone", 5.0)


STEPS = (
    Step("engine-killed", "engine killed while it searches", engine_killed, linux=True, tries=2),
    Step("window-killed", "window killed: no orphan, session back", window_killed, quick=True, linux=True, tries=2),
    Step("segfault", "window crashes: a dump for the next start", segmentation_fault, linux=True),
)
