"""Benchmarks of the engine: they measure and judge nothing. `python -m engine.benchmarks NAME` prints JSON.

Adding one is one new file and one line in BENCHMARKS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.benchmarks import game24, prm

Figures = dict[str, Any]

BENCHMARKS: dict[str, Callable[[bool, int], Figures]] = {"game24": game24.run, "prm": prm.run}
"""Name -> function of (quick, seed); progress and words go to stderr."""
