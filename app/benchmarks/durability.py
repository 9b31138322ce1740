"""Figures of table `durability`: what a killed writer leaves behind, and what files made wrong do to the program."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from app.benchmarks.kills import kill_writers
from app.benchmarks.session_mutants import originals, write_mutant
from app.benchmarks.trials import Tally, Trials

KILLS, KILLS_QUICK = 1_000, 50
MUTANTS, MUTANTS_QUICK = 10_000, 300


def run(quick: bool, seed: int) -> dict[str, Any]:
    """kills, corrupt, lost, partial (batches); of mutated_sessions: read, refused, crashes, hangs (over 2 s),
    tracebacks, slowest_s, growth_mb (MiB, largest), and how many were made in which way."""
    with TemporaryDirectory(prefix="espalier-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        losses = kill_writers(KILLS_QUICK if quick else KILLS, seed, folder)
        tally, ways = mutated_sessions(MUTANTS_QUICK if quick else MUTANTS, seed, folder)
    for offence in tally.offences:
        print(offence, file=sys.stderr)
    return {
        **asdict(losses),
        "mutated_sessions": sum(ways.values()),
        **tally.figures(),
        "ways": dict(sorted(ways.items())),
    }


def mutated_sessions(count: int, seed: int, folder: Path) -> tuple[Tally, Counter[str]]:
    """Have so many mutants read; how that went, and how many there were of each way."""
    tally, ways, sources = Tally(), Counter[str](), originals(folder, seed)
    path = folder / "mutant.espalier"
    with Trials("session") as trials:
        for number in range(count):
            random = Random(seed * 1_000_003 + number)
            way = write_mutant(random.choice(sources), path, random)
            ways[way] += 1
            tally.add(f"seed {seed}, mutant {number}, {way}", trials.read(path))
            _tidy(path)
    return tally, ways


def _tidy(path: Path) -> None:
    """What stood beside the last mutant is none of the next one's."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
