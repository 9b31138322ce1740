"""Scripts of the project that help with a step and need its environment, while the smoke test itself needs none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from smoke.steps import Scene, SkippedError, StepError

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SECONDS = 900.0


def perform_script(scene: Scene, name: str, *words: str) -> tuple[int, list[str]]:
    """Run `packaging/NAME`, and keep what it says: its exit status and its lines on stdout.

    Raises SkippedError where the project's environment was not made.
    """
    if not PYTHON.exists():
        raise SkippedError(f"{name} needs {PYTHON}; it is made by: python3 run.py --version")
    out, errors = scene.folder / f"{name}.out.txt", scene.folder / f"{name}.errors.txt"
    with out.open("wb") as said, errors.open("wb") as complained:
        command = [str(PYTHON), str(ROOT / "packaging" / name), *words]
        try:
            done = subprocess.run(command, cwd=scene.folder, stdout=said, stderr=complained, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise StepError(f"{name} had not ended after {SECONDS:.0f} s") from error
    lines = out.read_text(encoding="utf-8", errors="replace").split("\n")
    lines = [line for line in lines if line.strip()]
    if done.returncode and not lines:
        raise StepError(f"{name} failed: {errors.read_text(encoding='utf-8', errors='replace').strip()[-400:]}")
    return done.returncode, lines
