"""Where the program that runs code of models is installed, and where a bundle has it. Knows no PyInstaller."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path

DISTRIBUTION = "pydantic-monty-runtime"
FOLDER = "pydantic_monty"
"""Beside the package, where `engine.sandbox.monty` looks for it: a bundle has no folder of scripts."""
HIDDEN = ("pydantic_monty._binary",)
"""Modules that the package's extension imports: it is no Python, so PyInstaller does not see that."""
_NAMES = ("monty", "monty.exe")


def worker() -> Path:
    """The installed program. Raises LookupError where the distribution does not hold it."""
    found = [Path(str(file.locate())).resolve() for file in files(DISTRIBUTION) or () if file.name in _NAMES]
    if not found or not found[0].is_file():
        raise LookupError(f"{DISTRIBUTION} is installed without its program: install it again.")
    return found[0]
