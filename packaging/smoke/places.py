"""Steps: where a program does not expect to be: odd folders, no home, no display, another Python's variables."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smoke.command_line import PUZZLE
from smoke.program import Home, last_words
from smoke.steps import Scene, Step, check

ODD_NAME = "Ünï còdé 木 & 'quotes'"
NOBODY = 65534
NO_WINDOW = "No window can be shown here"


def odd_folder(scene: Scene) -> str:
    """A bundle at an odd path, where its user may write nothing, used from a home with an odd name."""
    odd = copy_bundle(scene.bundle, scene.scratch / ODD_NAME / "espalier")
    home = Home(scene, ODD_NAME, bundle=odd, owner=another_user())
    file = home.folder / f"{ODD_NAME}.espalier"
    with read_only(odd):
        before = contents(odd)
        result = json.loads(home.run("run", PUZZLE, "--out", str(file), "--json")[0])
        check(result["correct"] is True, f"the run at an odd path ended with {result['verdict']}")
        with home.start(str(file)) as window:
            told = window.until(lambda told: told if told["total"] else {}, "the session was on screen")
            check(told["session"] == str(file), f"the window opened {told['session']}")
            window.close()
        changed = sorted(str(path) for path, _ in contents(odd) ^ before)
    check(not changed, f"the program wrote into its own folder: {', '.join(changed[:5])}")
    return "as another user, who may write nothing there" if another_user() is not None else "read-only"


def damaged(scene: Scene) -> str:
    """A bundle without its largest library: the doctor says so, and what to do about it."""
    bundle = copy_bundle(scene.bundle, scene.scratch / "espalier")
    library = max((bundle / "_internal" / "torch" / "lib").iterdir(), key=lambda path: path.lstat().st_size)
    library.unlink()
    found = json.loads(Home(scene, bundle=bundle).run("doctor", "--json", status=1)[0])
    engine = next(each for each in found if each["name"] == "Engine")
    check(not engine["good"], f"without {library.name} the doctor finds nothing wrong with the engine")
    check(engine["fix"].startswith("unpack or install"), f"without {library.name} the doctor says: {engine['fix']}")
    return f"without {library.name}: {engine['detail']}"


def no_home(scene: Scene) -> str:
    """No home folder: sessions go to a temporary one, and the window says so."""
    temporary = scene.folder / "tmp"
    temporary.mkdir()
    temporary.chmod(0o777)
    # the other user may not come through to the place where the bundle was built
    bundle = scene.bundle if another_user() is None else copy_bundle(scene.bundle, scene.scratch / "espalier")
    home = Home(scene, bundle=bundle, owner=another_user(), TMPDIR=str(temporary))
    home.environment["HOME"] = "/nonexistent"
    home.run("--version")
    with home.start() as window:
        told = window.searched()
        check(told["session"].startswith(str(temporary)), f"without a home the session is in {told['session']}")
        check(any(str(temporary) in text for text in told["says"]), f"without a home the window says: {told['says']}")
        window.close()
    return str(told["says"][-1])


def no_display(scene: Scene) -> str:
    """Neither a display nor one that answers: a sentence and status 2, and no crash of Qt."""
    home, said = Home(scene), ""
    for environment in (dict[str, str](), {"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "wayland-987"}):
        _, said = home.run(status=2, more=environment)
        named = ", ".join(environment) or "nothing"
        check(NO_WINDOW in said, f"with {named} set, the start without a display says: {last_words(said)}")
    return last_words(said)


def strangers(scene: Scene) -> str:
    """What is meant for another Python, or for other programs, does not get in."""
    home = Home(scene)
    for name in ("engine", "torch", "json", "sitecustomize"):
        (home.current / f"{name}.py").write_text(f"raise SystemExit('{name}.py of a stranger was run')\n")
    environment = {
        "PYTHONHOME": str(home.current),
        "PYTHONPATH": str(home.current),
        "PYTHONSTARTUP": str(home.current / "json.py"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_PLUGIN_PATH": str(_plugins_of_another_qt(scene)),
        "LD_LIBRARY_PATH": str(home.current),
        "LANG": "tlh_QO.ISO-8859-15",
    }
    result = json.loads(home.run("run", PUZZLE, "--set", "simulations=8", "--json", more=environment)[0])
    check(result["iterations"] == 8, f"the run ended after {result['iterations']} of 8 iterations")
    if sys.platform == "linux":
        with home.start(**environment) as window:
            window.painted()
            window.close()
    return f"{', '.join(environment)}, modules in the current folder"


def _plugins_of_another_qt(scene: Scene) -> Path:
    """A folder as a desktop names it, whose plugins want libraries that are not there."""
    folder = scene.folder / "plugins"
    own = scene.bundle / "_internal" / "PySide6" / "Qt" / "plugins" / "platforms"
    (folder / "platforms").mkdir(parents=True)
    for plugin in own.glob("*offscreen*"):
        content = plugin.read_bytes().replace(b"Qt6Gui", b"Qt6Gux")
        (folder / "platforms" / plugin.name).write_bytes(content)
    return folder


def second_start(scene: Scene) -> str:
    """A second start hands its file to the window that is there, and ends."""
    home = Home(scene)
    sample = scene.folder / "given.espalier"
    shutil.copy(next((scene.bundle / "_internal" / "resources" / "samples").glob("*.espalier")), sample)
    with home.start() as first:
        first.until(lambda told: told["total"], "the first start searched")
        with home.start(str(sample)) as second:
            check(second.ended() == 0, f"the second start failed: {last_words(second.complaints())}")
        first.until(lambda told: told["session"] == str(sample), "the first window had opened the second's file")
        first.close()
    return ""


def copy_bundle(bundle: Path, target: Path) -> Path:
    """By hard links where both are on one file system: half a gigabyte is not to be read for this. Returns `target`."""

    def link(source: str, place: str) -> None:
        try:
            os.link(source, place, follow_symlinks=False)
        except OSError:  # another file system
            shutil.copy2(source, place, follow_symlinks=False)

    shutil.copytree(bundle, target, symlinks=True, copy_function=link)
    return target


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Inside, nothing can be made in it, but by root. Only folders change: the files are those of the bundle itself."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())]
    for each in folders:
        each.chmod(0o555)
    try:
        yield
    finally:
        for each in folders:
            each.chmod(0o755)


def contents(folder: Path) -> set[tuple[Path, int]]:
    """What is in it, each with its date in nanoseconds."""
    return {(path, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def another_user() -> int | None:
    """Where we are root, who may write everywhere, the number of a user who may not."""
    return NOBODY if hasattr(os, "geteuid") and os.geteuid() == 0 else None


STEPS = (
    Step("odd-folder", "bundle in a read-only folder with an odd name", odd_folder, linux=True),
    Step("damaged", "a library is missing", damaged),
    Step("no-home", "no home folder", no_home, linux=True),
    Step("no-display", "no display", no_display, quick=True, linux=True),
    Step("strangers", "variables and modules meant for others", strangers),
    Step("second-start", "a second start hands its file over", second_start),
)
