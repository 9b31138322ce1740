"""kill -9 in the middle of writing, again and again: the file opens, and what was acknowledged is in it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from engine.tree import fold
from storage.session import Session
from tests.storage.samples import PLAN, broad_log

ROUNDS = 8
LOG = broad_log(9999)
ROOT = Path(__file__).parents[2]
WRITE_FOR_EVER = """
import sys
from pathlib import Path
from storage.session import Session
from tests.storage.samples import broad_log
session = Session.open(Path(sys.argv[1]))
records = broad_log(9999)
while (done := session.info(1).events) < len(records):
    session.append(records[done : done + 37])
    session.flush()
    print(session.info(1).events, flush=True)
"""


def acknowledged_before_kill(path: Path, rng: random.Random) -> int:
    """Let a process write until some batches are acknowledged, kill it, and give the last seq that it acknowledged."""
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        for _ in range(rng.randrange(1, 8)):
            assert child.stdout.readline()
        try:
            child.wait(rng.uniform(0, 0.02))
        except subprocess.TimeoutExpired:
            child.kill()
        lines = child.stdout.read().split()
    return int(lines[-1]) if lines else 0


def test_kill_loses_no_acknowledged_batch(tmp_path: Path) -> None:
    path = tmp_path / "a.espalier"
    with Session.create(path) as session:
        session.new_run(PLAN)
    rng = random.Random(0)
    written = 0
    for _ in range(ROUNDS):
        acknowledged = acknowledged_before_kill(path, rng)
        with Session.open(path) as session:  # undoes a commit that was cut short
            records = session.records(1)
            assert not session.read_only
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(records) >= max(acknowledged, written)
        assert len(records) % 37 == 0  # whole batches only
        assert records == list(LOG[: len(records)])
        written = len(records)
    assert written > ROUNDS * 37
    fold(records)
