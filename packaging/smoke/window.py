"""Steps: the window, without a screen and on one, and how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from smoke import processes
from smoke.command_line import events_in, read_runs
from smoke.pictures import read_png
from smoke.program import Home, Window
from smoke.screen import Person, Screen, check_picture
from smoke.steps import Scene, Step, StepError, check


def offscreen(scene: Scene) -> str:
    """First start, first search, close, and the session again."""
    home = Home(scene)
    with home.start() as window:
        paint = window.painted()
        simulated = window.until(lambda told: told["simulated"], "the first simulation was over") - window.began
        file = Path(window.searched()["session"])
        memory = check_no_torch(window)
        window.close()
    check(read_runs(file)[-1]["state"] == "finished", "the session does not hold the finished search")
    total = events_in(file)
    with home.start(str(file)) as again:
        again.until(lambda told: told["total"] == total, f"all {total} events were on screen again")
        again.close()
    check(events_in(file) == total, "opening the session has changed it")
    return f"painted after {paint * 1000:.0f} ms, first simulation after {simulated:.1f} s, {memory:.0f} MiB"


def check_no_torch(window: Window) -> float:
    """Raises StepError if the window's process holds torch; its resident memory in MiB."""
    check(not window.status()["torch"], "torch is imported in the window's process")
    maps = processes.maps_of(window.pid)
    check("libtorch" not in maps, "the window's process has mapped libtorch")
    check("libQt6Widgets" in maps, f"process {window.pid} is not the window's: it has not mapped Qt")
    check("libtorch" in processes.maps_of(window.engine()), "the engine's process has not mapped libtorch")
    return processes.resident_mb(window.pid)


def on_screen(scene: Scene) -> str:
    """A first session by keys and mouse: pause, step, save under a name, export a picture, close."""
    home = Home(scene)
    with Screen() as screen, screen.sit_down(home) as person:
        window = person.window
        try:
            said = _first_session(scene, person)
        finally:
            photograph = screen.photograph(scene.folder / "screen.png")
        check_picture(photograph, "the screenshot", 1440, 900)
        person.press("ctrl+q")
        window.check_end()
    return said


def _first_session(scene: Scene, person: Person) -> str:
    window, session, picture = person.window, scene.folder / "saved.espalier", scene.folder / "exported.png"
    window.until(lambda told: told["iterations"] >= 1, "the first search was under way")
    with window.engine_stopped():  # or a fast machine would be through before the key arrives
        person.press("space")
    held = _paused(window)
    person.press("F10")
    window.until(lambda told: told["total"] > held["total"], "F10 had performed a phase")
    before = window.status()["iterations"]
    person.press("F11")
    window.until(lambda told: told["iterations"] > before, "F11 had performed an iteration")
    _paused(window)
    person.press_until("F5", lambda told: told["state"] != "paused", "F5 had let the run go on")
    total = window.searched()["total"]
    person.press("ctrl+shift+s")
    person.wait_for_dialog("the session gets a name")
    person.name_file(session)
    window.until(lambda told: told["session"] == str(session), "the session had its new name")
    check(events_in(session) == total, f"{events_in(session)} of {total} events are in the file with the new name")
    place = window.status()["tree"]
    person.click(place["x"] + 8, place["y"] + 8)
    person.press("Home")
    window.until(lambda told: told["selected"] == 0, "a click and Home had selected the root")
    _export_picture(person, picture)
    check_picture(read_png(picture), picture.name, 300, 200)
    return f"{total} events, saved, exported"


def _paused(window: Window) -> dict[str, Any]:
    """Wait until the run stands still; the status then. Space may come just after the end, which is a failure."""

    def stands(told: dict[str, Any]) -> dict[str, Any]:
        if told["ended"]:
            raise StepError("the first search was over before it could be paused")
        return told if told["state"] == "paused" else {}

    return window.until(stands, "the run was paused")


def _export_picture(person: Person, picture: Path) -> None:
    """By the palette of commands: the menu entry has no key."""
    person.press("ctrl+shift+p")
    person.type("export picture")
    person.press("Return")
    person.wait_for_dialog("the picture gets a name")
    person.name_file(picture)
    person.window.until(lambda told: any(picture.name in text for text in told["says"]), "the picture was written")


STEPS = (
    Step("offscreen", "window: first search, close, open again", offscreen, quick=True, linux=True),
    Step("screen", "window by keys and mouse under Xvfb", on_screen, linux=True, tries=2),
)
