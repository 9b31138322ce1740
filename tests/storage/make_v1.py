"""Made fixtures/v1.espalier and v1.json, once: `python -m tests.storage.make_v1`. Kept to say where they come from.

Do not run it again: the point of v1.espalier is that it is old. Another version gets another script and file.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec

from engine.policies import Sampled, SampleRequest, Watch
from engine.tokens import Alternative, Token, pack
from storage.session import Session
from tests.helpers.running import plan, run_log
from tests.helpers.scripted import ScriptedPolicy

FIXTURES = Path(__file__).parent / "fixtures"
PLANS = (
    plan("mcts", seed=1, simulations=12, width=6),
    plan("mcts", seed=2, simulations=12, width=4, value="rollout", formula="uct"),
    plan("mcts", seed=3),
)


class Telling(ScriptedPolicy):
    """The scripted policy with a token row for every step."""

    def sample(self, requests: Sequence[SampleRequest], watch: Watch) -> Sampled:
        sampled = super().sample(requests, watch)
        told = tuple(tuple(replace(one, tokens=_row(one.text)) for one in samples) for samples in sampled.samples)
        return replace(sampled, samples=told)


def _row(step: str) -> bytes:
    rng = random.Random(step)
    words = step.split(" ")
    texts = [words[0], *(f" {word}" for word in words[1:])]
    return pack(tuple(_token(text, rng) for text in texts))


def _token(text: str, rng: random.Random) -> Token:
    first, second = sorted((rng.random(), rng.random()))
    alternatives = (Alternative(text, 1 - second), Alternative(" 13", second - first), Alternative(" 4", first))
    return Token(text, rng.randrange(512), -3 * rng.random(), 2 * rng.random(), alternatives)


def main() -> None:
    path = FIXTURES / "v1.espalier"
    path.unlink(missing_ok=True)
    logs = {1: run_log(PLANS[0], Telling(), number=1), 2: run_log(PLANS[1], Telling(), number=2)[:40], 3: ()}
    with Session.create(path) as session:
        for wish in PLANS:
            session.new_run(wish)
        for records in logs.values():
            session.append(records)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET value = '0' WHERE key IN ('id', 'created_at')")
        connection.execute("UPDATE runs SET created_at = 0")
    (FIXTURES / "v1.json").write_bytes(msgspec.json.format(msgspec.json.encode(logs), indent=1))


if __name__ == "__main__":
    main()
