"""Made fixtures/v3.espalier and v3.json, once: `python -m tests.storage.make_v3`. Kept to say where they come from.

Version 3 brought edits of steps, traces from elsewhere, ratings and later scores. It was the last one that kept a row
for each event. Do not run it again: the point of v3.espalier is that it gets old.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec.structs import replace

from storage.session import Session
from tests.helpers.rich_log import rich_log
from tests.helpers.running import plan

FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    path = FIXTURES / "v3.espalier"
    path.unlink(missing_ok=True)
    wish = plan("mcts", seed=7, simulations=8)
    logs = {1: rich_log(8, everything=True), 2: rich_log(3, everything=True, gold=True, finished=False)}
    with Session.create(path) as session:
        for run, records in logs.items():
            session.new_run(wish)
            logs[run] = [replace(record, run=run) for record in records]
            session.append(logs[run])
        session.new_run(wish)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET value = '0' WHERE key IN ('id', 'created_at')")
        connection.execute("UPDATE runs SET created_at = 0")
    (FIXTURES / "v3.json").write_bytes(msgspec.json.format(msgspec.json.encode(logs), indent=1))


if __name__ == "__main__":
    main()
