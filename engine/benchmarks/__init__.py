"""Benchmarks of the engine: they measure and judge nothing. `python -m engine.benchmarks NAME` prints JSON.

Adding one is one new file and one line in BENCHMARKS, or in TABLES if it is a table of strategies.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.benchmarks import game24, prm, probes, search, words
from engine.benchmarks.table import Options

Figures = dict[str, Any]

BENCHMARKS: dict[str, Callable[[bool, int], Figures]] = {"prm": prm.run, "probes": probes.run, "search": search.run}
"""Name -> function of (quick, seed); progress and words go to stderr."""

TABLES: dict[str, Callable[[Options], Figures]] = {"game24": game24.run, "words": words.run}
"""Name -> function of what the table is asked for."""
