"""The child process of the benchmark of kills: adds batches to a session for ever, and says what is acknowledged.

python -m app.benchmarks.append_child SESSION EVENTS SEED BATCH
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.benchmarks.long_run import long_run
from storage.session import Session


def main(path: str, events: int, seed: int, batch: int) -> None:
    """Go on with run 1 where it is, batch by batch, each in a commit of its own, until it has so many events."""
    log = long_run(events, seed)
    with Session.open(Path(path)) as session:
        while (done := session.info(1).events) < events:
            session.append(log[done : done + batch])
            session.flush()
            print(session.info(1).events, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
