"""Figures of table `imports`: what files of others do to the program when they are not what they should be."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.benchmarks.import_mutants import wrong
from app.benchmarks.import_samples import samples
from app.benchmarks.import_trees import folder
from app.benchmarks.trials import Tally, Trials

MUTANTS, MUTANTS_QUICK = 10_000, 300
FOLDERS = 0.04
"""Share of the mutants that are folders."""
TOLD = 1_000
"""Mutants between two words about how far it is."""


def run(quick: bool, seed: int) -> dict[str, Any]:
    """mutated_imports: read, refused, crashes, hangs (over 2 s), tracebacks, slowest_s, growth_mb (MiB, largest), and
    how many were made in which way."""
    with TemporaryDirectory(prefix="espalier-bench-", ignore_cleanup_errors=True) as name:
        tally, ways = mutated_imports(MUTANTS_QUICK if quick else MUTANTS, seed, Path(name))
    for offence in tally.offences:
        print(offence, file=sys.stderr)
    return {
        "mutated_imports": sum(ways.values()),
        **tally.figures(),
        "ways": dict(sorted(ways.items())),
    }


def mutated_imports(count: int, seed: int, there: Path) -> tuple[Tally, Counter[str]]:
    """Have so many mutants imported; how that went, and how many there were of each way."""
    tally, ways, originals = Tally(), Counter[str](), sorted(samples().items())
    with Trials("import") as trials:
        for number in range(count):
            random = Random(seed * 1_000_003 + number)
            if random.random() < FOLDERS:
                name, way = "folder", "folder"
                path = _write_folder(there / name, random)
            else:
                name, original = originals[number % len(originals)]
                raw, way = wrong(name, original, random)
                path = there / name
                path.write_bytes(raw)
            ways[way] += 1
            tally.add(f"seed {seed}, mutant {number}, {name}, {way}", trials.read(path))
            if number % TOLD == TOLD - 1:
                print(f"imports: {number + 1:,} of {count:,}", file=sys.stderr, flush=True)
    return tally, ways


def _write_folder(path: Path, random: Random) -> Path:
    """A folder of others of which one file is wrong, or missing."""
    path.mkdir(exist_ok=True)
    files = folder()
    bad = random.choice(sorted(files))
    for name, raw in files.items():
        (path / name).write_bytes(wrong(name, raw, random)[0] if name == bad else raw)
    if random.random() < 0.1:
        (path / bad).unlink()
    return path
