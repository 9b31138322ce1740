"""Made fixtures/v2.espalier and v2.json, once: `python -m tests.storage.make_v2`. Kept to say where they come from.

Version 2 brought twins, votes, prunings and what a person does. Do not run it again: the point of v2.espalier is that
it gets old. Another version gets another script and file.
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
    path = FIXTURES / "v2.espalier"
    path.unlink(missing_ok=True)
    wish = plan("mcts", seed=7, simulations=8)
    logs = {1: rich_log(8, everything=True), 2: rich_log(3, everything=True, gold=True, finished=False)}
    with Session.create(path) as session:
        for run, records in logs.items():
            session.new_run(wish)
            logs[run] = [replace(record, run=run) for record in records]
            session.append(logs[run])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET value = '0' WHERE key IN ('id', 'created_at')")
        connection.execute("UPDATE runs SET created_at = 0")
    (FIXTURES / "v2.json").write_bytes(msgspec.json.format(msgspec.json.encode(logs), indent=1))


if __name__ == "__main__":
    main()
