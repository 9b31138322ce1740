"""Benchmarks by name, those of the window and those of the engine. Adding one is one new file and one line.

A benchmark measures, it judges nothing. What each one prints: see resources/manual/figures.md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from app.command_line.headless import Engine, EngineDied
from app.engine_process import child_command, child_environment
from engine import __version__
from engine.frames import Hello

Figures = dict[str, Any]

ENGINE_SECONDS = 60.0


class BenchError(Exception):
    """A benchmark could not be run; the message is a sentence."""


def _startup(quick: bool, seed: int) -> Figures:
    from app.benchmarks import startup

    return startup.run(quick, seed)


def _live(quick: bool, seed: int) -> Figures:
    from app.benchmarks import live

    return live.run(quick, seed)


def _timeline(quick: bool, seed: int) -> Figures:
    from app.benchmarks import timeline

    return timeline.run(quick, seed)


def _canvas(quick: bool, seed: int) -> Figures:
    from app.benchmarks import canvas

    return canvas.run(quick, seed)


def _bundle(quick: bool, seed: int) -> Figures:
    from app.benchmarks import bundle

    return bundle.run(quick, seed)


def _big_trace(quick: bool, seed: int) -> Figures:
    from app.benchmarks import big_trace

    return big_trace.run(quick, seed)


def _durability(quick: bool, seed: int) -> Figures:
    from app.benchmarks import durability

    return durability.run(quick, seed)


def _imports(quick: bool, seed: int) -> Figures:
    from app.benchmarks import import_fuzz

    return import_fuzz.run(quick, seed)


def _storage(quick: bool, seed: int) -> Figures:
    from app.benchmarks import storage

    return storage.run(quick, seed)


def _prm(quick: bool, seed: int) -> Figures:
    from app.benchmarks import prm

    return prm.run(quick, seed)


# Imported on use: a command line that measures a model needs no Qt.
IN_APP: dict[str, Callable[[bool, int], Figures]] = {
    "startup": _startup,
    "canvas": _canvas,
    "live": _live,
    "timeline": _timeline,
    "storage": _storage,
    "bundle": _bundle,
    "durability": _durability,
    "imports": _imports,
}
TABLES: tuple[str, ...] = ("game24", "words")
IN_ENGINE: tuple[str, ...] = (*TABLES, "prm", "probes", "search")
IN_BOTH: dict[str, Callable[[bool, int], Figures]] = {"prm": _prm, "probes": _big_trace}
"""Those of the engine that have a figure of the window too."""
NAMES: tuple[str, ...] = (*IN_APP, *IN_ENGINE)


def measure(name: str, quick: bool, seed: int, more: Sequence[str] = ()) -> dict[str, Any]:
    """Run one of NAMES; returns the object that `--json` prints. `more` words go to the engine. Raises BenchError."""
    figures = _in_engine(name, quick, seed, more) if name in IN_ENGINE else IN_APP[name](quick, seed)
    if name in IN_BOTH:
        figures |= IN_BOTH[name](quick, seed)
    return {"bench": name, "version": __version__, "seed": seed, "machine": machine(), "figures": figures}


def _in_engine(name: str, quick: bool, seed: int, more: Sequence[str]) -> Figures:
    """In a process of its own, where torch may be imported; its words go to stderr, its stdout is one JSON object."""
    command = child_command("--benchmarks", name, "--seed", str(seed), *(["--quick"] if quick else []), *more)
    done = subprocess.run(command, stdout=subprocess.PIPE, env=child_environment())
    if done.returncode:
        raise BenchError(f"The benchmark {name} failed with exit code {done.returncode}.")
    try:
        figures: Figures = json.loads(done.stdout)
    except ValueError as error:
        raise BenchError(f"The benchmark {name} printed something that is not JSON: {error}.") from error
    return figures


def machine() -> dict[str, Any]:
    """What the figures were measured on; None where it is not known."""
    return {
        "cpu_count": os.cpu_count(),
        "python": platform.python_version(),
        "qt": installed("PySide6-Essentials"),
        "torch": installed("torch"),
        "device": _device(),
    }


def installed(distribution: str) -> str | None:
    """Version of an installed distribution, found without importing it."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _device() -> str | None:
    try:
        with Engine() as engine:
            frame = engine.hear(ENGINE_SECONDS)
    except EngineDied as error:
        print(f"device: {error}", file=sys.stderr)
        return None
    return frame.device if isinstance(frame, Hello) else None
