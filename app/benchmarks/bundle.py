"""`bench bundle`: what the frozen program weighs, and how fast it starts beside the same program from source.

The frozen program measures itself; from source, what `python3 run.py build` made in `dist` is measured.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.benchmarks.real_start import Start, start
from app.engine_process import is_frozen, window_command

ROOT = Path(__file__).parents[2]
WINDOWS = sys.platform == "win32"
FIGURES = (
    "unpacked_mb",
    "archive_mb",
    "first_paint_ms",
    "first_paint_vs_source",
    "first_simulation_s",
    "app_rss_mb",
    "torch_in_app",
)
MB = 1e6
"""Of files; memory is in MiB, as everywhere."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A frozen program on disk."""

    folder: Path
    executable: Path


def run(quick: bool, seed: int) -> dict[str, object]:  # noqa: ARG001 - a start does not depend on the seed
    """Figures of table `bundle`; all of them null where nothing was built.

    unpacked_mb and archive_mb are sums of file sizes in 10^6 bytes. first_paint_ms is wall time from the start of the
    process, the median of 5 warm starts (quick: 3); first_paint_vs_source is that divided by the same median of the
    source run, taken in turns. first_simulation_s is wall time from the start to the first simulation on screen, the
    median of 3 starts in empty homes (quick: 1); app_rss_mb (MiB) and torch_in_app are of the window after that search.
    Raises BenchError if the program does not start.
    """
    bundle = find_bundle()
    if bundle is None:
        return dict.fromkeys(FIGURES)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        paint, ratio = _paints(bundle, home, 3 if quick else 5)
        searches = _searches([str(bundle.executable)], home, 1 if quick else 3)
    return {
        "unpacked_mb": round(size_of(bundle.folder) / MB, 1),
        "archive_mb": _archive_mb(bundle),
        "first_paint_ms": round(paint, 1),
        "first_paint_vs_source": ratio,
        "first_simulation_s": round(statistics.median(one.simulated_s or 0.0 for one in searches), 2),
        "app_rss_mb": searches[-1].rss_mb,
        "torch_in_app": any(one.torch_in_app for one in searches),
    }


def find_bundle(root: Path = ROOT) -> Bundle | None:
    """The bundle that this program is, else the one that was built in the checkout `root`; None, said on stderr."""
    folder = Path(sys.executable).parent if is_frozen() else root / "dist" / "espalier"
    executable = folder / _name("espalier")  # on Windows another one may run: the command line has a twin
    if not executable.is_file():
        print(f"bundle: there is no {executable}; it is made by: python3 run.py build", file=sys.stderr)
        return None
    whole = next((parent for parent in executable.parents if parent.suffix == ".app"), folder)  # of macOS
    return Bundle(whole, executable)


def size_of(folder: Path) -> int:
    """Bytes of the files below a folder; a file with several names counts once, a link not at all."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            about = path.stat()
            sizes[about.st_dev, about.st_ino] = about.st_size
    return sum(sizes.values())


def source_command(bundle: Bundle) -> list[str] | None:
    """The program from source: this one, or the checkout in whose `dist` the bundle lies. None if there is neither."""
    if not is_frozen():
        return window_command()
    checkout = bundle.folder.parent.parent
    python = checkout / ".venv" / ("Scripts" if WINDOWS else "bin") / _name("python")
    there = python.exists() and (checkout / "app" / "__main__.py").is_file()
    return [str(python), "-P", "-m", "app"] if there else None


def _name(program: str) -> str:
    return f"{program}.exe" if WINDOWS else program


def _archive_mb(bundle: Bundle) -> float | None:
    """Of the newest archive beside the bundle's folder."""
    beside = [path for path in bundle.folder.parent.glob("espalier-*") if path.name.endswith((".tar.xz", ".zip"))]
    if not beside:
        print(f"archive_mb: there is no archive beside {bundle.folder}", file=sys.stderr)
        return None
    return round(max(beside, key=lambda path: path.stat().st_mtime).stat().st_size / MB, 1)


def _paints(bundle: Bundle, home: Path, starts: int) -> tuple[float, float | None]:
    """Milliseconds to the first paint, and how many times the source run's these are."""
    source = source_command(bundle)
    frozen_ms, source_ms = [], []
    for _ in range(starts + 1):
        frozen_ms.append(start([str(bundle.executable)], home / "bundle", search=False).painted_ms)
        if source is not None:
            source_ms.append(start(source, home / "source", search=False).painted_ms)
    paint = statistics.median(frozen_ms[1:])  # the first one warmed the disk
    if source is None:
        print(f"first_paint_vs_source: {bundle.folder} lies in no checkout with its .venv", file=sys.stderr)
        return paint, None
    return paint, round(paint / statistics.median(source_ms[1:]), 2)


def _searches(command: Sequence[str], home: Path, starts: int) -> list[Start]:
    return [start(command, home / f"search {number}", search=True) for number in range(starts)]
