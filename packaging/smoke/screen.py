"""A screen of our own with somebody at its keyboard and mouse: Xvfb and xdotool. Knows the window by its status."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from smoke.pictures import Picture, screen_to_png
from smoke.program import SECONDS, Home, Window
from smoke.steps import SkippedError, StepError, check, until

SIZE = "1440x900x24"
START_SECONDS = 20.0
AGAIN_SECONDS = 2.0


class Screen:
    """An X server with a number that was free, gone at the end of the `with`. Raises SkippedError without one."""

    def __init__(self) -> None:
        missing = [tool for tool in ("Xvfb", "xdotool") if not shutil.which(tool)]
        if missing:
            raise SkippedError(f"{' and '.join(missing)} cannot be found")
        self._folder = tempfile.TemporaryDirectory(prefix="espalier-screen-")
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"]
        # -fbdir: the server keeps its pixels in a file, so a screenshot needs no further tool
        self._server = subprocess.Popen(
            [*command, "-fbdir", self._folder.name], pass_fds=[writing], stderr=subprocess.DEVNULL, cwd="/"
        )
        os.close(writing)
        with os.fdopen(reading) as number:
            ready = select.select([number], [], [], START_SECONDS)[0]
            self.name = f":{number.readline().strip()}" if ready else ""
        if self.name in ("", ":"):
            self.__exit__(None, None, None)
            raise StepError(f"Xvfb had not started after {START_SECONDS:.0f} s")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.kill()
        self._server.wait()
        self._folder.cleanup()

    def photograph(self, path: Path) -> Picture:
        """Keep what the screen shows, as a PNG."""
        return screen_to_png((Path(self._folder.name) / "Xvfb_screen0").read_bytes(), path)

    @contextmanager
    def sit_down(self, home: Home, *words: str) -> Iterator[Person]:
        """Start the program here and look at its window, which is ended at the end of the `with`."""
        with home.start(*words, QT_QPA_PLATFORM="xcb", DISPLAY=self.name) as window:
            person = Person(self, window)
            window.painted()
            until(person.shown, "a window was on the screen", START_SECONDS)
            person.look_at_window()
            yield person


class Person:
    """Somebody at the keyboard of a window."""

    def __init__(self, screen: Screen, window: Window) -> None:
        self.screen, self.window = screen, window

    def press(self, key: str) -> None:
        """A key with its modifiers, e.g. `ctrl+shift+s`."""
        self._xdotool("key", "--clearmodifiers", key)

    def press_until(self, key: str, condition: Callable[[dict[str, Any]], object], what: str) -> None:
        """Press it, and again if nothing comes of it: an action may not be allowed yet when a person is quick."""
        end = time.monotonic() + SECONDS
        while not condition(self.window.status()):
            self.window.check_alive(what)
            check(time.monotonic() < end, f"pressed {key} for {SECONDS:.0f} s in vain until {what}")
            self.press(key)
            with suppress(StepError):
                self.window.until(condition, what, AGAIN_SECONDS)

    def type(self, text: str) -> None:
        """Type what ASCII can say."""
        self._xdotool("type", "--clearmodifiers", "--delay", "15", text)

    def click(self, x: int, y: int) -> None:
        """Point at a place of the screen and click."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def wait_for_dialog(self, what: str) -> None:
        """Until a dialog is in front."""
        self.window.until(lambda told: told["dialog"], f"the dialog was open in which {what}")

    def name_file(self, path: Path) -> None:
        """Type a name into the file dialog that is in front, and wait until that has gone."""
        self.press("ctrl+a")
        self.type(str(path))
        self.press("Return")
        self.window.until(lambda told: not told["dialog"], f"the dialog had taken {path.name}")
        self.look_at_window()

    def look_at_window(self) -> None:
        """After a dialog: without a window manager nobody gives the keyboard back."""
        self._xdotool("windowfocus", "--sync", self.shown())

    def shown(self) -> str:
        """The name that X gives to the window; empty while there is none."""
        found = self._xdotool("search", "--onlyvisible", "--name", "Espalier").split()
        return found[0] if found else ""

    def _xdotool(self, *words: str) -> str:
        environment = {"DISPLAY": self.screen.name, "PATH": os.environ.get("PATH", os.defpath)}
        try:
            done = subprocess.run(
                ["xdotool", *words], env=environment, capture_output=True, text=True, timeout=START_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise StepError(f"xdotool hung while it was to {words[0]}") from error
        return done.stdout


def check_picture(picture: Picture, name: str, width: int, height: int) -> None:
    """Raises StepError unless it is at least so large and shows something."""
    large = picture.width >= width and picture.height >= height
    check(large, f"{name} is only {picture.width} x {picture.height} pixels")
    check(picture.shows_something, f"{name} is as good as empty: {picture.kinds_of_row} different rows of pixels")
