"""Changes what is packed in the blocks of a session file, as a forger or a bug would. Knows no Session."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.blocks import pack, unpack

Rows = list[Any]
"""[at, event] of each event of a block, as JSON values."""


def operate(path: Path, change: Callable[[Rows], None], run: int = 1) -> None:
    """Change the rows of the run's first block in place; numbers of events and size stay true to what is claimed."""
    with closing(sqlite3.connect(path)) as connection, connection:
        query = "SELECT first, size, packed FROM events WHERE run_id = ? ORDER BY first LIMIT 1"
        first, size, packed = connection.execute(query, (run,)).fetchone()
        rows = json.loads(unpack(packed, size))
        change(rows)
        text = json.dumps(rows).encode()
        update = "UPDATE events SET size = ?, packed = ? WHERE run_id = ? AND first = ?"
        connection.execute(update, (len(text), pack(text), run, first))


def spoil(path: Path, seq: int, run: int = 1) -> None:
    """Make an event of the run's first block none."""

    def change(rows: Rows) -> None:
        rows[seq - 1][1] = {}

    operate(path, change, run)
