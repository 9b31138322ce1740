"""`espalier doctor`: what is here, what is missing, and the command that fixes it. Imports neither Qt nor torch."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sqlite3
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.benchmarks import installed
from app.command_line.headless import EngineDied, Faulted, Refused, try_engine
from app.engine_process import is_frozen
from app.start.processor import processor_problem
from app.start.surroundings import lost_folders
from app.start.system import install_command, missing_libraries, why_no_display, window_libraries
from engine import __version__
from engine.sandbox import SandboxError, run

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
BUNDLED: tuple[str, ...] = ("policy", "thinker", "prm", "orm")
NEEDED_FILES: tuple[str, ...] = ("config.json", "tokenizer.json")
LIBRARIES: tuple[str, ...] = (
    "PySide6-Essentials",
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "httpx2",
    "zstandard",
    "pydantic-monty",
    "msgspec",
    "numpy",
    "pyqtgraph",
)
PICKLES: tuple[str, ...] = ("*.bin", "*.pt", "*.pth", "*.pkl", "*.ckpt")
LEAST_FREE_GB = 1.0
MOST_HEADER = 100_000_000
"""Bytes; the safetensors format allows no longer header."""
ENGINE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    good: bool
    detail: str
    fix: str = ""
    """The command that fixes it, or what else to do; empty if nothing is to be done."""

    def data(self) -> dict[str, Any]:
        return asdict(self)


def examine(
    environment: Mapping[str, str] = os.environ, models: Path = MODELS, *, engine: bool = True
) -> list[Finding]:
    """Look at everything. Takes as long as an engine takes to load its models; without that, milliseconds."""
    return [
        Finding("Espalier", True, f"{__version__}, {_installation()}"),
        Finding("Python", True, f"{platform.python_version()} on {platform.platform()}"),
        _processor(),
        Finding("SQLite", True, sqlite3.sqlite_version),
        *map(_library, LIBRARIES),
        _sandbox(),
        _system_libraries(environment),
        _display(environment),
        *(check_model(models / name) for name in BUNDLED),
        *([_engine()] if engine else []),
        _folders(environment),
        _disk(Path.cwd()),
    ]


def findings_text(findings: list[Finding]) -> str:
    """A line for each, the fixes below what they fix, and a sentence at the end."""
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{'ok ' if finding.good else 'BAD'}  {finding.name:<{width}}  {finding.detail}")
        if finding.fix:
            lines.append(f"     {'':<{width}}  -> {finding.fix}")
    bad = [finding.name for finding in findings if not finding.good]
    return "\n".join([*lines, "", f"To be mended: {', '.join(bad)}." if bad else "Nothing is missing."])


def _installation() -> str:
    if is_frozen():
        return f"the bundle in {Path(sys.executable).parent}"
    return f"from source in {Path(__file__).resolve().parents[2]}"


def _mended_by(command: str) -> str:
    """The command that mends an installation from source; a bundle is whole or it is unpacked again."""
    return "unpack or install Espalier again: a file of it is missing or damaged" if is_frozen() else command


def _processor() -> Finding:
    problem = processor_problem()
    return Finding("Processor", not problem, problem or platform.machine())


def _library(name: str) -> Finding:
    found = installed(name)
    fix = "" if found else _mended_by(f"pip install {name}")
    return Finding(name, found is not None, found or "is not installed", fix)


def _sandbox() -> Finding:
    """Whether code that critics write can be run, by running some."""
    try:
        ran = run("print(6 * 7)")
    except SandboxError as error:
        return Finding("Sandbox", False, str(error), _mended_by("pip install --force-reinstall pydantic-monty"))
    return Finding("Sandbox", ran.told == "42", "runs code" if ran.told == "42" else f"does not compute: {ran.told}")


def _system_libraries(environment: Mapping[str, str]) -> Finding:
    sonames = missing_libraries(window_libraries(environment))
    if not sonames:
        return Finding("Qt's system libraries", True, "all there")
    fix = install_command(sonames) or "install the packages of your system that hold them"
    return Finding("Qt's system libraries", False, f"missing: {', '.join(sonames)}", fix)


def _display(environment: Mapping[str, str]) -> Finding:
    """A machine without a display is nothing bad: the command line works there."""
    why = why_no_display(environment)
    if why:
        return Finding("Display", True, f"none ({why})", "for the window: a desktop session, or ssh -X")
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    return Finding(
        "Display", True, next((f"{name}={environment[name]}" for name in names if name in environment), "yes")
    )


def check_model(folder: Path) -> Finding:
    """Whether a model folder is whole and holds nothing but what may be loaded. Reads headers, no weights."""
    name = f"Model {folder.name}"
    problem = next(_model_problems(folder), "")
    if problem:
        fix = _mended_by(f"espalier train {folder.name}") if folder.name in BUNDLED else ""
        return Finding(name, False, problem, fix)
    size = sum(path.stat().st_size for path in folder.glob("*.safetensors"))
    return Finding(name, True, f"{size / 1e6:.1f} MB in {folder}")


def _model_problems(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"there is no folder {folder}"
        return
    for pattern in PICKLES:
        for path in sorted(folder.glob(pattern)):
            yield f"{path} is a pickle, which can run code when it is loaded"
    for name in NEEDED_FILES:
        yield from _json_problems(folder / name)
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        yield f"{folder} holds no .safetensors file"
    for path in weights:
        yield from _weight_problems(path)


def _json_problems(path: Path) -> Iterator[str]:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        yield f"{path} cannot be read ({error.strerror})"
    except ValueError:
        yield f"{path} is not JSON"


def _weight_problems(path: Path) -> Iterator[str]:
    """Check a safetensors header against the file: u64 length, JSON, then exactly the bytes that it names."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(size, MOST_HEADER):
                raise ValueError
            header = json.loads(file.read(length))
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        if max(ends, default=0) + 8 + length != size:
            yield f"{path} is cut off or too long"
    except OSError as error:
        yield f"{path} cannot be read ({error.strerror})"
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, IndexError):
        yield f"{path} is not a safetensors file"


def _engine() -> Finding:
    """Not only there: PyTorch, which is most of what can be missing or damaged, is loaded by the models alone."""
    fix = _mended_by("remove the folder .venv, then: python3 run.py doctor")
    try:
        reply = try_engine(ENGINE_SECONDS)
    except (EngineDied, Refused) as error:
        return Finding("Engine", False, str(error), fix)
    except Faulted as fault:
        why = fault.report.strip().rpartition("\n")[2]
        return Finding("Engine", False, f"it starts, but cannot load PyTorch or the models: {why}", fix)
    return Finding("Engine", True, f"version {reply.data.get('version', '?')} on {reply.data.get('device', '?')}")


def _folders(environment: Mapping[str, str]) -> Finding:
    """Where sessions and settings go. Only Linux lets one ask."""
    lost = lost_folders(environment) if sys.platform == "linux" else {}
    if not lost:
        return Finding("Your folders", True, "can be written")
    places = ", ".join(map(str, lost.values()))
    return Finding("Your folders", False, f"cannot be written: {places}", f"set {', '.join(lost)} to others")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free / 1e9
    fix = "" if free >= LEAST_FREE_GB else f"make room: sessions need some MB, training needs {LEAST_FREE_GB:g} GB"
    return Finding("Free disk", not fix, f"{free:.1f} GB in {folder}", fix)
