"""A process that writes a session is killed, again and again, at moments that a seed chooses; then the file is opened.

Killing tells nothing of a power cut: that the disk has what it said it has is the system's word.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.benchmarks.long_run import long_run
from app.engine_process import child_command, child_environment
from engine.commands import RunPlan
from engine.events import Record
from storage.errors import SessionError
from storage.session import Session

BATCH = 37
"""Events of a commit: no divisor of anything that is written at once."""
MOST_BATCHES = 8
"""Acknowledged before the child is killed."""
LONGEST_WAIT = 0.03
"""Seconds after the last of them: commits take about as long."""
EVENTS = 8_000
"""Of one file; then another one is begun."""
PLAN = RunPlan("game24", "4 9 10 13", "mcts", {})


@dataclass
class Losses:
    """What came of so many kills."""

    kills: int = 0
    corrupt: int = 0
    """Files that did not open, or whose pages were damaged."""
    lost: int = 0
    """Acknowledged batches that were not there any more, or not as they were written."""
    partial: int = 0
    """Batches of which only some events were there."""


def kill_writers(kills: int, seed: int, folder: Path) -> Losses:
    """Kill a writing process so many times, each time with another batch under way."""
    losses, random, log = Losses(), Random(seed), long_run(EVENTS, seed)
    number = 0
    path = _begin(folder / f"{number}.espalier")
    while losses.kills < kills:
        acknowledged = _acknowledged_before_kill(path, random, seed)
        losses.kills += 1
        written = _look(path, log, acknowledged, losses)
        if written is None or written > EVENTS - (MOST_BATCHES + 2) * BATCH:
            number += 1
            path = _begin(folder / f"{number}.espalier")
    return losses


def _begin(path: Path) -> Path:
    with Session.create(path) as session:
        session.new_run(PLAN)
    return path


def _acknowledged_before_kill(path: Path, random: Random, seed: int) -> int:
    """The last seq of which the child said that it is on disk; 0 if it said nothing."""
    command = child_command("--append", str(path), str(EVENTS), str(seed), str(BATCH))
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=child_environment()) as child:
        assert child.stdout is not None
        for _ in range(random.randrange(1, MOST_BATCHES)):
            child.stdout.readline()
        try:
            child.wait(random.uniform(0, LONGEST_WAIT))
        except subprocess.TimeoutExpired:
            child.kill()
        said = child.stdout.read().splitlines()
    return int(said[-1]) if said else 0


def _look(path: Path, log: Sequence[Record], acknowledged: int, losses: Losses) -> int | None:
    """Open the file as the next start would; its number of events, or None if it is of no use any more."""
    try:
        with Session.open(path) as session:
            records = session.records(1)
        with closing(sqlite3.connect(path)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except (SessionError, sqlite3.Error):
        sound, records = False, []
    if not sound:
        losses.corrupt += 1
        return None
    is_same = records == list(log[: len(records)])
    losses.lost += len(records) < acknowledged or not is_same
    losses.partial += bool(len(records) % BATCH)
    return len(records)
